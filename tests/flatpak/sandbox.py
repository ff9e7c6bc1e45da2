# SPDX-License-Identifier: GPL-3.0-or-later
"""Diorama as it is installed: started in its sandbox, and what can be said of
that from outside."""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "ui"))

from desk import Atspi, Person, Window, run, try_run, wait_for  # noqa: E402,F401

DRAG_FILES = os.path.join(HERE, "drag-files.py")
SCREENSHOTS = os.environ.get("DIORAMA_SCREENSHOTS")


def screenshot(name):
    """Of the whole screen, for people to look at."""
    if SCREENSHOTS:
        os.makedirs(SCREENSHOTS, exist_ok=True)
        run("import", "-window", "root", os.path.join(SCREENSHOTS, name + ".png"))


def inside(app_id, *command):
    """Runs another program in the sandbox that Diorama has."""
    return subprocess.run(
        ["flatpak", "run", f"--command={command[0]}", app_id, *command[1:]],
        capture_output=True, text=True, check=False)


def find_app(name):
    """A program on the accessibility bus; in a sandbox its process id is not its own."""
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(i)
        if app is not None and app.get_name() == name:
            return app
    return None


class NamedPerson(Person):
    """Sees another program than the one that a Window began."""

    def __init__(self, window, name):
        self.name = name
        super().__init__(window)

    def _find_app(self):
        return find_app(self.name)


class Found(Window):
    """A window that something else has opened."""

    def __init__(self, title):
        self.process = None
        self.id = wait_for(f"window {title}", lambda: self._search(title)).split()[0]

    def _search(self, title):
        done = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"],
            capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def _front(self):
        return self.id

    def is_there(self):
        return subprocess.run(["xdotool", "getwindowname", self.id],
                              capture_output=True, check=False).returncode == 0


def drop(person, *photos):
    """From a file manager outside onto the window."""
    source = Window("Files", [DRAG_FILES, *photos])
    try:
        source.place(0, 0, 220, 120)
        target = person.place_of(person.find("Add Photos", "push button"))
        person.drag(100, 60, *target)
        person.find("Image 1, ", "list item")
    finally:
        source.end()


def cards(person):
    return [node.get_name() for node in person.all("Image ", "list item")]


def focused_entry(person):
    for node in person.all("", "text"):
        if node.get_state_set().contains(Atspi.StateType.FOCUSED):
            return node
    return None


def answer_portal(title, button, keys, path, shot):
    """In a dialog that is another program’s, outside."""
    chooser = NamedPerson(Found(title), "xdg-desktop-portal-gtk")
    chooser.key(*keys)
    wait_for("an entry", lambda: focused_entry(chooser))
    chooser.key("ctrl+a")
    chooser.type(path)
    screenshot(shot)

    # The first press may only take a suggestion away.
    def answer():
        buttons = chooser.all(button, "push button")
        if buttons:
            chooser.press(buttons[0])
        return not chooser.window.is_there()

    wait_for("the dialog to go", answer)


def generate(person):
    view = person.find("Prompt", "text")
    person.click(view)
    person.type("The @cactus on the @boat")
    person.press(person.find("Generate", "push button"))
    person.find("Picture, This Computer · seed ")


def kill(app_id):
    subprocess.run(["flatpak", "kill", app_id], capture_output=True, check=False)
    wait_for("the sandbox to end", lambda: app_id not in run("flatpak", "ps", "--columns=application"))
