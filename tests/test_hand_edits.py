"""People and the parser at work on one archive on disk, in turns: nothing that people did is lost.

Each sequence is some rounds of: a person edits YAML files in an editor (`hands`), adds and
removes files, renames records; then the parser, changed meanwhile, reads all anew. Everything
goes through the files, as in real life.
"""

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ccmeet.codec import decode_record, encode_record
from ccmeet.model.archive import Archive, Extracted
from ccmeet.model.records import TYPES, Record
from ccmeet.reading.identity import rename
from ccmeet.reading.merge import merge_archive
from ccmeet.reading.store import changed_files, load_archive, merged_files, record_file
from ccmeet.reading.writer import write_content
from hands import IDS, Hand, edited, kind_and_id, random_reading

SEEDS, SEQUENCES = 20, 50
MARK = re.compile(r"# 批注[0-9]+\.")
KEY = re.compile(r"^([a-z_]+):", re.M)


class Desk:
    """A project, the person who keeps it, and the parser as it now is."""

    def __init__(self, root: Path, dice: random.Random) -> None:
        self.root, self.dice = root, dice
        self.hands: dict[str, Hand] = {}
        self.removed: set[str] = set()
        self.readings: dict[str, dict[str, Record]] = {kind: {} for kind in TYPES}
        self.earlier: list[Record] = []
        self.kinds = dice.sample(list(TYPES), 2)
        self.marks = 0

    def files(self) -> dict[str, str]:
        folder = self.root / "content" / "records"
        paths = sorted(folder.rglob("*.yaml"))
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes().decode() for path in paths
        }

    # ---------- the parser ----------

    def learn(self) -> None:
        """The parser is changed, a source is, or an article comes or goes."""
        for kind in self.kinds:
            known = self.readings[kind]
            for id in (each for each in IDS[:2] if self.dice.random() < 0.7):
                if record := known.pop(id, None):
                    self.earlier.append(record)
                if self.dice.random() < 0.8:
                    known[id] = self.read(kind, id, record)
                if record is None and known.get(id) == self.standing(kind, id):
                    # A record that equals its first reading is the parser's, whoever made it.
                    self.hands.pop(record_file(kind, id), None)

    def read(self, kind: str, id: str, before: Record | None) -> Record:
        """What it now reads: as before, but for a field or two; what stands; what it once read."""
        again = [each for each in self.earlier if isinstance(each, TYPES[kind]) and each.id == id]
        luck = self.dice.random()
        if luck < 0.2 and (standing := self.standing(kind, id)):
            return replace(standing, note=None, aliases=(), status="published")
        if luck < 0.4 and again:
            return self.dice.choice(again)
        new = random_reading(self.dice, kind, id)
        if luck < 0.8 and before:
            names = self.dice.sample(list(new.__dataclass_fields__), 2)
            more: dict[str, Any] = {name: getattr(new, name) for name in names}
            return replace(before, **more)
        return new

    def standing(self, kind: str, id: str) -> Record | None:
        file = self.root / record_file(kind, id)
        text = file.read_bytes().decode() if file.exists() else None
        return decode_record(kind, text, file.name).record if text else None

    def parse(self) -> Archive:
        archive, problems = load_archive(self.root)
        assert not problems
        found = {
            kind: {id: Extracted(record) for id, record in records.items()}
            for kind, records in self.readings.items()
        }
        write_content(self.root, merged_files(self.root, merge_archive(archive, found)))
        return archive

    # ---------- the person ----------

    def work(self) -> None:
        for file, text in self.files().items():
            if self.dice.random() < 0.5:
                continue
            for _ in range(self.dice.randint(1, 4)):
                text = self.edit(file, text)
            (self.root / file).write_bytes(text.encode())
        act = self.dice.random()
        files = self.files()
        if act < 0.1 and files:
            self.remove(self.dice.choice(list(files)))
        elif act < 0.2:
            self.add()
        elif act < 0.25 and files:
            self.rename(self.dice.choice(list(files)))

    def edit(self, file: str, text: str) -> str:
        kind, id = kind_and_id(file)
        self.marks += 1
        changed = edited(self.dice, kind, text, f"# 批注{self.marks}.")
        before, after = (decode_record(kind, each, file).record for each in (text, changed))
        if before is None or after is None:
            return text  # the edit of an id, or one that this test can't make
        hand = self.hands.setdefault(file, Hand(kind))
        hand.decided(before, after, self.readings[kind].get(id))
        return changed

    def remove(self, file: str) -> None:
        (self.root / file).unlink()
        self.hands.pop(file, None)
        kind, id = kind_and_id(file)
        if id in self.readings[kind]:
            self.removed.add(file)

    def add(self) -> None:
        kind, id = self.dice.choice(self.kinds), f"own-{self.dice.randint(1, 9)}"
        file = record_file(kind, id)
        if file in self.files():
            return
        record = random_reading(self.dice, kind, id)
        (self.root / file).parent.mkdir(parents=True, exist_ok=True)
        (self.root / file).write_bytes(encode_record(kind, record).encode())
        hand = self.hands.setdefault(file, Hand(kind))
        hand.decided(TYPES[kind](id=id), record, None)

    def rename(self, file: str) -> None:
        """`ccmeet rename`: what the person holds about the old id, they now hold of the new."""
        kind, id = kind_and_id(file)
        archive, problems = load_archive(self.root)
        assert not problems
        new = f"new-{self.dice.randint(1, 99)}"
        if id not in archive.of(kind) or new in archive.of(kind):
            return
        marks = sorted(mark for text in self.files().values() for mark in MARK.findall(text))
        after = rename(archive, f"{kind}/{id}", new)
        write_content(self.root, changed_files(self.root, archive, after))
        self.hands = {}  # the tests of `identity` follow values through a renaming
        self.removed = set()
        self.readings = {
            each: {i: read.record for i, read in after.extracted[each].items()} for each in TYPES
        }
        assert marks == sorted(m for text in self.files().values() for m in MARK.findall(text))


def lost(desk: Desk, before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What the person did that a parse undid."""
    found = [f"{file} came back" for file in desk.removed if file in after]
    for file, hand in desk.hands.items():
        record = decode_record(hand.kind, after[file], file).record if file in after else None
        if record is None:
            found += [f"{file} is gone"] if hand.values or hand.gone else []
            continue
        found += [f"{file}: {each}" for each in hand.lost(record)]
    for file, text in before.items():
        now = after.get(file)
        if now is None:
            # The parser's alone; with a word of a person in it it isn't.
            found += [f"{file} is gone, with its comments"] if MARK.search(text) else []
            continue
        if MARK.findall(text) != MARK.findall(now):
            found.append(f"{file}: comments {MARK.findall(text)} are {MARK.findall(now)}")
        kept = [key for key in KEY.findall(text) if key in KEY.findall(now)]
        if kept != [key for key in KEY.findall(now) if key in KEY.findall(text)]:
            found.append(f"{file}: the order of keys")
        marked = [each.startswith("\ufeff") for each in (text, now)]
        if marked[0] != marked[1] or ("\r\n" in text) != ("\r\n" in now):
            found.append(f"{file}: byte order mark or line ends")
    return found


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_that_people_did_is_lost(seed: int, tmp_path: Path) -> None:
    for number in range(SEQUENCES):
        dice = random.Random(seed * 1000 + number)
        desk = Desk(tmp_path / str(number), dice)
        desk.learn()
        desk.parse()
        for _ in range(dice.randint(1, 4)):
            desk.work()
            before = desk.files()
            desk.learn()
            desk.parse()
            after = desk.files()
            assert lost(desk, before, after) == [], f"seed {seed}, sequence {number}"
        extracted = sorted((desk.root / "content/extracted").rglob("*.json"))
        read = [path.read_bytes() for path in extracted]
        desk.parse()
        assert desk.files() == after, "parsed twice is parsed once"
        assert [path.read_bytes() for path in extracted] == read
