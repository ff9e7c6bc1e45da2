#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A composition as a document: what was done is undone, and done again; it is
saved, opened, and back after the program was killed. Run by run-in-x.
usage: drive-document.py DIORAMA SAMPLES-FOLDER"""

import os
import shutil
import sys

try:
    from desk import Atspi, Person, Window, try_run, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

ENVIRONMENT = {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"}


def cards(person):
    return [node.get_name() for node in person.all("Image ", "list item")]


def wait_for_cards(person, expected):
    wait_for(f"cards {expected}", lambda: cards(person) == expected, 20)


def wait_for_prompt(person, expected):
    view = person.find("Prompt", "text")
    wait_for(f"the prompt “{expected}”", lambda: person.text_of(view) == expected, 20)


def compose(person):
    wait_for_cards(person, ["Image 1, cactus, subject", "Image 2, boat, subject"])
    person.click(person.find("Prompt", "text"))
    person.type("The @cactus there")
    person.click(person.find("Image 2, boat"))
    person.key("Delete")
    wait_for_cards(person, ["Image 1, cactus, subject"])


def undo_by_button(person):
    person.press(person.find("Undo", "push button"))
    wait_for_cards(person, ["Image 1, cactus, subject", "Image 2, boat, subject"])
    person.press(person.find("Redo", "push button"))
    wait_for_cards(person, ["Image 1, cactus, subject"])
    person.press(person.find("Undo", "push button"))
    wait_for_cards(person, ["Image 1, cactus, subject", "Image 2, boat, subject"])


def undo_by_keys(person):
    """Word by word, in the text view too, and then what came before the words."""
    person.click(person.find("Prompt", "text"))
    person.key("ctrl+z")
    wait_for_prompt(person, "The @cactus ")
    person.key("ctrl+z", "ctrl+z")
    wait_for_prompt(person, "")
    person.key("ctrl+shift+z", "ctrl+y")
    wait_for_prompt(person, "The @cactus ")
    person.type("here")
    wait_for_prompt(person, "The @cactus here")


def clear_and_undo(person):
    person.key("ctrl+n")
    wait_for_cards(person, [])
    wait_for_prompt(person, "")
    person.key("ctrl+z")
    wait_for_cards(person, ["Image 1, cactus, subject", "Image 2, boat, subject"])
    wait_for_prompt(person, "The @cactus here")


def wait_for_title(window, expected):
    wait_for(f"the title “{expected}”", lambda: try_run("xdotool", "getwindowname", window.id) == expected, 20)


def save(person, path):
    """Under a name, whose suffix is added, and again without being asked for one."""
    person.click(person.find("Prompt", "text"))
    person.key("ctrl+s")
    button = person.find("_Save", "push button", 20)
    person.type(path.removesuffix(".diorama"))
    person.press(button)
    wait_for_title(person.window, "Harbour")
    assert os.path.exists(path)

    person.click(person.find("Prompt", "text"))
    person.key("End")
    person.type(" now")
    wait_for_title(person.window, "• Harbour")
    person.key("ctrl+z")
    wait_for_title(person.window, "Harbour")
    person.key("ctrl+shift+z", "ctrl+s")
    wait_for_title(person.window, "Harbour")


def kill(person, data):
    """Half a second after the last change nothing is lost any more."""
    person.type(" and then")
    wait_for("the draft", lambda: any("and then" in open(os.path.join(data, name), encoding="utf-8").read()
                                      for name in os.listdir(data) if name.endswith(".json")), 20)
    person.window.process.kill()
    person.window.process.wait()


def find_again(program):
    window = Window("(New Composition|• Harbour)", [program], ENVIRONMENT)
    try:
        window.place(0, 0, 1100, 730)
        person = Person(window)
        wait_for_cards(person, ["Image 1, cactus, subject", "Image 2, boat, subject"])
        wait_for_prompt(person, "The @cactus here now and then")
        wait_for_title(window, "• Harbour")
        assert not person.find("Undo", "push button").get_state_set().contains(Atspi.StateType.SENSITIVE)
    finally:
        window.end()


def open_elsewhere(program, path, home):
    """On a computer that has never seen the photos; there it has another name."""
    elsewhere = dict(ENVIRONMENT, XDG_DATA_HOME=os.path.join(home, "elsewhere"))
    path = shutil.move(path, os.path.join(home, "Quay.diorama"))
    window = Window("(New Composition|Harbour|Quay)", [program, path], elsewhere)
    try:
        window.place(0, 0, 1100, 730)
        person = Person(window)
        wait_for_cards(person, ["Image 1, cactus, subject", "Image 2, boat, subject"])
        wait_for_prompt(person, "The @cactus here now")
        wait_for_title(window, "Quay")

        person.key("ctrl+q")
        assert window.process.wait(timeout=20) == 0
    finally:
        window.end()


def drop_it(program, home):
    """From a file manager: it is opened, and no photo."""
    elsewhere = dict(ENVIRONMENT, XDG_DATA_HOME=os.path.join(home, "dropped"))
    window = Window("New Composition", [program], elsewhere)
    source = Window("Drag source", [os.path.join(os.path.dirname(os.path.abspath(__file__)), "drag-source.py"),
                                    os.path.join(home, "Quay.diorama")])
    try:
        window.place(220, 0, 1100, 730)
        source.place(0, 0, 200, 120)
        person = Person(window)
        person.drag(100, 60, *person.place_of(person.find("Add Photos", "push button")))
        wait_for_cards(person, ["Image 1, cactus, subject", "Image 2, boat, subject"])
        wait_for_title(window, "Quay")
    finally:
        source.end()
        window.end()


def main():
    program, samples = sys.argv[1:3]
    home = os.environ["HOME"]
    path = os.path.join(home, "Harbour.diorama")
    data = os.path.join(os.environ["XDG_DATA_HOME"], "diorama", "drafts")
    photos = [os.path.join(samples, name) for name in ["cactus.jpg", "boat.jpg"]]
    window = Window("New Composition", [program] + photos, ENVIRONMENT)
    steps = 0

    def done(what):
        nonlocal steps
        steps += 1
        print(f"ok {steps} {what}", flush=True)

    print("1..8", flush=True)
    try:
        window.place(0, 0, 1100, 730)
        person = Person(window)
        compose(person)
        done("photos and words")
        undo_by_button(person)
        done("undone and redone by button")
        undo_by_keys(person)
        done("undone and redone by key")
        clear_and_undo(person)
        done("a new composition undone")
        save(person, path)
        done("saved under a name, and again")
        kill(person, data)
        find_again(program)
        done("killed, and all was back")
        open_elsewhere(program, path, home)
        done("opened on another computer")
        drop_it(program, home)
        done("dropped on a window")
    finally:
        window.end()


main()
