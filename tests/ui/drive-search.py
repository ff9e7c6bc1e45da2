#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A search in the desktop, as GNOME Shell does it: the bus starts the program for
the first question, and a result that was found, or all of them, are opened in a
window.
usage: drive-search.py DIORAMA DIORAMA-CLI SAMPLES-FOLDER SEARCH-PROVIDER-INI"""

import configparser
import os
import subprocess
import sys
from types import SimpleNamespace

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from desk import Person, run, try_run, wait_for  # noqa: E402

INTERFACE = "org.gnome.Shell.SearchProvider2"


class Provider:
    """What the file that shells read says of us."""

    def __init__(self, ini):
        parser = configparser.ConfigParser()
        parser.optionxform = str
        parser.read(ini)
        section = parser["Shell Search Provider"]
        assert section["Version"] == "2"
        assert section["DesktopId"] == section["BusName"] + ".desktop"
        self.name = section["BusName"]
        self.path = section["ObjectPath"]
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)

    def call(self, method, signature, *arguments):
        reply = self.bus.call_sync(self.name, self.path, INTERFACE, method, GLib.Variant(signature, arguments),
                                   None, Gio.DBusCallFlags.NONE, 60000, None)
        return reply.unpack()

    def find(self, *terms):
        return self.call("GetInitialResultSet", "(as)", list(terms))[0]

    def is_running(self):
        return self.bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner",
                                  GLib.Variant("(s)", (self.name,)), None, Gio.DBusCallFlags.NONE,
                                  -1, None).unpack()[0]


def install_service(provider, program):
    """As it is installed, with the program of the build folder."""
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "dbus-1", "services")
    os.makedirs(folder)
    with open(os.path.join(folder, provider.name + ".service"), "w", encoding="utf-8") as file:
        file.write(f"[D-BUS Service]\nName={provider.name}\nExec={program} --gapplication-service\n")
    run("gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/",
        "--method", "org.freedesktop.DBus.ReloadConfig")
    # What the bus starts has the environment that the bus had.
    run("dbus-update-activation-environment", "DISPLAY", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR",
        "GTK_A11Y=atspi")


def compose(cli, samples, subject):
    subprocess.run([cli, "compose", "--subject", os.path.join(samples, subject + ".jpg"),
                    "--scene", os.path.join(samples, "terrace.jpg"), "--prompt", f"@{subject} on the terrace",
                    "--set", "width=256", "--set", "height=256", "--quiet",
                    "--output", os.path.join(os.environ["HOME"], "out")], check=True, stdout=subprocess.DEVNULL)


def check_meta(meta, name):
    assert name in meta["name"], meta["name"]
    assert meta["description"].startswith("This Computer"), meta["description"]
    width, height, stride, has_alpha, bits, channels, data = meta["icon-data"]
    assert (width, height, bits) == (128, 128, 8), (width, height, bits)
    assert channels == (4 if has_alpha else 3)
    assert len(data) == stride * (height - 1) + width * channels


def check_window(text, n_pictures):
    """That is where the words are, and what they find."""
    window = try_run("xdotool", "search", "--onlyvisible", "--class", "diorama").split()[0]
    pid = int(run("xdotool", "getwindowpid", window))
    person = Person(SimpleNamespace(process=SimpleNamespace(pid=pid)))
    entry = person.find("Search the Library", "entry")
    wait_for("the words", lambda: person.text_of(entry) == text)
    wait_for("the pictures", lambda: len(person.all("Picture, This Computer")) == n_pictures)


def main():
    program, cli, samples, ini = sys.argv[1:5]
    provider = Provider(ini)
    compose(cli, samples, "teapot")
    compose(cli, samples, "cactus")
    install_service(provider, program)
    print("1..7", flush=True)

    assert not provider.is_running()
    found = provider.find("terr")
    assert len(found) == 2, found
    print("ok 1 started by a search, found by the beginning of a word", flush=True)

    teapot = provider.call("GetSubsearchResultSet", "(asas)", found, ["terr", "teap"])[0]
    assert len(teapot) == 1 and teapot[0] in found, teapot
    print("ok 2 narrowed down by a further word", flush=True)

    assert provider.find("zebra") == []
    print("ok 3 nothing found", flush=True)

    metas = provider.call("GetResultMetas", "(as)", [*teapot, "no-such-result"])[0]
    assert [meta["id"] for meta in metas] == teapot, metas
    check_meta(metas[0], "teapot")
    print("ok 4 words and a small picture", flush=True)

    assert not try_run("xdotool", "search", "--onlyvisible", "--class", "diorama")
    provider.call("ActivateResult", "(sasu)", teapot[0], ["teap"], 0)
    wait_for("a window", lambda: try_run("xdotool", "search", "--onlyvisible", "--class", "diorama"))
    print("ok 5 opened in a window", flush=True)

    provider.call("LaunchSearch", "(asu)", ["terr", "teap"], 0)
    check_window("terr teap", 1)
    print("ok 6 all of them found in the window", flush=True)

    provider.call("LaunchSearch", "(asu)", ["terr"], 0)
    check_window("terr", 2)
    print("ok 7 and those of another search", flush=True)

    run("gdbus", "call", "--session", "--dest", provider.name, "--object-path",
        "/" + provider.name.replace(".", "/"), "--method", "org.freedesktop.Application.ActivateAction",
        "quit", "[]", "{}")
    wait_for("the end", lambda: not provider.is_running())


main()
