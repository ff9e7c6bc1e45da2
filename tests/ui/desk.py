# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at a desk: sees what the accessibility bus says, and has a mouse and
a keyboard."""

import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

TIMEOUT = 60


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

    @staticmethod
    def type(text):
        run("xdotool", "type", "--delay", "15", text)
        time.sleep(0.3)

    @staticmethod
    def key(*keys):
        for key in keys:
            run("xdotool", "key", key)
            time.sleep(0.3)
