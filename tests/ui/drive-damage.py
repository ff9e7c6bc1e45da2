#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person meets a library that a newer version wrote, one that is damaged, at the
start or found so later, and pictures whose files are gone or cut short. Run by
run-in-x.
usage: drive-damage.py DIORAMA DIORAMA-CLI SAMPLES-FOLDER"""

import glob
import os
import sqlite3
import subprocess
import sys

try:
    from desk import Person, Window, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

ENVIRONMENT = {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"}
DATA = os.path.join(os.environ["XDG_DATA_HOME"], "diorama")
DATABASE = os.path.join(DATA, "library.db")


def make_pictures(cli, samples):
    subprocess.run(
        [cli, "compose", "--quiet", "--scene", os.path.join(samples, "shore.jpg"), "--prompt", "The shore",
         "--set", "width=256", "--set", "height=256", "--count=3", "--output", os.path.join(os.environ["HOME"], "made")],
        check=True, stdout=subprocess.DEVNULL)


def set_version(version):
    database = sqlite3.connect(DATABASE)
    before = database.execute("PRAGMA user_version").fetchone()[0]
    database.execute(f"PRAGMA user_version = {version}")
    database.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    database.close()
    return before


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Session:
    """The program, from its start to its end."""

    def __init__(self, program):
        self.window = Window("New Composition", [program], ENVIRONMENT)
        self.window.place(30, 20, 1300, 730)
        self.person = Person(self.window)

    def press(self, label):
        """The name of a dialog's button is its label as it is written."""
        self.person.press(self.person.find(label, "push button"))

    def pictures(self, n):
        def probe():
            nodes = self.person.all("Picture, ")
            return [True, *nodes] if len(nodes) == n else None

        return wait_for(f"{n} pictures", probe)[1:]

    def quit(self):
        self.person.key("ctrl+q")
        assert self.window.process.wait(timeout=20) == 0


def meet_newer(program):
    version = set_version(99)
    before = read(DATABASE)
    session = Session(program)
    try:
        session.person.find("The Library Is from a Newer Version")
        assert not session.person.all("_Repair", "push button")
        session.press("_Quit")
        assert session.window.process.wait(timeout=20) == 0
    finally:
        session.window.end()
    assert read(DATABASE) == before, "it was written to"
    set_version(version)


def repair(program):
    with open(DATABASE, "r+b") as file:
        file.write(b"\0" * 4096)
    session = Session(program)
    try:
        session.person.find("The Library Is Damaged")
        session.press("_Repair")
        session.pictures(3)
        session.quit()
    finally:
        session.window.end()
    assert glob.glob(DATABASE + ".damaged-*"), "the damaged file is not kept"


def damage_unseen():
    """Where the program does not look, in a list too long to be read at the start."""
    database = sqlite3.connect(DATABASE)
    with database:
        database.executemany("INSERT INTO settings (name, value) VALUES (?, ?)",
                             [(f"filler {i:06}", "x" * 3000) for i in range(2000)])
    database.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    n_pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute("DELETE FROM settings WHERE name = 'checked'")
    database.commit()
    database.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    database.close()
    with open(DATABASE, "r+b") as file:
        file.seek(n_pages // 2 * 4096)
        file.write(b"\xff" * 4096)


def find_damage(program):
    damage_unseen()
    session = Session(program)
    try:
        session.pictures(3)
        session.person.find("The Library Is Damaged")
        session.press("_Quit")
        assert session.window.process.wait(timeout=20) == 0
    finally:
        session.window.end()
    session = Session(program)
    try:
        session.person.find("The Library Is Damaged")
        session.press("_Repair")
        session.pictures(3)
        session.quit()
    finally:
        session.window.end()


def meet_lost_files(program):
    gone, short = sorted(glob.glob(os.path.join(DATA, "pictures", "*.png")))[:2]
    os.unlink(gone)
    os.truncate(short, 200)
    session = Session(program)
    person = session.person
    try:
        session.pictures(3)
        person.find("File cannot be read", "label")
        person.click(person.find("File not found", "label"), 3)
        person.find("Locate File…", "menu item")
        person.choose("Forget Picture")
        session.pictures(2)
        person.click(person.find("File cannot be read", "label"))
        person.key("Return")
        person.find("Picture Cannot Be Read")
        person.key("Escape")
        person.select_all(session.pictures(2))
        person.click(session.pictures(2)[0], 3)
        person.choose("Compare")
        person.find("Cannot Be Used")
        person.find("Side by Side")
        session.quit()
    finally:
        session.window.end()


def main():
    program, cli, samples = sys.argv[1:4]
    make_pictures(cli, samples)
    steps = [("a library of a newer version", meet_newer), ("a damaged library repaired", repair),
             ("damage found while in use", find_damage),
             ("files that are gone or cut short", meet_lost_files)]

    print(f"1..{len(steps)}", flush=True)
    for number, (what, step) in enumerate(steps, 1):
        step(program)
        print(f"ok {number} {what}", flush=True)


main()
