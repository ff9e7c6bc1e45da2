#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures that software centres show: of the real window, with its
shadow and round corners, at the size that they ask for.
usage: tests/ui/run-in-x docs/screenshots/take.py DIORAMA FOLDER
Needs xfwm4, with other window managers there are no shadows."""

import os
import subprocess
import sys
import time

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("GdkX11", "3.0")
from gi.repository import Gdk, GdkX11  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "ui"))
from desk import Person, Window, run  # noqa: E402

# With the shadow, at most 1000 x 700.
WIDTH, HEIGHT = 1000, 700
TITLE = "Still Life on the Terrace"


def take(window, path):
    time.sleep(1.5)
    display = GdkX11.X11Display.get_default()
    surface = GdkX11.X11Window.foreign_new_for_display(display, int(window.id))
    pixbuf = Gdk.pixbuf_get_from_window(surface, 0, 0, surface.get_width(), surface.get_height())
    assert pixbuf.get_has_alpha(), "the window has no shadow: is xfwm4 running?"
    assert pixbuf.get_pixels()[3] == 0, "the window has no shadow"
    assert pixbuf.get_width() <= WIDTH and pixbuf.get_height() <= HEIGHT, (pixbuf.get_width(), pixbuf.get_height())
    pixbuf.savev(path, "png", ["compression"], ["9"])


def start(program, dark):
    env = {"GTK_A11Y": "atspi"}
    if dark:
        env |= {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
    window = Window(TITLE, [program, "--sample"], env)
    window.place(100, 20, WIDTH, HEIGHT)
    # Where nothing lights up under it.
    run("xdotool", "mousemove", "5", "5")
    return window, Person(window)


def generate(person):
    person.press(person.find("Generate", "push button"))
    for _ in range(2):
        person.find("Picture, This Computer · seed ")
    person.gone("Job, This Computer")


def compare(person):
    person.press(person.find("Compare", "push button"))
    person.press(person.find("Compare Latest", "push button"))
    person.find("B · This Computer", "image")
    run("xdotool", "mousemove", "5", "5")


def main():
    program, folder = sys.argv[1:3]
    Gdk.init([])
    manager = subprocess.Popen(["xfwm4", "--replace", "--compositor=on"])
    time.sleep(2)
    try:
        window, person = start(program, False)
        generate(person)
        take(window, os.path.join(folder, "composition.png"))
        compare(person)
        take(window, os.path.join(folder, "compare.png"))
        person.press(person.find("Gallery", "push button"))
        person.click(person.find("Picture, This Computer · seed "), repeat=2)
        person.find("Back to the Composition")
        run("xdotool", "mousemove", "5", "5")
        take(window, os.path.join(folder, "picture.png"))
        window.end()
        window, person = start(program, True)
        person.find("Picture, This Computer · seed ")
        take(window, os.path.join(folder, "dark.png"))
        window.end()
    finally:
        manager.terminate()


main()
