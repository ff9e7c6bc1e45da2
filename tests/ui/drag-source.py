#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program: a window from which the files given can be dragged, or, with
--copy, one that has put the bytes of a JPEG on the clipboard."""

import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def prepare(_source, _x, _y, uris):
    data = "".join(uri + "\r\n" for uri in uris).encode()
    return Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(data))


def activate(app, uris):
    window = Gtk.ApplicationWindow(application=app, title="Drag source", decorated=False)
    window.set_default_size(200, 120)
    label = Gtk.Label(label="Drag me")
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect("prepare", prepare, uris)
    label.add_controller(source)
    window.set_child(label)
    window.present()


def copy(app, path):
    window = Gtk.ApplicationWindow(application=app, title="Drag source", decorated=False)
    window.set_default_size(200, 120)
    window.present()
    with open(path, "rb") as file:
        data = GLib.Bytes.new(file.read())
    window.get_clipboard().set_content(Gdk.ContentProvider.new_for_bytes("image/jpeg", data))


def main():
    if sys.argv[1] == "--copy":
        app = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
        app.connect("activate", copy, sys.argv[2])
        app.run([])
        return

    uris = [Gio.File.new_for_path(path).get_uri() for path in sys.argv[1:]]
    app = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
    app.connect("activate", activate, uris)
    app.run([])


main()
