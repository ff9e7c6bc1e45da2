#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture is made, the database lost, and the picture opened: it is a reference,
and what it was made from comes back and goes again. Run by run-in-x.
usage: drive-recall.py DIORAMA DIORAMA-CLI SAMPLES-FOLDER"""

import os
import subprocess
import sys

try:
    from desk import Person, Window, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

ENVIRONMENT = {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"}
MADE_FROM = ["Image 1, cactus, subject", "Image 2, boat, scene"]


def make_picture(cli, samples):
    folder = os.path.join(os.environ["HOME"], "made")
    subprocess.run([cli, "compose", "--quiet",
                    "--subject", os.path.join(samples, "cactus.jpg"), "--scene", os.path.join(samples, "boat.jpg"),
                    "--prompt", "The @cactus on the @boat", "--set", "width=256", "--set", "height=256",
                    "--output", folder], check=True, stdout=subprocess.DEVNULL)
    data = os.path.join(os.environ["XDG_DATA_HOME"], "diorama")
    for name in os.listdir(data):
        if name.startswith("library.db"):
            os.unlink(os.path.join(data, name))
    return os.path.join(folder, os.listdir(folder)[0])


def cards(person):
    return [node.get_name() for node in person.all("Image ", "list item")]


def recall(person):
    wait_for("one card", lambda: len(cards(person)) == 1, 20)
    # The name of a toast's button begins with its label as it is written.
    person.press(person.find("_Recall Its Settings", "push button"))
    wait_for("what it was made from", lambda: cards(person) == MADE_FROM, 20)
    view = person.find("Prompt", "text")
    wait_for("the prompt", lambda: person.text_of(view) == "The @cactus on the @boat", 20)


def undo(person):
    person.press(person.find("Undo", "push button"))
    wait_for("one card again", lambda: len(cards(person)) == 1, 20)


def main():
    program, cli, samples = sys.argv[1:4]
    picture = make_picture(cli, samples)
    window = Window("New Composition", [program, picture], ENVIRONMENT)

    print("1..2", flush=True)
    try:
        window.place(0, 0, 1100, 730)
        person = Person(window)
        recall(person)
        print("ok 1 recalled", flush=True)
        undo(person)
        print("ok 2 undone", flush=True)
    finally:
        window.end()


main()
