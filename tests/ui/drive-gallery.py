#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person finds, judges, exports, drags, deletes and compares what was made.
Run by run-in-x.
usage: drive-gallery.py DIORAMA DIORAMA-CLI SAMPLES-FOLDER"""

import datetime
import os
import sqlite3
import subprocess
import sys

try:
    from desk import Person, Window, run, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

HOME = os.environ["HOME"]


def make_pictures(cli, samples):
    for name, n in (("boat", 1), ("cactus", 3)):
        subprocess.run(
            [cli, "compose", "--scene", os.path.join(samples, "shore.jpg"),
             "--subject", os.path.join(samples, f"{name}.jpg"), "--prompt", f"The {name} at sea",
             "--set", "width=256", "--set", "height=256", f"--count={n}", "--output", os.path.join(HOME, "made")],
            check=True, capture_output=True)

    # The boat was made long ago.
    day = datetime.datetime(2025, 11, 14, 12, 0).timestamp()
    database = sqlite3.connect(os.path.join(os.environ["XDG_DATA_HOME"], "diorama", "library.db"))
    with database:
        database.execute("UPDATE results SET created = ? WHERE prompt LIKE '%boat%'", (int(day * 1e6),))
    database.close()


def pictures(person):
    return [node.get_name() for node in person.all("Picture, ")]


def wait_for_pictures(person, n):
    def probe():
        nodes = person.all("Picture, ")
        return [True, *nodes] if len(nodes) == n else None

    return wait_for(f"{n} pictures", probe)[1:]


def select_two(person):
    first, second = wait_for_pictures(person, 4)[:2]
    person.click(first)
    run("xdotool", "keydown", "ctrl")
    person.click(second)
    run("xdotool", "keyup", "ctrl")


def search(person):
    wait_for_pictures(person, 4)
    person.key("ctrl+f")
    person.type("boat")
    wait_for_pictures(person, 1)
    person.type("house")
    person.press(person.find("Clear Search", "push button"))
    wait_for_pictures(person, 4)


def judge(person):
    first, second = wait_for_pictures(person, 4)[:2]
    person.click(first)
    person.key("4", "p")
    wait_for("stars and a pick", lambda: ", 4 stars, picked, " in pictures(person)[0])
    person.click(second)
    person.key("x")
    wait_for("a rejected one", lambda: ", rejected, " in pictures(person)[1])
    person.key("u")
    wait_for("an open one", lambda: ", rejected, " not in pictures(person)[1])


def go_to_a_day(person):
    person.click(person.find("Go to a Day"))
    person.find("Today, 3 pictures")
    person.find("November 2025")
    person.find("14 November, 1 picture")
    wait_for("the first day in focus", lambda: any(person.has_focus(node) for node in person.all("Today, 3 pictures")))
    person.key("Down", "Return")
    person.gone("14 November, 1 picture")
    wait_for("the old one in focus", lambda: "boat" in next(
        (node.get_name() for node in person.all("Picture, ") if person.has_focus(node)), ""))


def export(person):
    folder = os.path.join(HOME, "exported")
    os.mkdir(folder)
    select_two(person)
    person.key("ctrl+e")
    person.press(person.find("Choose _Folder", "push button"))
    person.find("Export Pictures")
    person.type(folder)
    # The chooser’s: its name has the sign of its key.
    person.press(person.find("_Export", "push button"))
    wait_for("two files", lambda: len([name for name in os.listdir(folder) if name.endswith(".png")]) == 2)
    person.find("2 pictures exported")


def drag_out(person):
    dropped = person.drag_out(wait_for_pictures(person, 4)[2], (0, 100, 240, 250), (120, 220))
    assert dropped.endswith(".png"), dropped
    person.window.raise_()


def show(person, now, then):
    person.click(person.find(now))
    person.choose(then)


def restore(person):
    person.click(wait_for_pictures(person, 4)[0])
    person.key("Delete")
    wait_for_pictures(person, 3)
    show(person, "All results", "Trash")
    person.click(wait_for_pictures(person, 1)[0], 3)
    person.choose("Restore")
    wait_for_pictures(person, 0)
    show(person, "Trash", "All results")
    wait_for_pictures(person, 4)


def delete_for_good(person):
    """One of two in the trash, after it was asked about."""
    person.click(person.find("Gallery", "push button"))
    wait_for_pictures(person, 4)
    select_two(person)
    person.key("Delete")
    wait_for_pictures(person, 2)
    show(person, "All results", "Trash")
    person.click(wait_for_pictures(person, 2)[0])
    person.key("Delete")
    person.find("Delete 1 Picture for Good?")
    person.press(person.find("_Cancel", "push button"))
    person.gone("Delete 1 Picture for Good?")
    person.click(wait_for_pictures(person, 2)[0], 3)
    person.choose("Delete for Good…")
    person.find("Delete 1 Picture for Good?")
    # Not the one above the grid, whose name begins the same.
    person.press(wait_for("the button", lambda: next(
        (node for node in person.all("_Delete", "push button") if not node.get_name().startswith("_Delete for")), None)))
    wait_for_pictures(person, 1)
    show(person, "Trash", "All results")
    wait_for_pictures(person, 2)


def recall_and_compare(person):
    """The focus goes to the prompt, and from there with the next click."""
    person.click(wait_for_pictures(person, 4)[0], 3)
    person.choose("Make Again with Changes…")
    person.find("Image 2, cactus, subject", "list item")
    person.select_all(wait_for_pictures(person, 4))
    person.click(wait_for_pictures(person, 4)[0], 3)
    person.choose("Compare")
    for letter in "ABCD":
        person.find(letter + " · This Computer", "image")


def delete_and_undo(person):
    select_two(person)
    person.key("Delete")
    wait_for_pictures(person, 2)
    person.find("2 pictures deleted")
    # The toast’s: its name has the sign of its key.
    person.press(person.find("_Undo", "push button"))
    wait_for_pictures(person, 4)


def main():
    program, cli, samples = sys.argv[1:4]
    make_pictures(cli, samples)
    window = Window("New Composition", [program], {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"})
    steps = [("search", search), ("stars, pick and reject", judge), ("deleted and undone", delete_and_undo),
             ("went to a day", go_to_a_day), ("exported to a folder", export),
             ("dragged to another program", drag_out), ("restored from the trash", restore),
             ("four compared after recalling", recall_and_compare),
             ("deleted for good", delete_for_good)]

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
