#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosted jobs beside vipsthumbnail and curl, interleaved, as medians.

    bench-hosted.py BENCH_HOSTED PROVIDER_SERVER [--runs N] [--only send,memory,fetch,poll] [--folder DIR]

What is measured is written in docs/benchmarks.md.
"""

import argparse
import json
import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

KEY = 'provider-server-key'
MIB = 1 << 20

# Nobody comes to ask for what was made.
ENDLESS = {'settings': {'compose': False, 'queue-polls': 1000000, 'queue-seconds': 1000000}}
AT_ONCE = {'settings': {'compose': False, 'grain': 6, 'queue-polls': 1}}

ROLES = {'runware': 's' * 14, 'modelslab': 's' * 14, 'kling': 'ssssbl'}


class Server:
    """The stand-in, in a process of its own."""

    def __init__(self, program, folder, script):
        path = os.path.join(folder, 'script.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(script, file)
        self.process = subprocess.Popen([program, '--port', '0', '--key', KEY, '--script', path],
                                        stdout=subprocess.PIPE, text=True)
        self.url = json.loads(self.process.stdout.readline())['url']

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate()


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = tempfile.mkdtemp(prefix='bench-hosted-', dir=options.folder)
        self.rows = []

    def fresh(self, name):
        """An empty folder: caches are cold, and the library is new."""
        path = os.path.join(self.folder, name)
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)
        return path

    def ours(self, verb, server, *arguments, bodies=None):
        """Our side, in a process of its own that has nothing kept."""
        home = self.fresh('home')
        command = [self.options.bench, verb, '--folder', home, '--endpoint', server.url.rstrip('/'), '--key', KEY]
        if bodies:
            command += ['--bodies', bodies]
        done = subprocess.run(command + list(arguments), stdout=subprocess.PIPE, text=True, check=True,
                              env=dict(os.environ, GSETTINGS_BACKEND='memory', GIO_USE_VFS='local'))
        return json.loads(done.stdout)

    def row(self, name, value, bar, note):
        self.rows.append((name, value, bar, note))
        print(f'{name:44} {value:>12}   {bar:12} {note}', flush=True)

    def print_head(self):
        print(f'{"":44} {"measured":>12}   {"bar":12}')


def run_timed(command):
    """Seconds of a command, and of the processor for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def settle():
    """What one side left to be written must not slow down the other."""
    os.sync()


def photos_of(bench):
    folder = os.path.join(bench.folder, 'photos')
    if not os.path.isdir(folder):
        os.makedirs(folder)
        subprocess.run([bench.options.bench, 'photos', '14', '--folder', folder], check=True, stdout=subprocess.DEVNULL)
    return sorted(os.path.join(folder, name) for name in os.listdir(folder))


def scale_with_vips(bench, photos, copies):
    """The same sizes and qualities; one process for all that are made alike."""
    out = bench.fresh('scaled')
    alike = {}
    for photo, copy in zip(photos, copies):
        if copy['reencoded']:
            side = max(copy['width'], copy['height'])
            alike.setdefault((side, copy['quality']), []).append(photo)

    seconds = cpu = 0
    for (side, quality), some in alike.items():
        step = run_timed(['vipsthumbnail', '--size', f'{side}x{side}>',
                          '-o', f'{out}/%s.jpg[Q={quality},subsample-mode=on,strip]'] + some)
        seconds += step[0]
        cpu += step[1]
    return seconds, cpu


def measure_send(bench, provider):
    photos = photos_of(bench)[:len(ROLES[provider])]
    has_vips = shutil.which('vipsthumbnail') is not None
    bodies = bench.fresh('bodies')
    arguments = ['--provider', provider, '--roles', ROLES[provider]] + photos
    ours, theirs, parts = [], [], []

    for _ in range(bench.options.runs):
        settle()
        with Server(bench.options.server, bench.folder, ENDLESS) as server:
            told = bench.ours('send', server, *arguments, bodies=bodies)
        ours.append(told['seconds'])
        copies = told['copies']
        settle()
        with Server(bench.options.server, bench.folder, ENDLESS) as server:
            config = os.path.join(bodies, 'curl.config')
            with open(config, encoding='utf-8') as file:
                text = re.sub(r'http://127\.0\.0\.1:\d+/?', server.url.rstrip('/') + '/', file.read())
            with open(config, 'w', encoding='utf-8') as file:
                file.write(text)
            vips = scale_with_vips(bench, photos, copies) if has_vips else (0, 0)
            settle()
            curl = run_timed(['curl', '-K', config])
        theirs.append(vips[0] + curl[0])
        parts.append((vips[0], curl[0], vips[1] + curl[1], told['cpu']))

    sent = sum(copy['bytes'] for copy in copies)
    middle = [statistics.median(column) for column in zip(*parts)]
    note = (f'ours {statistics.median(ours):.2f} s (cpu {middle[3]:.2f}); vipsthumbnail {middle[0]:.2f} s + '
            f'curl {middle[1]:.2f} s (cpu {middle[2]:.2f}); {sent / 1e6:.1f} MB sent, '
            f'{copies[0]["width"]}x{copies[0]["height"]} at {copies[0]["quality"]}')
    ratio = statistics.median(a / b for a, b in zip(ours, theirs))
    bench.row(f'{provider}: {len(photos)} photos prepared and sent',
              f'{ratio:.2f} x' if has_vips else 'no reference', '0.6 x' if has_vips else '',
              note if has_vips else 'vipsthumbnail is not installed; ' + note)


def measure_memory(bench, provider):
    peaks = {}
    for n in (4, len(ROLES[provider])):
        photos = photos_of(bench)[:n]
        runs = []
        for _ in range(min(3, bench.options.runs)):
            with Server(bench.options.server, bench.folder, ENDLESS) as server:
                runs.append(bench.ours('send', server, '--provider', provider, '--memory',
                                       '--roles', ROLES[provider], *photos))
        grown = {}
        for what in ('rss', 'anon'):
            for name in ('import-peak', 'loaded', 'send-peak'):
                grown[name, what] = statistics.median(run[name][what] - run['idle'][what] for run in runs)
        grown['high-water'] = statistics.median(run['high-water'] - run['idle']['rss'] for run in runs)
        peaks[n] = grown
        bench.row(f'{provider}: memory over idle, {n} photos', f'{grown["high-water"] / MIB:.0f} MB', '200 MB',
                  'own and mapped files: import {:.0f}, in the strip {:.0f}, sent {:.0f} MB; '
                  'own alone: {:.0f}, {:.0f}, {:.0f} MB'.format(
                      *(grown[name, what] / MIB for what in ('rss', 'anon')
                        for name in ('import-peak', 'loaded', 'send-peak'))))
    few, many = peaks[4], peaks[len(ROLES[provider])]
    bench.row(f'{provider}: memory, {len(ROLES[provider])} photos against 4',
              f'{many["high-water"] / few["high-water"]:.2f} x', '1.1 x',
              f'own alone {many["send-peak", "anon"] / few["send-peak", "anon"]:.2f} x')


def measure_fetch(bench):
    arguments = ['--provider', 'runware', '--set', 'numberResults=9', '--set', 'size=4096x4096', '--set', 'seed=7',
                 '--set', 'outputFormat=PNG', '--roles', 'b', photos_of(bench)[0]]
    ours, theirs, synced, cpus = [], [], [], []

    with Server(bench.options.server, bench.folder, AT_ONCE) as server:
        bench.ours('fetch', server, *arguments)
        for _ in range(bench.options.runs):
            settle()
            told = bench.ours('fetch', server, *arguments)
            ours.append(told['seconds'])
            urls = [picture['address'] for picture in json.loads(told['told'])['pictures']]
            settle()
            out = bench.fresh('curl')
            command = ['curl', '--fail', '--silent', '--show-error']
            for number, url in enumerate(urls):
                command += ['-o', f'{out}/{number}.png', url]
            seconds, cpu = run_timed(command)
            theirs.append(seconds)
            start = time.monotonic()
            subprocess.run(['sync'] + [os.path.join(out, name) for name in os.listdir(out)] + [out], check=True)
            synced.append(seconds + time.monotonic() - start)
            cpus.append((told['cpu'], cpu))

    size = sum(os.path.getsize(os.path.join(out, name)) for name in os.listdir(out))
    cpu = [statistics.median(column) for column in zip(*cpus)]
    bench.row('9 results of 4096 x 4096 fetched and stored',
              f'{statistics.median(a / b for a, b in zip(ours, theirs)):.2f} x', '1.1 x',
              f'ours {statistics.median(ours):.2f} s (cpu {cpu[0]:.2f}); curl {statistics.median(theirs):.2f} s '
              f'(cpu {cpu[1]:.2f}), {statistics.median(synced):.2f} s with its files synced; {size / 1e6:.0f} MB')


def measure_poll(bench):
    seconds = bench.options.seconds
    with Server(bench.options.server, bench.folder, ENDLESS) as server:
        told = bench.ours('poll', server, '--jobs', '20', '--seconds', str(seconds), photos_of(bench)[0])
    bench.row(f'{told["jobs"]} jobs polled, {told["seconds"]:.0f} s',
              f'{100 * told["cpu"] / told["seconds"]:.2f} %', '1 %', f'{told["cpu"] * 1000:.0f} ms of the processor')


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('bench')
    parser.add_argument('server')
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--seconds', type=int, default=30)
    parser.add_argument('--only', default='send,memory,fetch,poll')
    parser.add_argument('--providers', default='runware,modelslab,kling')
    parser.add_argument('--folder', default=None, help='on which disk')
    bench = Bench(parser.parse_args())
    only = bench.options.only.split(',')

    try:
        bench.print_head()
        for provider in bench.options.providers.split(','):
            if 'send' in only:
                measure_send(bench, provider)
            if 'memory' in only:
                measure_memory(bench, provider)
        if 'fetch' in only:
            measure_fetch(bench)
        if 'poll' in only:
            measure_poll(bench)
    finally:
        shutil.rmtree(bench.folder)
    return 0


if __name__ == '__main__':
    sys.exit(main())
