#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the gallery does with many results, beside an empty library and beside
another program that shows as many pictures.

usage: tests/ui/run-in-x tests/ui/bench-gallery.py BENCH MAKE_LIBRARY [--runs N]
       [--many N] [--some N] [--program DIORAMA] [--other gthumb|eog|none]

BENCH is tests/ui/bench-gallery and MAKE_LIBRARY tests/make-library, beside which
is bench-library, all built by hand. Each run is a process of its own; what is
printed are medians."""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

MB = 1024 * 1024


def make_library(maker, folder, n):
    data = os.path.join(folder, f"data-{n}")
    subprocess.run([maker, os.path.join(data, "diorama"), str(n)], check=True, stdout=subprocess.DEVNULL)
    return data


def run_ours(args, data, verb, is_empty, cache):
    """One process of ours; what it measured."""
    env = dict(os.environ, XDG_DATA_HOME=data, XDG_CACHE_HOME=cache, GSK_RENDERER="cairo", GTK_A11Y="none")
    begun = str(time.monotonic_ns() // 1000)
    done = subprocess.run([args.bench, verb, begun] + (["empty"] if is_empty else []),
                          env=env, stdout=subprocess.PIPE, text=True, timeout=600, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def grab():
    """The screen as bytes of red, green and blue."""
    import gi
    gi.require_version("Gdk", "3.0")
    from gi.repository import Gdk
    root = Gdk.get_default_root_window()
    pixbuf = Gdk.pixbuf_get_from_window(root, 0, 0, root.get_width(), root.get_height())
    return pixbuf.get_pixels(), pixbuf.get_n_channels()


def count_colourful():
    """How much of the screen, in percent, has the colour of pictures rather than of windows."""
    pixels, channels = grab()
    step = channels * 17
    n = found = 0
    for i in range(0, len(pixels) - channels, step):
        red, green, blue = pixels[i], pixels[i + 1], pixels[i + 2]
        n += 1
        found += max(red, green, blue) - min(red, green, blue) > 40
    return 100 * found / n


def read_memory(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return 0


def time_program(command, env, seconds=120):
    """Seconds until an eighth of the screen is pictures, and the memory some time later."""
    before = count_colourful()
    begun = time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first = None
    while time.monotonic() - begun < seconds and first is None:
        if count_colourful() - before > 12.5:
            first = time.monotonic() - begun
        time.sleep(0.02)
    time.sleep(5)
    memory = read_memory(process.pid)
    process.send_signal(signal.SIGTERM)
    process.wait()
    return first, memory


def print_start(n, rows, empty_rows):
    """When the grid was painted first, beside an empty library that was opened in turns with it."""
    def ratio(key):
        return statistics.median(row[key] / empty[key] for row, empty in zip(rows, empty_rows))
    print(f"| {n} results: first grid | {median(rows, 'frame'):.0f} ms | {ratio('frame'):.2f} x an empty library | "
          f"with its pictures {median(rows, 'pictures'):.0f} ms |")
    print(f"| the same in the main thread's own time | {median(rows, 'framecpu'):.0f} ms | "
          f"{ratio('framecpu'):.2f} x an empty library |")


def print_scroll(n, rows, idle):
    print(f"| {n} results scrolled to the end | {median(rows, 'way') / 1000:.1f} s |")
    print(f"| main loop outside painting meanwhile | p50 {median(rows, 'p50'):.1f} | "
          f"p90 {median(rows, 'p90'):.1f} | p99 {median(rows, 'p99'):.1f} | p99.9 {median(rows, 'p999'):.1f} | "
          f"max {median(rows, 'max'):.1f} ms | over 16 ms: {median(rows, 'over16'):.0f} of "
          f"{median(rows, 'turns'):.0f} turns |")
    print(f"| the same in the processor's time, to tell where others use it too | p99 {median(rows, 'cpu99'):.1f} | "
          f"p99.9 {median(rows, 'cpu999'):.1f} | max {median(rows, 'cpumax'):.1f} ms |")
    print(f"| memory over an idle, empty window | {(median(rows, 'after') - idle) / MB:.0f} MB |")


def print_search(args, n, data):
    """A search as one types, in the database: bench-library's medians of each letter."""
    program = os.path.join(os.path.dirname(args.maker), "bench-library")
    if not os.path.exists(program):
        print("search: not measured, bench-library is not built")
        return
    done = subprocess.run([program, os.path.join(data, "diorama")], stdout=subprocess.PIPE, text=True, check=True)
    typed = done.stdout.partition("\nall pages")[2].partition("\nsearch as one types")[0]
    letters = [float(found) for found in re.findall(r": ([0-9.]+) ms, \d+ found$", typed, re.MULTILINE)]
    print(f"| {n} results: a search as one types, {len(letters)} letters | median {statistics.median(letters):.1f} | "
          f"slowest letter {max(letters):.1f} ms |")


def compare(args, folder, data):
    if args.other == "none" or shutil.which(args.other) is None:
        print(f"{args.other}: not measured")
        return
    pictures = os.path.join(data, "diorama", "pictures")
    rows = []
    for _ in range(args.runs):
        row = []
        for name, command, extra in (
                ("ours", [args.program], {"XDG_DATA_HOME": data}),
                ("other", [args.other, pictures], {})):
            cache = tempfile.mkdtemp(prefix=f"cache-{name}-", dir=folder)
            env = dict(os.environ, XDG_CACHE_HOME=cache, GTK_A11Y="none", NO_AT_BRIDGE="1", **extra)
            row.append(time_program(command, env))
            shutil.rmtree(cache)
        rows.append(row)
        print("  ", row, file=sys.stderr)
    ours = [row[0] for row in rows]
    other = [row[1] for row in rows]
    if any(first is None for first, _ in ours + other):
        print(f"{args.other}: its pictures, or ours, were not seen in time")
        return
    print(f"| first pictures of {args.some}, nothing cached | {statistics.median(f for f, _ in ours):.2f} s | "
          f"{args.other} {statistics.median(f for f, _ in other):.2f} s | "
          f"{statistics.median(a[0] / b[0] for a, b in zip(ours, other)):.2f} x |")
    print(f"| memory then | {statistics.median(m for _, m in ours) / MB:.0f} MB | "
          f"{args.other} {statistics.median(m for _, m in other) / MB:.0f} MB | "
          f"{statistics.median(a[1] / b[1] for a, b in zip(ours, other)):.2f} x |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("maker")
    parser.add_argument("--program", default=None, help="the program itself, to compare with another")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--many", type=int, default=100000)
    parser.add_argument("--some", type=int, default=10000)
    parser.add_argument("--other", default="gthumb")
    args = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="diorama-bench-gallery-")
    try:
        libraries = {n: make_library(args.maker, folder, n) for n in (0, args.some, args.many)}
        starts = {n: [] for n in libraries}
        scrolls = {n: [] for n in libraries if n > 0}
        for _ in range(args.runs):
            for n, data in libraries.items():
                cache = os.path.join(folder, f"cache-{n}")
                starts[n].append(run_ours(args, data, "start", n == 0, cache))
        for _ in range(min(args.runs, 3)):
            for n in scrolls:
                scrolls[n].append(run_ours(args, libraries[n], "scroll", False, os.path.join(folder, f"cache-{n}")))

        print(f"GSK_RENDERER=cairo, medians of {args.runs} starts and {min(args.runs, 3)} scrolls")
        idle = median(starts[0], "idle")
        for n, rows in starts.items():
            print_start(n, rows, starts[0])
        for n, rows in scrolls.items():
            print_scroll(n, rows, idle)
        for n in scrolls:
            print_search(args, n, libraries[n])
        if args.program is not None:
            compare(args, folder, libraries[args.some])
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
