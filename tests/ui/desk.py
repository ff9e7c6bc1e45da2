# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at a desk: sees what the accessibility bus says, and has a mouse and
a keyboard."""

import hashlib
import json
import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

TIMEOUT = 60
HERE = os.path.dirname(os.path.abspath(__file__))


def run(*args):
    return subprocess.run(args, check=True, capture_output=True, text=True).stdout.strip()


def try_run(*args):
    return subprocess.run(args, check=False, capture_output=True, text=True).stdout.strip()


def wait_for(what, probe, timeout=TIMEOUT):
    """What probe() returns once that is something."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        found = probe()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited in vain for {what}")


def has_state(node, state):
    """A node that has gone has none."""
    try:
        return node.get_state_set().contains(state)
    except GLib.Error:
        return False


def is_on_show(node):
    """GTK 4.8 says of no widget that it is showing; hidden ones have no size."""
    if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
        return False
    try:
        box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    except (TypeError, GLib.Error):
        return False
    return box.width > 0 and box.height > 0


class Window:
    """A window of another program."""

    def __init__(self, title, args, env=None):
        self.process = subprocess.Popen(args, env=dict(os.environ, **(env or {})))
        found = wait_for(f"window {title}", lambda: self._search(title))
        self.id = found.split()[0]

    def _search(self, title):
        if self.process.poll() is not None:
            raise AssertionError(f"{title} ended by itself: {self.process.returncode}")
        done = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"],
            capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def place(self, x, y, width, height):
        run("xdotool", "windowsize", "--sync", self.id, str(width), str(height))
        run("xdotool", "windowmove", "--sync", self.id, str(x), str(y))
        run("xdotool", "windowactivate", "--sync", self.id)
        time.sleep(0.5)

    def raise_(self):
        run("xdotool", "windowactivate", "--sync", self.id)

    def _front(self):
        """Of its windows the one that has the keyboard: a dialog may be before the first."""
        active = try_run("xdotool", "getactivewindow")
        owner = try_run("xdotool", "getwindowpid", active) if active else ""
        return active if owner == str(self.process.pid) else self.id

    def origin(self):
        lines = run("xdotool", "getwindowgeometry", "--shell", self._front()).splitlines()
        values = dict(line.split("=", 1) for line in lines if "=" in line)
        return int(values["X"]), int(values["Y"])

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout=20)


class Person:
    """Finds things by name and role, and acts on them."""

    def __init__(self, window):
        self.window = window
        self.app = wait_for("accessible program", self._find_app)

    def _find_app(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app is not None and app.get_process_id() == self.window.process.pid:
                return app
        return None

    def _walk(self, node):
        yield node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child is not None:
                yield from self._walk(child)

    def all(self, prefix="", role=None):
        """Everything on show whose name begins so."""
        found = []
        try:
            for node in self._walk(self.app):
                if not (node.get_name() or "").startswith(prefix):
                    continue
                if role is not None and node.get_role_name() != role:
                    continue
                if is_on_show(node):
                    found.append(node)
        except GLib.Error:
            return []  # something went away while we looked
        return found

    def find(self, prefix="", role=None, timeout=TIMEOUT):
        what = f"{role or 'anything'} “{prefix}”"
        return wait_for(what, lambda: (self.all(prefix, role) or [None])[0], timeout)

    def gone(self, prefix="", role=None):
        wait_for(f"“{prefix}” to go", lambda: not self.all(prefix, role))

    def place_of(self, node):
        box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        x, y = self.window.origin()
        return x + box.x + box.width // 2, y + box.y + box.height // 2

    def click(self, node, button=1, repeat=1):
        x, y = self.place_of(node)
        run("xdotool", "mousemove", str(x), str(y))
        time.sleep(0.2)
        run("xdotool", "click", "--repeat", str(repeat), str(button))
        time.sleep(0.3)

    def press(self, node):
        """What a screen reader does with a button."""
        Atspi.Action.do_action(node, 0)
        time.sleep(0.3)

    def choose(self, item):
        """From the menu that is open. GTK 4.8 does not hear the first click after a
        menu that went without the mouse: it goes where nothing is to be clicked."""
        self.press(self.find(item, "menu item"))
        self.gone(item, "menu item")
        x, y = self.window.origin()
        run("xdotool", "mousemove", str(x + 200), str(y + 6), "click", "1")
        time.sleep(0.3)

    def is_selected(self, node):
        return has_state(node, Atspi.StateType.SELECTED)

    def has_focus(self, node):
        return has_state(node, Atspi.StateType.FOCUSED)

    @staticmethod
    def text_of(node):
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))

    def drag(self, x1, y1, x2, y2):
        run("xdotool", "mousemove", str(x1), str(y1), "mousedown", "1")
        for i in range(1, 21):
            x = x1 + (x2 - x1) * i // 20
            y = y1 + (y2 - y1) * i // 20
            run("xdotool", "mousemove", str(x), str(y))
            time.sleep(0.03)
        time.sleep(0.4)
        run("xdotool", "mouseup", "1")

    def select_all(self, cells):
        """By the key, once the focus is among them."""
        self.click(cells[0])
        wait_for("the focus on a cell", lambda: self.has_focus(cells[0]))
        self.key("ctrl+a")
        wait_for("all selected", lambda: all(self.is_selected(cell) for cell in cells))

    def drag_out(self, node, place, drop):
        """To another program, in a window at a place of its own, dropped at a point
        of the screen. The path of the file that it got, the same in bytes."""
        path = os.path.join(os.environ["HOME"], "dropped")
        target = Window("Drop target", [os.path.join(HERE, "drop-target.py"), path])
        try:
            target.place(*place)
            self.drag(*self.place_of(node), *drop)
            wait_for("what was dropped", lambda: os.path.exists(path))
        finally:
            target.end()
        with open(path, encoding="utf-8") as file:
            got = json.load(file)
        dropped, = got["files"]
        with open(dropped, "rb") as file:
            assert got["sha256"] == hashlib.sha256(file.read()).hexdigest(), got
        return dropped

    @staticmethod
    def type(text):
        run("xdotool", "type", "--delay", "15", text)
        time.sleep(0.3)

    @staticmethod
    def key(*keys):
        for key in keys:
            run("xdotool", "key", key)
            time.sleep(0.3)
