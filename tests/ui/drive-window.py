#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person’s way through the window, from photos dropped from another program to
a picture that is used again. Run by run-in-x.
usage: drive-window.py DIORAMA SAMPLES-FOLDER"""

import os
import sys

try:
    from desk import Person, Window, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

HERE = os.path.dirname(os.path.abspath(__file__))


def cards(person):
    return [node.get_name() for node in person.all("Image ", "list item")]


def drop_photos(person, samples):
    names = ["cactus.jpg", "boat.jpg"]
    source = Window("Drag source",
                    [os.path.join(HERE, "drag-source.py")] + [os.path.join(samples, n) for n in names])
    try:
        source.place(0, 0, 200, 120)
        target = person.place_of(person.find("Add Photos", "push button"))
        person.drag(100, 60, *target)
        wait_for("two cards", lambda: cards(person) == ["Image 1, cactus, subject", "Image 2, boat, subject"])
    finally:
        source.end()


def choose_role(person):
    card = person.find("Image 2, boat")
    person.click(card)
    person.key("shift+F10")
    person.press(person.find("Scene", "menu item", 10))
    person.find("Image 2, boat, scene")


def reorder_by_drag(person):
    """To the front by pointer, and back by key."""
    start = person.place_of(person.find("Image 2, boat"))
    first = person.place_of(person.find("Image 1, cactus"))
    person.drag(*start, first[0] - 40, first[1])
    person.find("Image 1, boat")
    person.click(person.find("Image 1, boat"))
    person.key("alt+Right")
    person.find("Image 2, boat")


def paste_picture(person, samples):
    """As a screenshot tool would leave one: bytes, and no file."""
    owner = Window("Drag source", [os.path.join(HERE, "drag-source.py"), "--copy", os.path.join(samples, "boat.jpg")])
    try:
        owner.place(0, 0, 200, 120)
        person.window.raise_()
        person.click(person.find("Image 1, cactus"))
        person.key("ctrl+v")
        person.find("Image 3, picture")
        person.click(person.find("Image 3, picture"))
        person.key("Delete")
        person.gone("Image 3, picture")
    finally:
        owner.end()


def write_prompt(person):
    view = person.find("Prompt", "text")
    person.click(view)
    person.type("The @cactus on the @boat, golden light")
    assert person.text_of(view) == "The @cactus on the @boat, golden light", person.text_of(view)


def generate(person):
    person.press(person.find("Generate", "push button"))
    person.find("Job, This Computer", timeout=20)
    person.find("Picture, This Computer · seed ")


def open_result(person):
    person.click(person.find("Picture, This Computer · seed "), repeat=2)
    person.find("Back to the Composition", timeout=20)
    assert person.all("Use as Reference")

    # The keys are the large view’s at once, without a click into it.
    person.key("ctrl+1")
    person.find("100 %", "push button", 10)


def use_result(person):
    person.press(person.find("Use as Reference", "push button"))
    person.key("Escape")
    person.find("Image 3, ")


def move_earlier(person):
    card = person.find("Image 3, ")
    name = card.get_name().removeprefix("Image 3, ")
    person.click(card)
    person.key("shift+F10")
    person.press(person.find("Move Earlier", "menu item", 10))
    person.find("Image 2, " + name)
    return name


def remove(person, name):
    card = person.find("Image 2, " + name)
    person.click(card)
    person.key("Delete")
    wait_for("two cards", lambda: cards(person) == ["Image 1, cactus, subject", "Image 2, boat, scene"])


def main():
    program, samples = sys.argv[1:3]
    window = Window("New Composition", [program], {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"})
    steps = 0

    def done(what):
        nonlocal steps
        steps += 1
        print(f"ok {steps} {what}", flush=True)

    print("1..10", flush=True)
    try:
        window.place(250, 30, 1100, 730)
        person = Person(window)
        drop_photos(person, samples)
        done("photos dropped by another program")
        choose_role(person)
        done("role by menu")
        reorder_by_drag(person)
        done("moved by pointer and by key")
        paste_picture(person, samples)
        done("pasted picture")
        write_prompt(person)
        done("prompt")
        generate(person)
        done("picture")
        open_result(person)
        done("large view")
        use_result(person)
        done("used as reference")
        remove(person, move_earlier(person))
        done("moved by menu and removed by key")
        person.key("ctrl+q")
        assert window.process.wait(timeout=20) == 0
        done("quit")
    finally:
        window.end()


main()
