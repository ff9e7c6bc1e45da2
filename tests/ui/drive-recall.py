#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture is made, the database lost, and the picture opened: it is a reference,
and what it was made from comes back and goes again. Pictures of other programs are
dropped, and their prompts come too. Run by run-in-x.
usage: drive-recall.py DIORAMA DIORAMA-CLI SAMPLES-FOLDER"""

import json
import os
import subprocess
import sys

try:
    import gi

    gi.require_version("GdkPixbuf", "2.0")
    from gi.repository import GdkPixbuf

    from desk import Person, Window, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

HERE = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"}
MADE_FROM = ["Image 1, cactus, subject", "Image 2, boat, scene"]


def make_picture(cli, samples):
    folder = os.path.join(os.environ["HOME"], "made")
    subprocess.run([cli, "compose", "--quiet",
                    "--subject", os.path.join(samples, "cactus.jpg"), "--scene", os.path.join(samples, "boat.jpg"),
                    "--prompt", "The @cactus on the @boat", "--set", "width=256", "--set", "height=256",
                    "--output", folder], check=True, stdout=subprocess.DEVNULL)
    data = os.path.join(os.environ["XDG_DATA_HOME"], "diorama")
    for name in os.listdir(data):
        if name.startswith("library.db"):
            os.unlink(os.path.join(data, name))
    return os.path.join(folder, os.listdir(folder)[0])


def cards(person):
    return [node.get_name() for node in person.all("Image ", "list item")]


def recall(person):
    wait_for("one card", lambda: len(cards(person)) == 1, 20)
    # The name of a toast's button begins with its label as it is written.
    person.press(person.find("_Recall Its Settings", "push button"))
    wait_for("what it was made from", lambda: cards(person) == MADE_FROM, 20)
    view = person.find("Prompt", "text")
    wait_for("the prompt", lambda: person.text_of(view) == "The @cactus on the @boat", 20)


def undo(person):
    person.press(person.find("Undo", "push button"))
    wait_for("one card again", lambda: len(cards(person)) == 1, 20)


# What AUTOMATIC1111, ComfyUI and InvokeAI write: the key of a PNG's text, the text, the prompt in it.
FOREIGN = [
    ("parameters", "a heron at dusk\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 11, "
                   "Size: 512x768, Model: dream", "a heron at dusk"),
    ("prompt", json.dumps({
        "3": {"class_type": "KSampler", "inputs": {"seed": 42, "steps": 20, "cfg": 8, "latent_image": ["5", 0],
                                                   "positive": ["6", 0], "negative": ["7", 0]}},
        "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 640, "height": 480}},
        "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a heron at noon"}},
        "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry"}}}), "a heron at noon"),
    ("invokeai_metadata", json.dumps({"positive_prompt": "a heron at dawn", "negative_prompt": "blurry", "seed": 42,
                                      "width": 640, "height": 480, "app_version": "5.4"}), "a heron at dawn"),
]


def drop_foreign(person, key, text):
    path = os.path.join(os.environ["HOME"], f"{key}.png")
    pixbuf = GdkPixbuf.Pixbuf.new(GdkPixbuf.Colorspace.RGB, False, 8, 64, 48)
    pixbuf.fill(0x336699ff)
    pixbuf.savev(path, "png", [f"tEXt::{key}"], [text])
    source = Window("Drag source", [os.path.join(HERE, "drag-source.py"), path])
    try:
        source.place(0, 0, 200, 120)
        person.drag(100, 60, *person.place_of(person.find("Add Photos", "push button")))
        wait_for("the picture as a reference", lambda: any(key in name for name in cards(person)), 20)
    finally:
        source.end()


def recall_foreign(person):
    for key, text, prompt in FOREIGN:
        drop_foreign(person, key, text)
        person.press(person.find("_Recall Its Settings", "push button"))
        view = person.find("Prompt", "text")
        wait_for("its prompt", lambda: person.text_of(view) == prompt, 20)


def main():
    program, cli, samples = sys.argv[1:4]
    picture = make_picture(cli, samples)
    window = Window("New Composition", [program, picture], ENVIRONMENT)

    print("1..3", flush=True)
    try:
        window.place(220, 0, 1100, 730)
        person = Person(window)
        recall(person)
        print("ok 1 recalled", flush=True)
        undo(person)
        print("ok 2 undone", flush=True)
        recall_foreign(person)
        print("ok 3 recalled what other programs wrote", flush=True)
    finally:
        window.end()


main()
