#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program: a window that files can be dropped on. It writes their paths
into a file.
usage: drop-target.py FILE"""

import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, Gtk  # noqa: E402


def dropped(_target, files, _x, _y):
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write("\n".join(dropped_file.get_path() for dropped_file in files.get_files()))
    return True


def activate(app):
    window = Gtk.ApplicationWindow(application=app, title="Drop target", decorated=False)
    window.set_default_size(250, 250)
    label = Gtk.Label(label="Drop here")
    target = Gtk.DropTarget.new(Gdk.FileList, Gdk.DragAction.COPY)
    target.connect("drop", dropped)
    label.add_controller(target)
    window.set_child(label)
    window.present()


def main():
    app = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
    app.connect("activate", activate)
    app.run([])


main()
