#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person gives tags to pictures, and finds them by these: several at once in the
gallery, one in the large view. Run by run-in-x.
usage: drive-tags.py DIORAMA DIORAMA-CLI SAMPLES-FOLDER"""

import os
import subprocess
import sys

try:
    from desk import Atspi, Person, Window, run, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)


def make_pictures(cli, samples):
    subprocess.run(
        [cli, "compose", "--scene", os.path.join(samples, "shore.jpg"), "--prompt", "The shore",
         "--set", "width=256", "--set", "height=256", "--count=3", "--output", os.path.join(os.environ["HOME"], "made")],
        check=True, capture_output=True)


def pictures(person):
    return [node.get_name() for node in person.all("Picture, ")]


def wait_for_pictures(person, n):
    def probe():
        nodes = person.all("Picture, ")
        return [True, *nodes] if len(nodes) == n else None

    return wait_for(f"{n} pictures", probe)[1:]


def has_focus(node):
    return node.get_state_set().contains(Atspi.StateType.FOCUSED)


def select(person, number, n):
    """A busy program may not have been ready for the first click."""
    def probe():
        person.click(wait_for_pictures(person, n)[number])
        return has_focus(wait_for_pictures(person, n)[number])

    wait_for(f"picture {number} in focus", probe)


def open_tags(person):
    """What is selected while the library is still read may be so no more after that."""
    for timeout in (10, 60):
        select(person, 0, 3)
        person.key("t")
        try:
            return person.find("Add a Tag", timeout=timeout)
        except AssertionError:
            if timeout == 60:
                raise


def tag_one(person):
    open_tags(person)
    person.type("client")
    person.key("Return")
    person.find("Remove the Tag “client”", "push button")
    person.type("shop window, shelf")
    person.key("Return")
    person.find("Remove the Tag “shelf”", "push button")
    person.key("Escape")
    person.gone("Add a Tag")
    wait_for("three tags", lambda: ", tagged client, shop window, shelf, " in pictures(person)[0])


def tag_two(person):
    """The entry knows the tags of the library, and the chip says that one is without."""
    select(person, 0, 3)
    second = wait_for_pictures(person, 3)[1]
    run("xdotool", "keydown", "ctrl")
    person.click(second)
    run("xdotool", "keyup", "ctrl")
    person.click(second, 3)
    person.press(person.find("Tags…", "menu item"))
    person.find("client · 1 of 2", "label")
    person.type("CLIENT")
    person.key("Return")
    person.gone("client · 1 of 2", "label")
    person.find("client", "label")
    person.key("Escape")
    wait_for("a second one with the tag", lambda: ", tagged client, " in pictures(person)[1])


def show(person, now, *then):
    person.click(person.find(now))
    for name in then:
        person.press(person.find(name, "menu item"))
    person.gone(then[-1], "menu item")


def find_by_tag(person):
    show(person, "All results", "Tag", "client")
    wait_for_pictures(person, 2)
    show(person, "client", "Tag", "shop window")
    wait_for_pictures(person, 1)
    show(person, "shop window", "Tag", "Any Tag")
    wait_for_pictures(person, 3)
    person.key("ctrl+f")
    person.type("shelf")
    wait_for_pictures(person, 1)
    person.key("Escape")
    wait_for_pictures(person, 3)


def leave_rejected(person):
    select(person, 2, 3)
    person.key("x")
    wait_for("a rejected one", lambda: ", rejected, " in pictures(person)[2])
    show(person, "All results", "Not rejected")
    wait_for_pictures(person, 2)
    show(person, "Not rejected", "All results")
    wait_for_pictures(person, 3)


def tag_in_large(person):
    person.click(wait_for_pictures(person, 3)[0], repeat=2)
    person.press(person.find("Remove the Tag “shelf”", "push button"))
    person.gone("Remove the Tag “shelf”", "push button")
    person.key("Escape")
    person.click(wait_for_pictures(person, 3)[1], repeat=2)
    person.find("Back to the Composition")
    person.gone("Remove the Tag “shop window”", "push button")
    person.key("t")
    person.type("p5x")
    person.key("Return")
    person.find("Remove the Tag “p5x”", "push button")
    person.key("Escape")
    wait_for("the letters to be a tag, and no keys", lambda: ", tagged client, p5x, " in pictures(person)[1])


def main():
    program, cli, samples = sys.argv[1:4]
    make_pictures(cli, samples)
    window = Window("New Composition", [program], {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"})
    steps = [("tags for one", tag_one), ("a tag for two", tag_two), ("found by tag", find_by_tag),
             ("all but rejected ones", leave_rejected), ("tags in large", tag_in_large)]

    print(f"1..{len(steps)}", flush=True)
    try:
        window.place(30, 20, 1300, 730)
        person = Person(window)
        for number, (what, step) in enumerate(steps, 1):
            step(person)
            print(f"ok {number} {what}", flush=True)
    finally:
        window.end()


main()
