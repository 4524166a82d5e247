"""The merge: what people did to a record outlives every later reading."""

import random
import re
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from ccmeet.codec import decode_extracted, decode_record, encode_extracted, encode_record
from ccmeet.model.archive import Extracted, Overruled
from ccmeet.model.records import (
    ArticleRecord,
    MeetingArea,
    MeetingRecord,
    ParticipantRecord,
    SourceFile,
    keyed,
    leaves,
)
from ccmeet.model.shape import shapes_by_name
from ccmeet.partialdate import PartialDate
from ccmeet.reading.merge import Conflict, merge_record


def meeting(**fields: Any) -> MeetingRecord:
    return MeetingRecord(id="m", **fields)


def cities(*names: str) -> tuple[ParticipantRecord, ...]:
    return tuple(ParticipantRecord(city=name, role="member") for name in names)


# ---------- single leaves ----------


@pytest.mark.parametrize(
    ("old", "standing", "new", "result", "conflict"),
    [
        ("甲", "甲", "乙", "乙", False),  # as the parser left it: follows the parser
        ("甲", "甲", None, None, False),
        (None, None, "乙", "乙", False),
        ("甲", "丙", "甲", "丙", False),  # a person's value stays
        ("甲", "丙", None, "丙", False),
        ("甲", "丙", "丙", "丙", False),
        ("甲", "丙", "乙", "丙", True),  # … and the parser says something new
        (None, "丙", None, "丙", False),  # added by hand
        (None, "丙", "乙", "丙", True),
        ("甲", None, "甲", None, False),  # deleted by hand
        ("甲", None, None, None, False),
        ("甲", None, "乙", None, True),
    ],
)
def test_one_leaf(
    old: str | None, standing: str | None, new: str | None, result: str | None, conflict: bool
) -> None:
    merged = merge_record(meeting(theme=old), meeting(theme=standing), meeting(theme=new))
    assert merged.record == meeting(theme=result)
    assert merged.conflicts == ((Conflict("theme", standing, new, old),) if conflict else ())


def reparse(standing: MeetingRecord | None, *readings: MeetingRecord, memory: Any = None) -> Any:
    """Merge one reading after the other over a standing record, as the files would carry it."""
    old, *later = readings
    merged = None
    for new in later:
        merged = merge_record(old, standing, new, memory)
        old, standing, memory = new, merged.record, merged.overruled
    return merged


def test_a_conflict_stays_until_a_person_chooses() -> None:
    first, second = meeting(theme="甲"), meeting(theme="乙")
    mine = meeting(theme="丙")
    once = merge_record(first, mine, second)
    twice = merge_record(second, once.record, second, once.overruled)
    assert once == twice and len(twice.conflicts) == 1
    for choice in ("乙", "丁"):
        settled = merge_record(second, meeting(theme=choice), second, twice.overruled)
        assert settled.record == meeting(theme=choice) and not settled.conflicts
        assert not settled.overruled
    kept = merge_record(second, mine, second, twice.overruled, keep="mine")
    assert kept.record == mine and not kept.conflicts
    assert not merge_record(second, mine, second, kept.overruled).conflicts
    given = merge_record(second, mine, second, twice.overruled, keep="theirs")
    assert given.record == second and not given.conflicts


def test_a_less_exact_date_contradicts_nobody() -> None:
    mine = meeting(start_date=PartialDate(2031, 2))
    vague, other = (meeting(start_date=PartialDate(*day)) for day in ((2031,), (2031, 3)))
    assert reparse(mine, meeting(), vague).record == mine
    assert not reparse(mine, meeting(), vague).conflicts
    assert reparse(mine, meeting(), vague, other).conflicts
    assert reparse(mine, meeting(), vague, other).record == mine


def test_agreement_does_not_make_a_persons_value_the_parsers() -> None:
    mine = meeting(theme="丙")
    merged = reparse(mine, meeting(theme="甲"), mine, meeting(theme="乙"))
    assert merged.record == mine and merged.conflicts


def test_a_deletion_outlives_a_reading_that_lacks_the_value() -> None:
    read, nothing = (
        meeting(theme="甲", participants=cities("yunzhou")),
        meeting(theme=None, participants=()),
    )
    merged = reparse(nothing, read, nothing, read)
    assert merged.record == nothing and not merged.conflicts


# ---------- lists ----------


def names(record: Any) -> list[str]:
    return [item.city for item in record.participants]


@pytest.mark.parametrize(
    ("old", "standing", "new", "result"),
    [
        ("ab", "ab", "bca", "bca"),  # untouched: the parser's order
        ("ab", "ba", "abc", "bca"),  # reordered: c after its neighbour b … in the person's order
        ("ab", "axb", "abc", "axbc"),  # added
        ("abc", "ac", "abcd", "acd"),  # deleted stays deleted
        ("abc", "abc", "ac", "ac"),
        ("ab", "ab", "cab", "cab"),
        ("", "x", "ab", "abx"),
    ],
)
def test_lists(old: str, standing: str, new: str, result: str) -> None:
    merged = merge_record(*(meeting(participants=cities(*each)) for each in (old, standing, new)))
    assert "".join(names(merged.record)) == result
    again = merge_record(
        meeting(participants=cities(*new)),
        merged.record,
        meeting(participants=cities(*new)),
        merged.overruled,
    )
    assert again == merged


def test_an_item_that_a_person_worked_on_stays_when_the_parser_drops_it() -> None:
    read = meeting(participants=cities("yunzhou", "haizhou"))
    mine = meeting(
        participants=(
            ParticipantRecord(city="yunzhou", role="host"),
            ParticipantRecord(city="haizhou", role="member"),
        )
    )
    merged = merge_record(read, mine, meeting())
    assert merged.record == meeting(participants=mine.participants[:1])


def test_items_within_items() -> None:
    old = meeting(areas=(MeetingArea(area="jiaotong", items=("修路", "架桥")),))
    mine = meeting(areas=(MeetingArea(area="jiaotong", items=("架桥", "通航")),))
    new = meeting(
        areas=(MeetingArea(area="jiaotong", label="交通", items=("修路", "通车", "架桥")),)
    )
    merged = merge_record(old, mine, new)
    assert merged.record == meeting(
        areas=(MeetingArea(area="jiaotong", label="交通", items=("通车", "架桥", "通航")),)
    )


def test_a_part_that_is_no_list() -> None:
    def article(file: str | None, sha: str | None) -> ArticleRecord:
        source = SourceFile(file=file, sha256=sha) if file or sha else None
        return ArticleRecord(id="a", source=source)

    merged = merge_record(article("x", "1"), article("x", "1"), article("x", "2"))
    assert merged.record == article("x", "2")
    # A hash is no one's opinion; that an article is only cited is a person's.
    again = merge_record(article("x", "1"), article("x", None), article("x", "1"))
    assert again.record == article("x", "1")
    cited = merge_record(article("x", "1"), article(None, None), article("x", "2"))
    assert cited.record == article(None, None)
    assert merge_record(
        article("x", "1"), article("x", "1"), article(None, None)
    ).record == article(None, None)


# ---------- whole records ----------


def test_whole_records() -> None:
    read, newer = meeting(theme="甲"), meeting(theme="乙")
    assert merge_record(None, None, read).record == read
    assert merge_record(read, None, newer).record is None, "removed by hand: stays away"
    assert merge_record(read, read, None).record is None, "the parser's alone: goes"
    mine = meeting(theme="丙")
    assert merge_record(read, mine, None).record == mine, "a person's hand in it: stays"
    assert merge_record(None, mine, None).record == mine
    assert merge_record(None, read, read) == merge_record(None, None, read)
    beside = merge_record(None, meeting(theme="丙", venue="云州大厦"), newer)
    assert beside.record == meeting(theme="丙", venue="云州大厦") and beside.conflicts


def test_what_was_overruled_is_stored() -> None:
    overruled = {
        "theme": Overruled("甲", None),
        "edition": Overruled(None, 3),
        "members": Overruled(),
    }
    extracted = Extracted(meeting(theme="乙"), overruled=overruled)
    text = encode_extracted("meetings", extracted)
    assert decode_extracted("meetings", text, "m.json") == extracted


# ---------- any sequence of edits and readings ----------

WORDS = ["甲", "乙: 丙", "丁 #1", "一\n二", "2024"]
CITIES = ["yunzhou", "haizhou", "jiangzhou", "linzhou", "xizhou"]
ITEMS = ["修路", "架桥", "- 通航", "互认"]
DATES = [PartialDate(2024), PartialDate(2024, 7), PartialDate(2024, 7, 28)]


def some(dice: random.Random, choices: list[Any]) -> list[Any]:
    return dice.sample(choices, dice.randint(0, len(choices)))


def reading(dice: random.Random) -> MeetingRecord:
    """What a parser might read: few values, so that readings often agree, differ, come back."""
    return meeting(
        theme=dice.choice([None, *WORDS]),
        venue=dice.choice([None, *WORDS[:2]]),
        edition=dice.choice([None, 9, 10]),
        start_date=dice.choice([None, *DATES]),
        state=dice.choice([None, "held", "announced"]),
        participants=tuple(
            ParticipantRecord(city=city, role=dice.choice(["member", "host", None]))
            for city in some(dice, CITIES)
        ),
        areas=tuple(
            MeetingArea(
                area=area, label=dice.choice(["交通", None]), items=tuple(some(dice, ITEMS))
            )
            for area in some(dice, ["jiaotong", "keji"])
        ),
        refers_to=tuple(some(dice, ["m-1", "m-2", "m-3"])),
    )


@dataclass
class Person:
    """A person at work on one record, who remembers every decision."""

    dice: random.Random
    values: dict[str, object] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    orders: dict[str, list[str]] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)

    def edit(self, record: MeetingRecord, read: MeetingRecord) -> MeetingRecord:
        change = self.dice.choice(
            [self.set_leaf, self.set_role, self.change_list, self.change_items]
        )
        return change(record, read)

    def decide(self, path: str, value: object, read: MeetingRecord) -> None:
        """Taking the parser's own value leaves the field to the parser."""
        self.values.pop(path, None)
        self.gone.discard(path)
        parsers = dict(leaves(read)).get(path)
        if value != parsers:
            if value is None:
                self.gone.add(path)
            else:
                self.values[path] = value

    def set_leaf(self, record: MeetingRecord, read: MeetingRecord) -> MeetingRecord:
        name = self.dice.choice(["theme", "venue", "edition", "start_date", "state"])
        value = getattr(reading(self.dice), name)
        if value == getattr(record, name):
            return record
        self.decide(name, value, read)
        return replace(record, **{name: value})

    def set_role(self, record: MeetingRecord, read: MeetingRecord) -> MeetingRecord:
        if not record.participants:
            return record
        number = self.dice.randrange(len(record.participants))
        item = record.participants[number]
        role = self.dice.choice([r for r in ("member", "host", "guest") if r != item.role])
        self.decide(f"participants/{item.city}/role", role, read)
        items = list(record.participants)
        items[number] = replace(item, role=role)
        return replace(record, participants=tuple(items))

    def change_list(self, record: MeetingRecord, read: MeetingRecord) -> MeetingRecord:
        name = self.dice.choice(["participants", "refers_to"])
        pool = CITIES if name == "participants" else ["m-1", "m-2", "m-3", "x-9"]
        items = self.reshape(name, getattr(record, name), pool, read)
        return replace(record, **{name: items})

    def change_items(self, record: MeetingRecord, read: MeetingRecord) -> MeetingRecord:
        if not record.areas:
            return record
        area = self.dice.choice(record.areas)
        changed = self.reshape(f"areas/{area.area}/items", area.items, [*ITEMS, "自拟"], read)
        return replace(
            record,
            areas=tuple(replace(a, items=changed) if a is area else a for a in record.areas),
        )

    def reshape(
        self, path: str, items: tuple[Any, ...], pool: list[str], read: MeetingRecord
    ) -> tuple[Any, ...]:
        """Add, delete or move one item of the list at `path`."""
        spec = "city|role" if path == "participants" else ""
        keys = [key for key, _ in keyed(spec, items)]
        by_key = dict(keyed(spec, items))
        absent = [key for key in pool if key not in keys]
        act = self.dice.choice(["add", "delete", "move"])
        shown = {key.split("/")[len(path.split("/"))] for key in self.shown(path, read)}
        if act == "add" and absent:
            key = self.dice.choice(absent)
            place = self.dice.randint(0, len(keys))
            item = ParticipantRecord(city=key) if spec else key
            by_key[key] = item
            keys.insert(place, key)
            self.gone.discard(f"{path}/{key}")
            if key not in shown:
                self.values[f"{path}/{key}"] = key
        elif act == "delete" and keys:
            key = keys.pop(self.dice.randrange(len(keys)))
            for known in [k for k in self.values if f"{k}/".startswith(f"{path}/{key}/")]:
                del self.values[known]
            if key in shown:
                self.gone.add(f"{path}/{key}")
        elif act == "move" and len(keys) > 1:
            key = keys.pop(0)
            keys.append(key)
        else:
            return items
        self.orders[path] = keys if keys != listed(read, path) else []
        return tuple(by_key[key] for key in keys)

    def shown(self, path: str, record: MeetingRecord) -> list[str]:
        return [each for each, _ in leaves(record) if each.startswith(f"{path}/")]

    def comment(self, text: str) -> str:
        """Put a comment on a line of its own, or behind a value that ends its line."""
        mark = f"# 批注{len(self.comments)}"
        lines = text.split("\n")
        free = [n for n, line in enumerate(lines) if re.match(r" *(- )?[a-z_]+:( |$)", line)]
        number = self.dice.choice(free)
        if self.dice.random() < 0.5 and re.search(r": [a-z0-9-]+$", lines[number]):
            lines[number] += f"  {mark}"
        else:
            lead = re.match(" *", lines[number])
            lines.insert(number, (lead.group() if lead else "") + mark)
        self.comments.append(mark)
        return "\n".join(lines)

    def check(self, record: MeetingRecord, text: str) -> None:
        held = dict(leaves(record))
        for item in record.participants:
            held[f"participants/{item.city}"] = item.city
        lost = {p: v for p, v in self.values.items() if held.get(p) != v}
        assert not lost, f"lost: {lost}"
        back = {p for p in self.gone if p in held}
        assert not back, f"came back: {back}"
        for path, keys in self.orders.items():
            here = listed(record, path)
            stayed = [k for k in keys if k in here]
            assert stayed == [k for k in here if k in keys], path
            self.orders[path] = stayed
        missing = [mark for mark in self.comments if not re.search(f"{mark}(?![0-9])", text)]
        assert not missing, f"comments lost: {missing}"


def listed(record: MeetingRecord, path: str) -> list[str]:
    if path == "participants":
        return [str(item.city) for item in record.participants]
    if path == "refers_to":
        return list(record.refers_to)
    area = path.split("/")[1]
    return next((list(a.items) for a in record.areas if a.area == area), [])


@pytest.mark.parametrize("seed", range(26))
def test_no_sequence_of_edits_and_readings_loses_what_people_did(seed: int) -> None:
    """40 sequences a seed, up to 6 rounds of edits, comments and a reading that changed."""
    for number in range(40):
        dice = random.Random(seed * 1000 + number)
        person = Person(dice)
        read = reading(dice)
        text = encode_record("meetings", read)
        memory: Any = {}
        for _ in range(dice.randint(2, 6)):
            record = decode_record("meetings", text, "m.yaml").record
            assert isinstance(record, MeetingRecord)
            for _ in range(dice.randint(0, 3)):
                record = person.edit(record, read)
            text = encode_record("meetings", record, text)
            if dice.random() < 0.5:
                text = person.comment(text)
            new = reading(dice) if dice.random() < 0.8 else read
            merged = merge_record(read, record, new, memory)
            assert isinstance(merged.record, MeetingRecord)
            text = encode_record("meetings", merged.record, text)
            decoded = decode_record("meetings", text, "m.yaml")
            assert decoded.record == merged.record
            person.check(merged.record, text)
            again = merge_record(new, merged.record, new, merged.overruled)
            assert again == merged, "parsed twice is parsed once"
            assert encode_record("meetings", merged.record, text) == text
            read, memory = new, merged.overruled


def test_the_person_of_this_test_notices_a_loss() -> None:
    person = Person(random.Random(1), values={"theme": "甲"})
    with pytest.raises(AssertionError, match="lost"):
        person.check(meeting(theme="乙"), "")
    assert shapes_by_name(MeetingRecord)["participants"].key == "city|role"
