"""An archive that grows article by article: the order makes no difference, and no id ever changes.

The articles are drawn from a small invented world, in which names come in full and short, dates
exact and vague, and reports announce, tell and mention.
"""

from collections.abc import Sequence
from random import Random
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from ccmeet.model.archive import Archive
from ccmeet.model.article import Article, ArticleFacts, Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import (
    Action,
    AreaRead,
    DocumentRead,
    MeetingRead,
    OfficialRead,
    Participant,
    PostRead,
    Reading,
    State,
)
from ccmeet.model.records import TYPES
from ccmeet.partialdate import PartialDate
from ccmeet.reading.assemble import assemble
from ccmeet.reading.merge import merge_archive
from ccmeet.text import Span

SERIES = ("雪河城市会商会", "云江四市市长联席会议", "云江四市党政座谈会")
DAYS = tuple(map(PartialDate.parse, ("2031-05", "2031-05-03", "2031-05-04", "2032-06-01")))
FULL_TITLES = (
    "雪河城市2031年重点合作清单",
    "雪河城市2032年重点合作清单",
    "雪河城市协同发展行动方案",
    "雪河城市战略合作框架协议",
)
TITLES = (*FULL_TITLES, "2031年合作清单", "行动方案", "战略合作协议")
CITIES = ("武汉市", "武汉", "汉", "长沙", "北原市", "北原", "湖南省")
LABELS = ("交通互联互通", "交通互通", "科技合作领域", "科技合作")
BODIES = ("武汉市发展和改革委员会", "武汉市发改委", "长沙市人民政府", "湖南省委")
OFFICES = {"韦大川": "武汉市发展和改革委员会", "甲子文": "长沙市人民政府"}


class Printer:
    """Prints an article word by word, so that each mention has a place of its own.

    A `plain` article leaves no doubt of what it means: each meeting has its edition, each title
    is full, each official has an office.
    """

    def __init__(self, draw: st.DrawFn, plain: bool) -> None:
        self.draw = draw
        self.plain = plain
        self.text = "报道"

    def say(self, value: Any) -> Fact[Any]:
        start, words = len(self.text) + 1, str(value)
        self.text += f"，{words}"
        return Fact(value, (Span(start, start + len(words)),), "by-hand")

    def one(self, values: Sequence[Any]) -> Fact[Any]:
        return self.say(self.draw(st.sampled_from(values)))

    def maybe(self, values: Sequence[Any]) -> Fact[Any] | None:
        value = self.draw(st.none() | st.sampled_from(values))
        return None if value is None else self.say(value)

    def some(self, values: Sequence[Any], most: int) -> list[Fact[Any]]:
        chosen = self.draw(st.lists(st.sampled_from(values), max_size=most, unique=True))
        return [self.say(value) for value in chosen]

    def meeting(self, series: str) -> MeetingRead:
        return MeetingRead(
            name=self.say(series),
            series=self.say(series),
            edition=self.one((1, 2)) if self.plain else self.maybe((1, 2)),
            state=self.one(get_args(State)),
            start_date=self.maybe(DAYS),
            theme=self.maybe(("同饮一河水", "同护一河水")),
            documents=tuple(
                DocumentRead(title, self.one(get_args(Action)))
                for title in self.some(FULL_TITLES if self.plain else TITLES, 3)
            ),
            participants=tuple(
                Participant(self.one(("member", "host", "observer")), city)
                for city in self.some(CITIES, 3)
            ),
            areas=tuple(AreaRead(label) for label in self.some(LABELS, 2)),
        )

    def official(self, name: str) -> OfficialRead:
        bodies = [self.say(OFFICES[name])] if self.plain else self.some(BODIES, 1)
        return OfficialRead(
            name=self.say(name),
            city=None if self.plain else self.maybe(CITIES),
            posts=tuple(PostRead(self.one(("主任", "市长")), body) for body in bodies),
        )

    def some_of(self, values: Sequence[str], most: int) -> list[str]:
        return self.draw(st.lists(st.sampled_from(values), max_size=most, unique=True))


@st.composite
def archives(draw: st.DrawFn, plain: bool = False) -> list[Reading]:
    """Up to five readings, in the order of their being added."""
    return [_reading(Printer(draw, plain), f"a{n}") for n in range(draw(st.integers(1, 5)))]


def _reading(printer: Printer, id: str) -> Reading:
    date = printer.maybe(DAYS)
    meetings = tuple(map(printer.meeting, printer.some_of(SERIES, 2)))
    officials = tuple(map(printer.official, printer.some_of(tuple(OFFICES), 2)))
    text = printer.text
    source = Article(
        id, f"content/articles/{id}.txt", "0" * 64, text, (Block("paragraph", 0, len(text)),)
    )
    return Reading(source, ArticleFacts(date_published=date), meetings, officials)


def parsed(readings: Sequence[Reading], archive: Archive) -> Archive:
    """The archive after `ccmeet parse`."""
    merged = merge_archive(archive, assemble(readings, archive))
    assert not merged.conflicts
    records: Any = {kind: dict(archive.of(kind)) for kind in TYPES}
    extracted: Any = {kind: dict(archive.extracted.get(kind, {})) for kind in TYPES}
    for place, changes in ((records, merged.records), (extracted, merged.extracted)):
        for (kind, id), each in changes.items():
            if each is None:
                del place[kind][id]
            else:
                place[kind][id] = each
    records = {kind: dict(sorted(each.items())) for kind, each in records.items()}
    extracted = {kind: dict(sorted(each.items())) for kind, each in extracted.items()}
    return Archive(**records, extracted=extracted)


def grown(readings: Sequence[Reading]) -> Archive:
    """The archive after each article was added and parsed in turn."""
    archive = Archive()
    for number in range(len(readings)):
        before, archive = archive, parsed(readings[: number + 1], archive)
        for kind in TYPES:
            gone = set(before.of(kind)) - set(archive.of(kind))
            assert not gone, f"ids that changed by themselves: {gone}"
    return archive


MANY = settings(max_examples=60, deadline=None)


@MANY
@given(archives())
def test_parsed_twice_is_parsed_once(readings: list[Reading]) -> None:
    once = parsed(readings, Archive())
    assert parsed(readings, once) == once


@MANY
@given(archives(), st.randoms())
def test_the_order_of_the_files_makes_no_difference(readings: list[Reading], by: Random) -> None:
    shuffled = by.sample(readings, len(readings))
    assert assemble(readings, Archive()) == assemble(shuffled, Archive())


@MANY
@given(archives())
def test_no_id_changes_when_articles_are_added(readings: list[Reading]) -> None:
    archive = grown(readings)
    assert parsed(readings, archive) == archive


@MANY
@given(archives(plain=True), st.randoms())
def test_nor_does_the_order_of_adding_them_where_each_says_what_it_means(
    readings: list[Reading], by: Random
) -> None:
    assert grown(by.sample(readings, len(readings))) == parsed(readings, Archive())
