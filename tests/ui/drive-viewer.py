#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person’s way through the large view: from the grid and back, from one picture
to the next, into a picture, along the passes that it came from, and past a file
that is gone; used as a reference, and saved. Run by run-in-x.
usage: drive-viewer.py DIORAMA DIORAMA-CLI SAMPLES-FOLDER"""

import glob
import os
import subprocess
import sys

try:
    from desk import Person, Window, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

PICTURES = os.path.join(os.environ["XDG_DATA_HOME"], "diorama", "pictures")


def compose(cli, seed, prompt, *photos):
    """Straight into the library, in a blink."""
    folder = os.path.join(os.environ["XDG_RUNTIME_DIR"], f"out-{seed}")
    subprocess.run([cli, "compose", "--quiet", "--output", folder, "--prompt", prompt,
                    "--set", "width=512", "--set", "height=384", "--set", f"seed={seed}", *photos],
                   check=True, stdout=subprocess.DEVNULL)


def fill_library(cli, samples):
    """Two passes, and one that has nothing to do with them."""
    def photo(name):
        return os.path.join(samples, name)

    compose(cli, 11, "@boat on the left", "--subject", photo("boat.jpg"), "--scene", photo("terrace.jpg"))
    first = glob.glob(os.path.join(PICTURES, "*.png"))[0]
    compose(cli, 22, "@cactus on the right", "--subject", photo("cactus.jpg"), "--scene", first + "=pass")
    compose(cli, 33, "@car", "--subject", photo("car.jpg"), "--scene", photo("terrace.jpg"))
    return first


def title(person, seed):
    """Of the picture itself: tiles and passes have labels of the same words."""
    return person.find(f"This Computer · seed {seed}", "image", 20)


def shown(person):
    return next((seed for seed in (11, 22, 33) if person.all(f"This Computer · seed {seed}", "image")), None)


def open_second(person):
    person.click(person.find("Picture, This Computer · seed 22"), repeat=2)
    person.find("Back to the Composition", timeout=20)
    title(person, 22)


def turn(person):
    person.key("Next")
    title(person, 11)
    person.key("Prior", "Prior")
    title(person, 33)
    person.press(person.find("Next Picture", "push button", 10))
    title(person, 22)


def zoom(person):
    person.key("ctrl+1")
    person.find("100 %", "push button", 10)
    person.key("ctrl+plus")
    person.find("125 %", "push button", 10)
    person.key("ctrl+0")
    person.gone("125 %", "push button")


def mark(person):
    person.key("3")
    person.find("3 of 5 stars", timeout=20)
    person.press(person.find("Pick", timeout=10))
    person.find("3 of 5 stars, picked", timeout=20)


def read_details(person):
    for text in ("512 × 384 · as requested", "22 · sent", "@cactus on the right"):
        person.find(text, "label", 20)


def copy_prompt(person):
    person.press(person.find("Copy Prompt", "push button", 10))
    person.find("Copied", "label", 20)


def use_as_style(person):
    person.click(person.find("Use as Subject, Scene or Style", "push button"))
    person.choose("Style")
    person.find("Adding to the references", "label", 20)


def save(person):
    path = os.path.join(os.environ["HOME"], "saved.png")
    person.key("ctrl+s")
    person.find("Save Picture", timeout=20)
    wait_for("the name", lambda: any(person.has_focus(node) for node in person.all("", "text")))
    person.key("ctrl+a")
    person.type(path)
    # The chooser’s: its name has the sign of its key.
    person.press(person.find("_Save", "push button"))
    person.find("Picture saved", "label")
    with open(path, "rb") as file:
        assert file.read(4) == b"\x89PNG"


def walk(person):
    """Up by a click, down by a key."""
    person.find("@cactus, Subject · Photo", "list item", 20)
    person.click(person.find("This Computer · seed 11, Scene · Made before", "list item", 20))
    title(person, 11)
    person.find("This Computer · seed 22, Made from it", "list item", 20)
    person.key("alt+Down")
    title(person, 22)
    person.find("This Computer · seed 11, Scene · Made before", "list item", 20)
    person.key("alt+Up")
    title(person, 11)


def meet_missing(person, first):
    """What is known of it outlives it."""
    aside = first + ".aside"
    os.rename(first, aside)
    person.key("Escape")
    person.click(person.find("Picture, This Computer · seed 11"), repeat=2)
    person.find("File Not Found", timeout=20)
    person.find("Locate…", "push button", 10)
    person.find("Forget", "push button", 10)
    person.find("@boat on the left", "label", 10)
    os.rename(aside, first)


def delete_and_undo(person):
    person.key("Prior")
    title(person, 22)
    person.key("Delete")
    title(person, 11)
    # The composition has such a button too; the toast’s may have its underline in its name.
    person.press(wait_for("Undo", lambda: (person.all("_Undo", "push button") or
                                           person.all("Undo", "push button")[1:] or [None])[-1]))

    def is_back():
        """Before the one in sight there is 33, until 22 is between them again."""
        if shown(person) == 11:
            person.key("Prior")
        elif shown(person) == 33:
            person.key("Next")
        return shown(person) == 22

    wait_for("picture to come back", is_back, 20)


def close(person):
    """The focus goes where the picture goes: the keys lead on from there."""
    person.key("Escape")
    person.key("Right", "Return")
    title(person, 11)
    person.key("Escape")
    wait_for("the new reference", lambda: any(
        node.get_name().endswith(", style") for node in person.all("Image 1, ", "list item")))


def main():
    program, cli, samples = sys.argv[1:4]
    first = fill_library(cli, samples)
    window = Window("New Composition", [program], {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"})
    steps = [
        ("opened from the grid", open_second),
        ("next and previous", turn),
        ("zoom", zoom),
        ("stars and verdict", mark),
        ("details", read_details),
        ("prompt copied", copy_prompt),
        ("used as a style", use_as_style),
        ("saved elsewhere", save),
        ("walk along the passes", walk),
        ("file that is gone", lambda person: meet_missing(person, first)),
        ("deleted and brought back", delete_and_undo),
        ("closed", close),
    ]

    print(f"1..{len(steps) + 1}", flush=True)
    try:
        window.place(30, 20, 1300, 730)
        person = Person(window)
        for number, (what, step) in enumerate(steps, 1):
            step(person)
            print(f"ok {number} {what}", flush=True)
        person.key("ctrl+q")
        assert window.process.wait(timeout=20) == 0
        print(f"ok {len(steps) + 1} quit", flush=True)
    finally:
        window.end()


main()
