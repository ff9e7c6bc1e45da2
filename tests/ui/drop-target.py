#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program, of another toolkit: a window that pictures can be dropped on. It
takes them as files and, where there is one, as bytes too, and writes as JSON what
it got.
usage: drop-target.py FILE"""

import hashlib
import json
import os
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gio, Gtk  # noqa: E402

FILES = "text/uri-list"
IMAGES = ["image/png", "image/jpeg", "image/webp"]


def write(got):
    with open(sys.argv[1] + ".part", "w", encoding="utf-8") as file:
        json.dump(got, file)
    os.rename(sys.argv[1] + ".part", sys.argv[1])


def dropped(label, drag, _x, _y, time):
    label.got = {}
    label.drag_get_data(drag, Gdk.Atom.intern(FILES, False), time)
    return True


def received(label, drag, _x, _y, data, _info, time):
    """First the files, then the bytes: a second question after the first answer."""
    image = next((target for target in drag.list_targets() if target.name() in IMAGES), None)
    if data.get_target().name() == FILES:
        label.got["files"] = [Gio.File.new_for_uri(uri).get_path() for uri in data.get_uris()]
        if image is not None:
            label.drag_get_data(drag, image, time)
            return
    else:
        label.got["sha256"] = hashlib.sha256(data.get_data()).hexdigest()

    Gtk.drag_finish(drag, True, False, time)
    write(label.got)


def main():
    window = Gtk.Window(title="Drop target", decorated=False)
    window.set_default_size(250, 250)
    label = Gtk.Label(label="Drop here")
    targets = [Gtk.TargetEntry.new(name, 0, 0) for name in [FILES, *IMAGES]]
    label.drag_dest_set(Gtk.DestDefaults.MOTION | Gtk.DestDefaults.HIGHLIGHT, targets, Gdk.DragAction.COPY)
    label.connect("drag-drop", dropped)
    label.connect("drag-data-received", received)
    window.add(label)
    window.show_all()
    Gtk.main()


main()
