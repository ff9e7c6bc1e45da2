#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that the Flatpak writes where the person said, under that very name, and
reads again; and what was edited is there again after the sandbox was killed. Run by
desktop.
usage: drive-files.py ID SAMPLES-FOLDER"""

import os
import sys

from sandbox import (NamedPerson, Window, answer_portal, cards, drop, generate, kill, run, screenshot, try_run,
                     wait_for)

FOLDER = os.path.join(os.environ["HOME"], "Pictures")
PICTURE = "Picture, This Computer · seed "


def begin(app_id, *arguments):
    """Titled after what is edited, be it new, restored or opened."""
    window = Window(".*(New Composition|Harbour|still life).*", ["flatpak", "run", app_id, *arguments])
    window.place(230, 10, 1130, 750)
    return window, NamedPerson(window, "diorama")


def head_of(name):
    with open(os.path.join(FOLDER, name), "rb") as file:
        return file.read(4)


def wait_for_files(*names):
    """Those and no others: what a sandbox writes beside them is hidden."""
    wait_for(f"files {names}", lambda: sorted(os.listdir(FOLDER)) == sorted(names))


def wait_for_title(window, title):
    wait_for(f"the title “{title}”", lambda: try_run("xdotool", "getwindowname", window.id) == title)


def save_composition(person, typed, shot):
    person.click(person.find("Prompt", "text"))
    person.key("ctrl+shift+s")
    answer_portal("Save Composition", "Save", [], os.path.join(FOLDER, typed), shot)
    wait_for_title(person.window, typed.removesuffix(".diorama"))


def save_picture_as(person, name):
    person.click(person.find(PICTURE))
    person.key("ctrl+s")
    answer_portal("Save Picture", "Save", [], os.path.join(FOLDER, name), "save-as-jpeg")
    person.find("Picture saved as its name says: “.jpg”")


def open_document(app_id, name):
    """As a file manager does, which knows the file by its own path."""
    run("/usr/bin/python3", "-c", """
import sys
from gi.repository import Gio
info = Gio.DesktopAppInfo.new(sys.argv[1] + ".desktop")
assert "application/x-diorama+zip" in info.get_supported_types()
assert info.launch([Gio.File.new_for_path(sys.argv[2])], None)
""", app_id, os.path.join(FOLDER, name))


def check_opened(person):
    """With its photos and its name, but no path: the portal’s own tells nothing."""
    wait_for("its cards", lambda: len(cards(person)) == 2)
    wait_for_title(person.window, "Harbour")
    shown = [node.get_name() or "" for node in person._walk(person.app)]
    assert shown and not [name for name in shown if "/run/" in name or "/doc/" in name]


def main():
    app_id, samples = sys.argv[1:3]
    os.makedirs(FOLDER)
    print("1..6", flush=True)
    window, person = begin(app_id)
    try:
        drop(person, *[os.path.join(samples, name) for name in ("cactus.jpg", "boat.jpg")])
        wait_for("two cards", lambda: len(cards(person)) == 2)
        generate(person)
        save_composition(person, "still life", "save-composition")
        wait_for_files("still life")
        assert head_of("still life") == b"PK\x03\x04"
        print("ok 1 composition under a name without an ending", flush=True)

        save_composition(person, "Harbour.diorama", "save-again")
        wait_for_files("still life", "Harbour.diorama")
        print("ok 2 composition under another name", flush=True)

        save_picture_as(person, "harbour.jpg")
        wait_for_files("still life", "Harbour.diorama", "harbour.jpg")
        assert head_of("harbour.jpg")[:3] == b"\xff\xd8\xff"
        print("ok 3 picture in the format that its name says", flush=True)

        kill(app_id)
        window.end()
        window, person = begin(app_id)
        wait_for("the cards", lambda: len(cards(person)) == 2)
        wait_for_title(window, "Harbour")
        print("ok 4 the composition after a kill", flush=True)

        person.key("ctrl+n")
        wait_for("an empty strip", lambda: not cards(person))
        open_document(app_id, "Harbour.diorama")
        check_opened(person)
        screenshot("document")
        print("ok 5 opened with by a program outside", flush=True)
        person.key("ctrl+q")
        assert window.process.wait(timeout=20) == 0
        print("ok 6 quit", flush=True)
    except BaseException:
        screenshot("files-failure")
        raise
    finally:
        kill(app_id)
        window.end()


main()
