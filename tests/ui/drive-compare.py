#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person compares four pictures: looks at them side by side and on one another,
zooms all of them, lets one win, and drags it to another program; the same four
are there after a restart. Run by run-in-x.
usage: drive-compare.py DIORAMA DIORAMA-CLI SAMPLES-FOLDER"""

import os
import subprocess
import sys
import time

try:
    from desk import Person, Window, run, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

HERE = os.path.dirname(os.path.abspath(__file__))


def compose(cli, samples, seed):
    subprocess.run([cli, "compose", "--subject", os.path.join(samples, "cactus.jpg"),
                    "--scene", os.path.join(samples, "terrace.jpg"), "--prompt", "@cactus on the terrace",
                    "--set", "width=256", "--set", "height=256", "--set", f"seed={seed}", "--quiet", "--count", "2",
                    "--output", os.path.join(os.environ["HOME"], f"out{seed}")], check=True, stdout=subprocess.DEVNULL)


def start(program):
    window = Window("New Composition", [program], {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"})
    window.place(0, 0, 1000, 740)
    return window, Person(window)


def show_compare(person):
    """Not the buttons whose names begin so."""
    person.find("Compare")
    person.click([node for node in person.all("Compare") if node.get_name() == "Compare"][0])


def picture(person, letter):
    return person.find(letter + " · This Computer", "image")


def badge(person, letter):
    return person.find(letter + " · This Computer", "label")


def zoom_label(person):
    """The button tells the zoom of what is in sight."""
    return [node.get_name() for node in person.all() if (node.get_name() or "").endswith(" %")]


def read_pixel(person):
    names = [node.get_name() or "" for node in person.all(role="label")]
    return next((name for name in names if "    A  " in name), None)


def look(person):
    show_compare(person)
    person.find("Compare Pictures")
    person.press(person.find("Compare Latest", "push button"))
    for letter in "ABCD":
        picture(person, letter)
    person.find("Seed", "label")


def zoom(person):
    before = wait_for("a zoom", lambda: zoom_label(person))
    x, y = person.place_of(picture(person, "B"))
    run("xdotool", "mousemove", str(x), str(y))
    text = wait_for("the pixel under the pointer", lambda: read_pixel(person))
    assert all(f"    {letter}  " in text for letter in "ABCD"), text
    run("xdotool", "click", "--repeat", "3", "4")
    wait_for("another zoom", lambda: zoom_label(person) != before)
    person.drag(x, y, x - 30, y - 20)


def swipe(person):
    person.key("alt+2")
    slider = person.find("Divider", "slider", 20)
    x, y = person.place_of(slider)
    canvas = person.all("", "image")
    assert canvas, "nothing to swipe over"
    person.drag(x, y, x + 40, y)
    for key in ("alt+3", "alt+4", "alt+5", "alt+1"):
        person.key(key)
    picture(person, "D")


def knock_out(person):
    """The first stays, is beaten, and the last one stays."""
    person.click(picture(person, "A"))
    person.key("k")
    person.find("Round 1 of 3", timeout=20)
    person.key("1")
    person.find("Round 2 of 3", timeout=20)
    person.key("2")
    person.find("Round 3 of 3", timeout=20)
    person.key("BackSpace")
    person.find("Round 2 of 3", timeout=20)
    person.key("2", "1")
    person.find("C wins", timeout=20)
    person.find("Picked", timeout=20)


def drag_out(person):
    path = os.path.join(os.environ["HOME"], "dropped")
    target = Window("Drop target", [os.path.join(HERE, "drop-target.py"), path])
    try:
        target.place(1050, 100, 250, 250)
        x, y = person.place_of(badge(person, "C"))
        person.drag(x, y, 1170, 220)
        wait_for("the file", lambda: os.path.exists(path) and os.path.getsize(path))
    finally:
        target.end()
    with open(path, encoding="utf-8") as file:
        dropped = file.read().strip()
    assert dropped.endswith(".png") and os.path.exists(dropped), dropped


def main():
    program, cli, samples = sys.argv[1:4]
    for seed in (1, 7):
        os.mkdir(os.path.join(os.environ["HOME"], f"out{seed}"))
        compose(cli, samples, seed)
    window, person = start(program)
    steps = 0

    def done(what):
        nonlocal steps
        steps += 1
        print(f"ok {steps} {what}", flush=True)

    print("1..6", flush=True)
    try:
        look(person)
        done("four side by side")
        zoom(person)
        done("zoomed together, pixels told")
        swipe(person)
        done("on one another")
        knock_out(person)
        done("one wins")
        drag_out(person)
        done("dragged to another program")
        person.key("ctrl+q")
        assert window.process.wait(timeout=20) == 0
        window, person = start(program)
        show_compare(person)
        picture(person, "D")
        done("there after a restart")
        time.sleep(0.5)
        person.key("ctrl+q")
        assert window.process.wait(timeout=20) == 0
    finally:
        window.end()


if __name__ == "__main__":
    main()
