#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person’s way to a picture from a hosted provider, and what stops it: no
key, a wrong one, no prompt, too many photos, no network. The stand-in for the
providers is at the other end. Run by run-in-x.
usage: drive-hosted.py DIORAMA SAMPLES-FOLDER PROVIDER-SERVER"""

import json
import os
import shutil
import subprocess
import sys

try:
    from desk import Person, Window, wait_for
except (ImportError, ValueError) as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(77)

HERE = os.path.dirname(os.path.abspath(__file__))
KEY = "a-key-of-nobody-0123456789abcdef"

# Slow enough for a person to see it being made.
SCRIPT = {"settings": {"queue-polls": 2}}


class Server:
    """The stand-in for the providers."""

    def __init__(self, program, key=KEY, port=0):
        self.script = os.path.join(os.environ["XDG_RUNTIME_DIR"], "script.json")
        with open(self.script, "w", encoding="utf-8") as file:
            json.dump(SCRIPT, file)
        self.process = subprocess.Popen([program, "--port", str(port), "--key", key, "--script", self.script],
                                        stdout=subprocess.PIPE, text=True)
        self.url = json.loads(self.process.stdout.readline())["url"]
        self.port = int(self.url.rsplit(":", 1)[1])

    def end(self):
        """What it was asked."""
        if self.process.poll() is not None:
            return None
        self.process.terminate()
        rest, _ = self.process.communicate(timeout=20)
        return json.loads(rest.strip().splitlines()[-1])


def open_keyring():
    """One of its own, without a password, so that nobody asks for one."""
    if shutil.which("gnome-keyring-daemon") is None:
        return
    subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"],
                   input="\n", text=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def drop_photos(person, samples, names, last):
    source = Window("Drag source",
                    [os.path.join(HERE, "drag-source.py")] + [os.path.join(samples, n) for n in names])
    try:
        source.place(0, 0, 200, 120)
        target = person.place_of(person.find("Add Photos", "push button"))
        person.drag(100, 60, *target)
        person.find(last, "list item")
    finally:
        source.end()


def choose_model(person, name):
    person.click(person.find("Who makes the picture: "))
    person.click(person.find(name, "list item", 20))
    person.find("Who makes the picture: " + name)


def write_prompt(person, text):
    view = person.find("Prompt", "text")
    person.click(view)
    person.key("ctrl+a", "Delete")
    if text:
        person.type(text)
    assert person.text_of(view) == text, person.text_of(view)


def fill(person, name, text):
    """An entry of the preferences."""
    entry = person.find(name, "text", 20)
    person.click(entry)
    person.key("ctrl+a")
    person.type(text)
    person.key("Return")


def answer(person, name):
    """A question; later GTKs take the underline out of the names of its buttons."""
    person.press(wait_for(name, lambda: (person.all("_" + name, "push button") or
                                         person.all(name, "push button") or [None])[0]))


def give_key(person, server):
    person.key("ctrl+Return")
    person.find("Runware Needs a Key", timeout=20)
    answer(person, "Give the Key")
    fill(person, "API key", KEY)
    person.find("Remove Key", "push button", 20)
    fill(person, "Server", server.url)
    close_preferences(person)


def close_preferences(person):
    person.key("alt+F4")
    person.gone("Remove Account")


def generate(person):
    """The first time it is told where the photos go."""
    person.key("ctrl+Return")
    person.find("Send Photos to Runware?", timeout=20)
    answer(person, "Send")
    person.find("Job, Runware", timeout=20)
    person.find("Picture, Runware")
    person.gone("Job, Runware")


def look_at_request(person):
    """What would be sent is read word by word, and the key is not in it."""
    person.key("ctrl+p")
    person.find("The cactus from the first image on the boat from the second image", timeout=20)
    shown = [node.get_name() for node in person.all(role="label")]
    assert any('"model" : "google:4@3"' in text for text in shown), shown
    assert not any(KEY in text for text in shown)
    person.key("Escape")
    person.gone("What Will Be Sent")


def ask_price(person):
    """Only when asked to; what the provider says takes the place of the list's price."""
    person.click(person.find("Price, account and what will be sent"))
    person.choose("Ask Runware for the Price")
    wait_for("its answer", lambda: any("is the provider’s own answer" in (node.get_name() or "")
                                       for node in person.all(role="label")))
    person.gone("Generate · about $", "push button")


def fail_with_wrong_key(person):
    """The page of all jobs says what is wrong, and what it cost."""
    person.key("ctrl+Return")
    person.find("Key Not Accepted")
    person.key("ctrl+j")
    person.find("Nothing was billed.", "label", 20)
    person.find("Open Preferences…", "push button", 20)
    # The tile behind the page has such a button too.
    person.press(person.all("Dismiss", "push button")[-1])
    person.find("Nothing Under Way", timeout=20)
    person.key("Escape")
    person.find("Show jobs: 0 open", timeout=20)


def wait_without_network(person):
    person.key("ctrl+Return")
    person.find("Waiting for the network")
    person.find("Show jobs: 1 open", timeout=20)
    person.press(person.find("Cancel", "push button"))
    person.find("Show jobs: 0 open", timeout=20)


def bench_fifth_subject(person, samples):
    """Nothing is dropped silently, and going back brings it back."""
    drop_photos(person, samples, ["car.jpg", "teapot.jpg", "terrace.jpg"], "Image 5, terrace")
    choose_model(person, "Kling v2.1")
    person.find("Not used, terrace, subject", timeout=20)
    person.find("Kling v2.1 takes 4 subjects: terrace rests on the bench", "label", 20)
    choose_model(person, "Runware · Nano Banana 2")
    person.find("Image 5, terrace, subject", timeout=20)


def main():
    program, samples, server_program = sys.argv[1:4]
    open_keyring()
    server = Server(server_program)
    window = Window("New Composition", [program], {"GTK_A11Y": "atspi", "G_DEBUG": "fatal-criticals"})
    steps = 0

    def done(what):
        nonlocal steps
        steps += 1
        print(f"ok {steps} {what}", flush=True)

    print("1..11", flush=True)
    try:
        window.place(250, 30, 1100, 730)
        person = Person(window)
        drop_photos(person, samples, ["cactus.jpg", "boat.jpg"], "Image 2, boat")
        choose_model(person, "Runware · Nano Banana 2")
        done("provider chosen")
        person.find("Nano Banana 2 needs a prompt", timeout=20)
        done("empty prompt told of")
        write_prompt(person, "The @cactus on the @boat")
        person.find("Generate · about $", "push button", 20)
        done("price shown")
        give_key(person, server)
        done("key given")
        look_at_request(person)
        done("request looked at")
        generate(person)
        done("picture")
        ask_price(person)
        done("price asked for")

        ledger = server.end()
        creates = ledger["dialects"]["runware"]["creates"]
        assert len(creates) == 1 and creates[0]["charged"], creates
        assert not ledger["key_leaks"] and not ledger["invalid"], ledger
        server = Server(server_program, key="another-" + KEY, port=server.port)
        fail_with_wrong_key(person)
        done("wrong key told of")

        server.end()
        wait_without_network(person)
        done("job waits for the network")
        bench_fifth_subject(person, samples)
        done("fifth subject on the bench")
        person.key("ctrl+q")
        status = window.process.wait(timeout=20)
        assert status == 0, status
        done("quit")
    finally:
        window.end()
        server.end()


if __name__ == "__main__":
    main()
