#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person finds, judges and deletes what was made. Run by run-in-x.
usage: drive-gallery.py DIORAMA DIORAMA-CLI SAMPLES-FOLDER"""

import os
import subprocess
import sys

try:
    from desk import Person, Window, run, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

HOME = os.environ["HOME"]


def make_pictures(cli, samples):
    for name, n in (("cactus", 2), ("boat", 1)):
        subprocess.run(
            [cli, "compose", "--scene", os.path.join(samples, "shore.jpg"),
             "--subject", os.path.join(samples, f"{name}.jpg"), "--prompt", f"The {name} at sea",
             "--set", "width=256", "--set", "height=256", f"--count={n}", "--output", os.path.join(HOME, "made")],
            check=True, capture_output=True)


def pictures(person):
    return [node.get_name() for node in person.all("Picture, ")]


def wait_for_pictures(person, n):
    return wait_for(f"{n} pictures", lambda: len(pictures(person)) == n and person.all("Picture, "))


def select_two(person):
    first, second = wait_for_pictures(person, 3)[:2]
    person.click(first)
    run("xdotool", "keydown", "ctrl")
    person.click(second)
    run("xdotool", "keyup", "ctrl")


def search(person):
    wait_for_pictures(person, 3)
    person.key("ctrl+f")
    person.type("boat")
    wait_for_pictures(person, 1)
    person.type("house")
    person.press(person.find("Clear Search", "push button"))
    wait_for_pictures(person, 3)


def judge(person):
    first, second, _third = wait_for_pictures(person, 3)
    person.click(first)
    person.key("4", "p")
    wait_for("stars and a pick", lambda: ", 4 stars, picked, " in pictures(person)[0])
    person.click(second)
    person.key("x")
    wait_for("a rejected one", lambda: ", rejected, " in pictures(person)[1])
    person.key("u")
    wait_for("an open one", lambda: ", rejected, " not in pictures(person)[1])


def delete_and_undo(person):
    select_two(person)
    person.key("Delete")
    wait_for_pictures(person, 1)
    person.find("2 pictures deleted")
    # The toast’s: its name has the sign of its key.
    person.press(person.find("_Undo", "push button"))
    wait_for_pictures(person, 3)


def main():
    program, cli, samples = sys.argv[1:4]
    make_pictures(cli, samples)
    window = Window("New Composition", [program], {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"})
    steps = [("search", search), ("stars, pick and reject", judge), ("deleted and undone", delete_and_undo)]

    print(f"1..{len(steps)}", flush=True)
    try:
        window.place(250, 30, 1100, 730)
        person = Person(window)
        for i, (what, step) in enumerate(steps):
            step(person)
            print(f"ok {i + 1} {what}", flush=True)
    finally:
        window.end()


main()
