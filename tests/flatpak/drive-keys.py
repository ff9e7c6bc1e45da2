#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The key of a hosted provider in the sandbox: kept by the Secret portal with a
real keyring behind it, there again after a restart, and used with a server on
this computer; and a job that goes on after the sandbox was killed. Run by
desktop.
usage: drive-keys.py ID SAMPLES-FOLDER PROVIDER-SERVER"""

import glob
import importlib
import json
import os
import sys
import urllib.request

from sandbox import Found, NamedPerson, Window, drop, kill, screenshot, wait_for

hosted = importlib.import_module("drive-hosted")
HOME = os.environ["HOME"]


# Nothing is told of a job until it is allowed again.
HOLD = {"rules": [{"name": "wait", "match": {"dialect": "runware", "call": "poll"}, "do": "hold"}]}


def start(app_id):
    window = Window(".*New Composition.*", ["flatpak", "run", app_id])
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


def ask(server, what, body=None):
    """The server’s own doors, for tests."""
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/control/{what}", data, 20) as reply:
        return json.loads(reply.read() or "null")


def count_creates(server):
    return len(ask(server, "ledger")["dialects"]["runware"]["creates"])


def kill_while_it_is_made(app_id, server, window, person):
    """The next run asks for the picture that was paid for, and for no other."""
    ask(server, "script", HOLD)
    person.key("ctrl+Return")
    person.find("Job, Runware", timeout=20)
    wait_for("the create", lambda: count_creates(server) == 2)
    kill(app_id)
    window.end()
    ask(server, "script", {})
    window, person = start(app_id)
    wait_for("both pictures", lambda: len(person.all("Picture, Runware")) == 2)
    return window, person


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
    print("1..4", flush=True)
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

        window, person = kill_while_it_is_made(app_id, server, window, person)
        print("ok 3 a picture whose job was under way when the sandbox was killed", flush=True)
        quit_(window, person)

        ledger = server.end()
        creates = ledger["dialects"]["runware"]["creates"]
        assert len(creates) == 2 and not ledger["key_leaks"], ledger
        print("ok 4 the server was asked once for each", flush=True)
    except BaseException:
        screenshot("failure")
        raise
    finally:
        kill(app_id)
        window.end()
        server.end()


main()
