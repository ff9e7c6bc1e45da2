#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person’s way through the preferences, with a provider’s server to ask: an
account and its key, its price and name, a limit, what was spent, and its table.
Run by run-in-x.
usage: drive-preferences.py DIORAMA DIORAMA-CLI PROVIDER-SERVER"""

import csv
import json
import os
import subprocess
import sys
import time

try:
    from desk import Person, Window, run, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

KEY = "sk-0123456789-drive"
PASSWORD = "open sesame"


class Preferences(Person):
    """The person, before the window of the preferences."""

    def open(self):
        self.key("ctrl+comma")
        self.find("Accounts", "page tab")
        self.window.id = wait_for("the window of preferences", lambda: self.window._search("Preferences")).split()[0]

    def last(self, prefix, role):
        """The window switches with two rows of tabs, of which one is on show."""
        return wait_for(prefix, lambda: self.all(prefix, role))[-1]

    def show(self, page):
        self.click(self.last(page, "page tab"))

    def reach(self, node):
        """Turns the wheel beside the rows until the thing is in the window."""
        lines = run("xdotool", "getwindowgeometry", "--shell", self.window.id)
        height = int(lines.split("HEIGHT=")[1].split()[0])
        left, top = self.window.origin()
        for _ in range(60):
            y = self.place_of(node)[1] - top
            if 70 < y < height - 50:
                return
            run("xdotool", "mousemove", str(left + 20), str(top + height // 2))
            run("xdotool", "click", "5" if y >= height - 50 else "4")
            time.sleep(0.2)
        raise AssertionError(f"{node.get_name()} cannot be reached")

    def enter(self, name, text):
        node = self.find(name, "text")
        self.reach(node)
        self.click(node)
        self.key("ctrl+a")
        self.type(text)
        self.key("Return")

    def answer_keyring(self, until):
        """A keyring that is new asks for a password twice; where there is none, nobody asks."""
        def probe():
            if self.all(until):
                return True
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "gcr-prompter"],
                                   capture_output=True, text=True, check=False).stdout.split()
            if found:
                run("xdotool", "windowactivate", "--sync", found[0])
                self.type(PASSWORD)
                self.key("Tab")
                self.type(PASSWORD)
                self.key("Return")
                time.sleep(1)
            return False

        wait_for(until, probe)


def add_account(person, url):
    person.click(person.all("Add Account", "list item")[-1])
    person.find("Remove Account")
    person.enter("Server", "http://example.org")
    person.find("An address begins with https://", "label")
    person.enter("Server", url)
    person.gone("An address begins with https://", "label")


def refuse_key(person):
    node = person.find("API key", "text")
    person.reach(node)
    person.click(node)
    person.type("sk-wrong")
    person.press(person.find("Test", "push button"))
    person.answer_keyring("Refused")


def accept_key(person):
    person.press(person.find("Replace", "push button"))
    person.type(KEY)
    person.press(person.find("Test", "push button"))
    person.find("Accepted. Balance: $", "label")


def describe(person):
    person.enter("Price", "0,05")
    person.enter("Name", "studio")
    person.press(person.find("Back", "push button"))
    person.find("studio", "list item")
    person.find("$0.05 a picture", "label")


def limit(person):
    person.show("Spending")
    person.click(person.find("Add Limit", "list item"))
    person.enter("Amount per day", "2.50")
    person.find("USD per day", "text")


def spend(cli, url):
    """As another program of the same person does."""
    folder = os.path.join(os.environ["HOME"], "out")
    args = [cli, "compose", "--provider", "runware", "--account", "studio", "--endpoint", url, "--key-stdin",
            "--prompt", "a lake", "--set", "width=1024", "--set", "height=1024", "--yes", "--output", folder]
    os.mkdir(folder)
    subprocess.run(args, input=KEY + "\n", text=True, check=True, capture_output=True)


def export(person):
    path = os.path.join(os.environ["HOME"], "spent.csv")
    person.show("Accounts")
    person.show("Spending")
    person.find("$0.0", "label")
    person.press(person.find("Export", "push button"))
    wait_for("the file dialog", lambda: person.window._search("Export Spending"))
    person.key("ctrl+a")
    person.type(path)
    person.key("Return")
    wait_for("the table", lambda: os.path.exists(path) and os.path.getsize(path))
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 1, rows
    assert rows[0]["provider"] == "runware" and rows[0]["currency"] == "USD", rows
    assert float(rows[0]["told"]) > 0 and rows[0]["source"] == "told", rows


def remove_and_undo(person):
    person.show("Accounts")
    person.click(person.find("studio", "list item"))
    person.press(person.find("Remove Account", "push button"))
    person.gone("studio", "list item")
    person.press(person.find("_Undo", "push button"))
    person.find("studio", "list item")
    person.click(person.find("studio", "list item"))
    person.find("A key is kept", "label")


def find_key():
    """Files that hold the key, the keyring’s own not being readable so."""
    found = []
    for folder, _, names in os.walk(os.environ["HOME"]):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    if KEY.encode() in file.read():
                        found.append(path)
    return found


def main():
    program, cli, server_program = sys.argv[1:4]
    server = subprocess.Popen([server_program, "--port", "0", "--key", KEY], stdout=subprocess.PIPE, text=True)
    url = json.loads(server.stdout.readline())["url"]
    window = Window("New Composition", [program], {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"})
    steps = 0

    def done(what):
        nonlocal steps
        steps += 1
        print(f"ok {steps} {what}", flush=True)

    print("1..9", flush=True)
    try:
        window.place(0, 0, 1366, 768)
        person = Preferences(window)
        person.open()
        done("opened by key")
        add_account(person, url)
        done("account and its address")
        refuse_key(person)
        done("wrong key")
        accept_key(person)
        done("key and balance")
        describe(person)
        done("price and name")
        limit(person)
        done("limit")
        spend(cli, url)
        export(person)
        done("what was spent, as a table")
        remove_and_undo(person)
        done("removed, and back with its key")
        assert not find_key(), find_key()
        done("the key is in no file")
    finally:
        window.end()
        server.terminate()
        server.wait(timeout=20)


main()
