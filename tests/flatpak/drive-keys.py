#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The key of a hosted provider in the sandbox: kept by the Secret portal with a
real keyring behind it, there again after a restart, and used with a server on
this computer. Run by desktop.
usage: drive-keys.py ID SAMPLES-FOLDER PROVIDER-SERVER"""

import glob
import importlib
import os
import sys

from sandbox import Found, NamedPerson, Window, drop, kill, screenshot

hosted = importlib.import_module("drive-hosted")
HOME = os.environ["HOME"]


def start(app_id):
    window = Window("New Composition", ["flatpak", "run", app_id])
    window.place(230, 10, 1130, 750)
    return window, NamedPerson(window, "diorama")


def compose(person, photo):
    drop(person, photo)
    hosted.choose_model(person, "Runware · Nano Banana 2")
    hosted.write_prompt(person, "The @boat on the sea")


def give_key(person, server):
    person.key("ctrl+Return")
    person.find("Runware Needs a Key", timeout=20)
    hosted.answer(person, "Give the Key")

    # They have a window of their own.
    preferences = NamedPerson(Found("Preferences"), "diorama")
    hosted.fill(preferences, "API key", hosted.KEY)
    preferences.find("Remove Key", "push button", 20)
    hosted.fill(preferences, "Server", server.url)
    screenshot("key")
    hosted.close_preferences(preferences)


def quit_(window, person):
    person.key("ctrl+q")
    assert window.process.wait(timeout=20) == 0


def check_kept(app_id):
    """In a file of its own that only the portal’s secret opens."""
    folder = os.path.join(HOME, ".var/app", app_id)
    assert glob.glob(os.path.join(folder, "data/keyrings/*")), os.listdir(folder + "/data")
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                assert hosted.KEY.encode() not in file.read(), name


def main():
    app_id, samples, server_program = sys.argv[1:4]
    photo = os.path.join(samples, "boat.jpg")
    server = hosted.Server(server_program)
    print("1..3", flush=True)
    try:
        window, person = start(app_id)
        compose(person, photo)
        give_key(person, server)
        quit_(window, person)
        check_kept(app_id)
        print("ok 1 the key is kept, and can be read nowhere", flush=True)

        window, person = start(app_id)
        compose(person, photo)
        hosted.generate(person)
        screenshot("hosted")
        print("ok 2 a picture by the key of an earlier run", flush=True)
        quit_(window, person)

        ledger = server.end()
        creates = ledger["dialects"]["runware"]["creates"]
        assert len(creates) == 1 and not ledger["key_leaks"], ledger
        print("ok 3 the server was asked once", flush=True)
    except BaseException:
        screenshot("failure")
        raise
    finally:
        kill(app_id)
        window.end()
        server.end()


main()
