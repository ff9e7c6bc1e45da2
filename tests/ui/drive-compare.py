#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person picks four pictures in the grid and compares them: side by side, linked
and zoomed, on one another; lets one win, drags it to another program, has a sheet
made, deletes the winner and takes that back; the same four are there after a
restart. Run by run-in-x.
usage: drive-compare.py DIORAMA DIORAMA-CLI SAMPLES-FOLDER"""

import os
import subprocess
import sys

try:
    from desk import Person, Window, run, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)


def compose(cli, samples, seed):
    subprocess.run([cli, "compose", "--subject", os.path.join(samples, "cactus.jpg"),
                    "--scene", os.path.join(samples, "terrace.jpg"), "--prompt", "@cactus on the terrace",
                    "--set", "width=256", "--set", "height=256", "--set", f"seed={seed}", "--quiet", "--count", "2",
                    "--output", os.path.join(os.environ["HOME"], f"out{seed}")], check=True, stdout=subprocess.DEVNULL)


def start(program):
    window = Window("New Composition", [program], {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"})
    window.place(0, 0, 1000, 740)
    return window, Person(window)


def show_compare(person):
    """Not the buttons whose names begin so."""
    person.find("Compare")
    person.click([node for node in person.all("Compare") if node.get_name() == "Compare"][0])


def picture(person, letter):
    return person.find(letter + " · This Computer", "image")


def badge(person, letter):
    return person.find(letter + " · This Computer", "label")


def zoom_label(person):
    """The button tells the zoom of what is in sight."""
    return [node.get_name() for node in person.all() if (node.get_name() or "").endswith(" %")]


def read_pixel(person):
    names = [node.get_name() or "" for node in person.all(role="label")]
    return next((name for name in names if "    A  " in name), None)


def pick_four(person):
    person.select_all(wait_for("four pictures", lambda: four_of(person.all("Picture, "))))
    person.click(person.all("Picture, ")[0], 3)
    person.choose("Compare")
    for letter in "ABCD":
        picture(person, letter)
    person.find("Seed", "label")


def four_of(nodes):
    return nodes if len(nodes) == 4 else None


def scroll(person, letter, n, up=True):
    run("xdotool", "mousemove", *(str(n) for n in person.place_of(picture(person, letter))))
    run("xdotool", "click", "--repeat", str(n), "4" if up else "5")


def wait_for_zoom(person, is_right):
    """Of A, which is the first in sight."""
    return wait_for("the right zoom", lambda: zoom_label(person) and is_right(zoom_label(person)) and
                    zoom_label(person))


def link(person):
    """Together, apart, and together again."""
    start = wait_for_zoom(person, lambda zoom: True)
    scroll(person, "B", 2)
    linked = wait_for_zoom(person, lambda zoom: zoom != start)
    lock = person.find("Zoom and Move All Together", "push button")
    person.press(lock)
    scroll(person, "B", 2)
    scroll(person, "A", 1)
    wait_for_zoom(person, lambda zoom: zoom != linked)
    # B has gone further, and A is where it was.
    scroll(person, "A", 1, up=False)
    wait_for_zoom(person, lambda zoom: zoom == linked)
    person.press(lock)


def zoom(person):
    before = wait_for_zoom(person, lambda zoom: True)
    x, y = person.place_of(picture(person, "B"))
    run("xdotool", "mousemove", str(x), str(y))
    text = wait_for("the pixel under the pointer", lambda: read_pixel(person))
    assert all(f"    {letter}  " in text for letter in "ABCD"), text
    scroll(person, "B", 3)
    wait_for_zoom(person, lambda zoom: zoom != before)
    person.drag(x, y, x - 30, y - 20)
    run("xdotool", "mousemove", str(x), str(y))
    wait_for("another pixel in the same place", lambda: read_pixel(person) not in (None, text))


def swipe(person):
    person.key("alt+2")
    slider = person.find("Divider", "slider", 20)
    x, y = person.place_of(slider)
    person.find("A and B", "image")
    person.drag(x, y, x + 40, y)
    for key in ("alt+3", "alt+4", "alt+5", "alt+1"):
        person.key(key)
    picture(person, "D")


def knock_out(person):
    """The first stays, is beaten, and the last one stays."""
    person.click(picture(person, "A"))
    person.key("k")
    person.find("Round 1 of 3", timeout=20)
    person.key("1")
    person.find("Round 2 of 3", timeout=20)
    person.key("2")
    person.find("Round 3 of 3", timeout=20)
    person.key("BackSpace")
    person.find("Round 2 of 3", timeout=20)
    person.key("2", "1")
    person.find("C wins", timeout=20)
    person.find("Picked", timeout=20)
    # The button is gone with the last round, the keyboard is not.
    person.key("BackSpace")
    person.find("Round 3 of 3", timeout=20)
    person.click(person.find("Keep C", "push button"))
    person.find("C wins", timeout=20)
    person.key("BackSpace")
    person.find("Round 3 of 3", timeout=20)
    person.key("1")
    person.find("C wins", timeout=20)
    person.find("Picked", timeout=20)


def drag_out(person):
    dropped = person.drag_out(badge(person, "C"), (1050, 100, 250, 250), (1170, 220))
    assert dropped.endswith(".png"), dropped
    person.window.raise_()


def export(person, item, name):
    path = os.path.join(os.environ["HOME"], name)
    person.click(person.find("More"))
    person.press(person.find(item, "menu item"))
    person.find("Save Sheet")
    # Into the name, in the place of the one that is proposed.
    wait_for("the name", lambda: any(person.has_focus(node) for node in person.all("", "text")))
    person.key("ctrl+a")
    person.type(path)
    # The chooser’s: its name has the sign of its key.
    person.press(person.find("_Save", "push button"))
    wait_for(name, lambda: os.path.exists(path) and os.path.getsize(path))
    person.find("Sheet saved")
    return path


def export_sheets(person):
    """Four pictures in a row, with their names and what is said of them."""
    size = run("identify", "-format", "%w %h", export(person, "Export as Picture…", "sheet.png"))
    width, height = (int(n) for n in size.split())
    assert width == 4 * 480 + 3 * 20 + 2 * 32, size
    assert height > 480 + 200, size
    with open(export(person, "Export as Web Page…", "sheet.html"), encoding="utf-8") as file:
        page = file.read()
    assert page.count("<img ") == 4, page.count("<img ")
    for text in [f"<figcaption>{letter} · This Computer" for letter in "ABCD"] + [
            "<th>Seed</th>", "<td>@cactus on the terrace</td>", "<td>@cactus, @terrace</td>"]:
        assert text in page, text


def delete_and_undo(person):
    person.click(person.find("Gallery", "push button"))
    winner, = wait_for("the winner", lambda: [node for node in person.all("Picture, ") if ", picked" in node.get_name()])
    # It may lie below what is in sight: the keys lead there.
    person.click(person.all("Picture, ")[0])
    wait_for("the focus in the grid", lambda: any(person.has_focus(node) for node in person.all("Picture, ")))
    person.key("Right", "Right")
    wait_for("the focus on the winner", lambda: person.has_focus(winner))
    person.key("Delete")
    wait_for("three pictures", lambda: len(person.all("Picture, ")) == 3)
    # The toast’s: its name has the sign of its key.
    person.press(person.find("_Undo", "push button"))
    wait_for("four pictures", lambda: four_of(person.all("Picture, ")))


def main():
    program, cli, samples = sys.argv[1:4]
    for seed in (1, 7):
        os.mkdir(os.path.join(os.environ["HOME"], f"out{seed}"))
        compose(cli, samples, seed)
    window, person = start(program)
    steps = [("four of the grid side by side", pick_four), ("together, and apart", link),
             ("zoomed together, pixels told", zoom), ("on one another", swipe), ("one wins", knock_out),
             ("dragged to another program", drag_out), ("as a sheet", export_sheets),
             ("deleted and brought back", delete_and_undo)]

    print(f"1..{len(steps) + 1}", flush=True)
    try:
        for number, (what, step) in enumerate(steps, 1):
            step(person)
            print(f"ok {number} {what}", flush=True)
        person.key("ctrl+q")
        assert window.process.wait(timeout=20) == 0
        window, person = start(program)
        show_compare(person)
        picture(person, "D")
        person.key("ctrl+q")
        assert window.process.wait(timeout=20) == 0
        print(f"ok {len(steps) + 1} there after a restart", flush=True)
    finally:
        window.end()


if __name__ == "__main__":
    main()
