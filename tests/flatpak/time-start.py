#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts Diorama, with pictures in its library, and an empty window, turn by turn
in the same sandbox, and looks at the screen until each is painted. Run by
desktop.
usage: time-start.py ID RUNS"""

import os
import statistics
import subprocess
import sys
import time

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("GdkPixbuf", "2.0")
from gi.repository import Gdk  # noqa: E402

from sandbox import NamedPerson, Window, kill, run, wait_for  # noqa: E402

AREA = 64
PATIENCE = 30


def grab(x, y):
    root = Gdk.get_default_root_window()
    return Gdk.pixbuf_get_from_window(root, x - AREA // 2, y - AREA // 2, AREA, AREA).get_pixels()


def is_painted(pixels):
    return max(pixels) > 40


def is_picture(pixels):
    """The grounds of the window are grey; photos are not."""
    coloured = 0
    for i in range(0, len(pixels) - 2, 3):
        if max(pixels[i:i + 3]) - min(pixels[i:i + 3]) > 50:
            coloured += 1
    return coloured > AREA * AREA // 20


def begin(app_id, empty):
    if empty:
        program = "/var/data/empty-window"
        return subprocess.Popen(["flatpak", "run", f"--command={program}", app_id])
    return subprocess.Popen(["flatpak", "run", app_id])


def measure(app_id, empty, place):
    """When the window was there, and when the first thumbnail was."""
    started = time.monotonic()
    process = begin(app_id, empty)
    window = None
    try:
        while time.monotonic() < started + PATIENCE:
            pixels = grab(*place)
            now = time.monotonic() - started
            if window is None and is_painted(pixels):
                window = now
            if window is not None and (empty or is_picture(pixels)):
                return window, now
            time.sleep(0.002)
        raise AssertionError(f"nothing at {place} after {PATIENCE} s")
    finally:
        kill(app_id)
        process.wait()
        wait_for("an empty screen", lambda: not is_painted(grab(*place)))


def make_picture(app_id):
    """Into the library; where it is then shown."""
    window = Window("Still Life on the Terrace", ["flatpak", "run", app_id, "--sample"])
    person = NamedPerson(window, "diorama")
    person.press(person.find("Generate", "push button"))
    person.find("Picture, This Computer · seed ")
    time.sleep(1)
    person.key("ctrl+q")
    window.process.wait(timeout=20)

    window = Window("New Composition", ["flatpak", "run", app_id])
    person = NamedPerson(window, "diorama")
    place = person.place_of(person.find("Picture, This Computer · seed "))
    wait_for("the thumbnail", lambda: is_picture(grab(*place)))
    kill(app_id)
    window.process.wait()
    return place


def main():
    app_id, runs = sys.argv[1], int(sys.argv[2])
    Gdk.init([])
    place = make_picture(app_id)
    times = {True: [], False: []}
    for _ in range(runs):
        for empty in (True, False):
            times[empty].append(measure(app_id, empty, place))

    def median(empty, which):
        return statistics.median(measured[which] for measured in times[empty])

    empty = median(True, 0)
    print(f"an empty window: {empty * 1000:.0f} ms, median of {runs}")
    for which, what in enumerate(("the window", "the window with a thumbnail")):
        full = median(False, which)
        print(f"{what} of Diorama: {full * 1000:.0f} ms, {full / empty:.2f} times as long")


main()
