#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file manager: a window from which the files given can be dragged, handed
over as files, so that GTK lets them into sandboxes through the portal; and onto
which files can be dropped, whose names and sizes it then shows.
usage: drag-files.py FILE…"""

import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GObject, Gtk  # noqa: E402


def dropped(_target, value, _x, _y, label):
    names = [f"{file.get_basename()}:{file.query_info('standard::size', 0, None).get_size()}"
             for file in value.get_files()]
    label.set_label("Dropped " + " ".join(names))
    return True


def activate(app, files):
    window = Gtk.ApplicationWindow(application=app, title="Files", decorated=False)
    window.set_default_size(220, 120)
    label = Gtk.Label(label="Drag me", wrap=True)
    if files:
        value = GObject.Value(Gdk.FileList, Gdk.FileList.new_from_array(files))
        label.add_controller(Gtk.DragSource(actions=Gdk.DragAction.COPY,
                                            content=Gdk.ContentProvider.new_for_value(value)))
    target = Gtk.DropTarget.new(Gdk.FileList, Gdk.DragAction.COPY)
    target.connect("drop", dropped, label)
    label.add_controller(target)
    window.set_child(label)
    window.present()


def main():
    files = [Gio.File.new_for_path(path) for path in sys.argv[1:]]
    app = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
    app.connect("activate", activate, files)
    app.run([])


main()
