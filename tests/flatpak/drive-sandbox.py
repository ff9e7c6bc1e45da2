#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person’s way through the installed Flatpak: a photo dropped by a program
outside, a picture made by this computer, and saved where the person says. Run by
desktop.
usage: drive-sandbox.py ID SAMPLES-FOLDER"""

import filecmp
import glob
import os
import shutil
import socket
import subprocess
import sys
import time

from sandbox import (DRAG_FILES, Found, NamedPerson, Person, Window, answer_portal, cards, drop, find_app,
                     generate, inside, kill, run, screenshot, try_run, wait_for)

HOME = os.environ["HOME"]

# As written down, and nothing else; x11 is what fallback-x11 is called for the
# sake of older Flatpaks.
PERMISSIONS = {
    "shared": {"network", "ipc"},
    "sockets": {"wayland", "fallback-x11", "x11"},
    "devices": {"dri"},
}


def check_permissions(app_id):
    lines = run("flatpak", "info", "--show-permissions", app_id).splitlines()
    assert [line for line in lines if line.startswith("[")] == ["[Context]"], lines
    given = dict(line.split("=", 1) for line in lines if "=" in line)
    assert {key: {word for word in words.split(";") if word}
            for key, words in given.items()} == PERMISSIONS, given


def check_walls(app_id):
    """What lies in the home folder is not there inside; the program is."""
    secret = os.path.join(HOME, "secret.txt")
    with open(secret, "w", encoding="utf-8") as file:
        file.write("nobody’s business")
    assert inside(app_id, "cat", secret).returncode != 0
    assert "secret.txt" not in inside(app_id, "ls", "-a", HOME).stdout
    assert inside(app_id, "ls", HOME + "/Pictures").returncode != 0
    assert inside(app_id, "test", "-x", "/app/bin/diorama").returncode == 0


def choose_photo(person, photo):
    """Through the portal’s dialog, which is another program’s."""
    person.window.raise_()
    person.key("ctrl+i")
    answer_portal("Choose Photos", "Add", ["ctrl+l"], photo, "choose-photos")
    wait_for("two cards", lambda: len(cards(person)) == 2)


def save_picture(person, target):
    person.click(person.find("Picture, This Computer · seed "))
    person.key("ctrl+s")
    answer_portal("Save Picture", "Save", [], target, "save-picture")
    wait_for("the file", lambda: os.path.exists(target))
    person.find("Picture saved")


def check_saved(app_id, target):
    made = glob.glob(os.path.join(HOME, ".var/app", app_id, "data/diorama*/pictures/*.png"))
    assert len(made) == 1, made
    wait_for("all of the file", lambda: filecmp.cmp(made[0], target, shallow=False))


def drag_out(person):
    target = Window("Files", [DRAG_FILES])
    try:
        target.place(0, 0, 220, 120)
        start = person.place_of(person.find("Picture, This Computer · seed "))
        person.drag(*start, 100, 60)
        files = Person(target)
        label = files.find("Dropped ")
        assert ".png:" in label.get_name() and not label.get_name().endswith(":0"), label.get_name()
    finally:
        target.end()


def check_no_portal_path(person):
    """The portal’s own paths tell a person nothing."""
    shown = [node.get_name() or "" for node in person._walk(person.app)]
    assert shown and not [name for name in shown if "/run/" in name or "/doc/" in name]


def windows():
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "diorama"],
                           capture_output=True, text=True, check=False).stdout.split()
    return len(found)


def check_single(person, app_id):
    """A second start is a wish of the first program."""
    before = windows()
    assert subprocess.run(["flatpak", "run", app_id], timeout=30, check=False).returncode == 0
    assert windows() == before
    assert subprocess.run(["flatpak", "run", app_id, "--new-window"], timeout=30, check=False).returncode == 0
    wait_for("another window", lambda: windows() == before + 1)
    person.key("ctrl+w")
    wait_for("one window", lambda: windows() == before)


def open_with(person, app_id, photo):
    """As a file manager does, which knows the photo by its own path."""
    run("/usr/bin/python3", "-c", """
import sys
from gi.repository import Gio
info = Gio.DesktopAppInfo.new(sys.argv[1] + ".desktop")
assert "image/jpeg" in info.get_supported_types()
assert info.launch([Gio.File.new_for_path(sys.argv[2])], None)
""", app_id, photo)
    person.find("Image 3, shore")


def call(app_id, method, *arguments):
    run("gdbus", "call", "--session", "--dest", app_id, "--object-path", "/" + app_id.replace(".", "/"),
        "--method", "org.freedesktop.Application." + method, *arguments)


def activate_by_bus(app_id):
    """What a shell does with the icon, and with an entry of its menu."""
    assert find_app("diorama") is None
    call(app_id, "ActivateAction", "show-gallery", "[]", "{}")
    window = Found(".*New Composition.*")
    NamedPerson(window, "diorama").find("Picture, This Computer · seed ")
    screenshot("activated")


def check_exports(app_id):
    """What the desktop outside gets to know: the type of documents, and the search."""
    share = os.path.join(os.environ["FLATPAK_USER_DIR"], "exports", "share")
    for path in (f"mime/packages/{app_id}.xml",
                 f"icons/hicolor/scalable/mimetypes/{app_id}-document.svg",
                 f"gnome-shell/search-providers/{app_id}.search-provider.ini",
                 f"dbus-1/services/{app_id}.service"):
        assert os.path.exists(os.path.join(share, path)), path


def ask_search(app_id, method, *arguments):
    return run("gdbus", "call", "--session", "--dest", app_id, "--object-path",
               "/" + app_id.replace(".", "/") + "/SearchProvider",
               "--method", "org.gnome.Shell.SearchProvider2." + method, *arguments)


def search(app_id):
    """What a shell does with a word: the bus starts the program for it."""
    assert find_app("diorama") is None
    said = ask_search(app_id, "GetInitialResultSet", "['cact']")
    assert "['" in said, said
    wait_for("its end", lambda: app_id not in run("flatpak", "ps", "--columns=application"))


def search_on(app_id):
    """What a shell does for those who want to see everything that was found."""
    ask_search(app_id, "LaunchSearch", "['cact', 'boat']", "0")
    person = NamedPerson(Found(".*New Composition.*"), "diorama")
    entry = person.find("Search the Library")
    wait_for("the words", lambda: person.text_of(entry) == "cact boat")
    person.find("Picture, This Computer · seed ")


def go_on(person, app_id):
    """With no window, for a job that waits; a person may have to say yes to it."""
    person.window.raise_()
    person.key("ctrl+j")
    person.press(person.find("Pause", "toggle button"))
    person.press(person.find("Back", "push button"))
    person.press(person.find("Generate", "push button"))
    person.find("Job, This Computer")
    person.key("ctrl+w")
    wait_for("no window", lambda: windows() == 0)
    asked = try_run("xdotool", "search", "--onlyvisible", "--name", "Allow .* to run in the background")
    if asked:
        question = NamedPerson(Found("Allow .* to run in the background.*"), "xdg-desktop-portal-gtk")
        screenshot("background")
        question.press(question.find("Allow", "push button"))
    time.sleep(3)
    assert app_id in run("flatpak", "ps", "--columns=application")
    assert subprocess.run(["flatpak", "run", app_id], timeout=30, check=False).returncode == 0
    window = Found(".*New Composition.*")
    again = NamedPerson(window, "diorama")
    again.find("Job, This Computer")
    again.key("ctrl+j")
    again.press(again.find("Pause", "toggle button"))
    again.press(again.find("Back", "push button"))
    again.gone("Job, This Computer")
    return again


def check_loopback(app_id):
    """The network is there, that of this computer included."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    done = inside(app_id, "bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{port}")
    listener.close()
    assert done.returncode == 0, done.stderr


def main():
    app_id, samples = sys.argv[1:3]
    pictures = os.path.join(HOME, "Pictures")
    saved = os.path.join(pictures, "saved.png")
    os.makedirs(pictures)
    for name in ("cactus.jpg", "boat.jpg", "shore.jpg"):
        shutil.copy(os.path.join(samples, name), pictures)
    steps = 0

    def done(what):
        nonlocal steps
        steps += 1
        print(f"ok {steps} {what}", flush=True)

    print("1..17", flush=True)
    check_permissions(app_id)
    done("permissions")
    check_walls(app_id)
    done("the home folder is not there")
    check_loopback(app_id)
    done("the network is")
    check_exports(app_id)
    done("the desktop knows its documents and its search")
    window = Window("New Composition", ["flatpak", "run", app_id])
    try:
        window.place(230, 10, 1130, 750)
        person = NamedPerson(window, "diorama")
        drop(person, os.path.join(pictures, "cactus.jpg"))
        assert cards(person) == ["Image 1, cactus, subject"], cards(person)
        done("photo dropped by a program outside")
        choose_photo(person, os.path.join(pictures, "boat.jpg"))
        done("photo chosen through the portal")
        generate(person)
        screenshot("picture")
        done("picture made by this computer")
        save_picture(person, saved)
        check_saved(app_id, saved)
        done("saved through the portal")
        drag_out(person)
        done("dragged to a program outside")
        open_with(person, app_id, os.path.join(pictures, "shore.jpg"))
        done("opened with by a program outside")
        check_no_portal_path(person)
        done("no path of the portal on show")
        person.window.raise_()
        check_single(person, app_id)
        done("one program, several windows")
        person = go_on(person, app_id)
        done("a job goes on without a window")
        person.key("ctrl+q")
        assert window.process.wait(timeout=20) == 0
        done("quit")
        search(app_id)
        done("found by a search of the desktop")
        activate_by_bus(app_id)
        done("activated over the bus")
        search_on(app_id)
        done("a search of the desktop taken over")
    except BaseException:
        screenshot("failure")
        raise
    finally:
        kill(app_id)
        window.end()


main()
