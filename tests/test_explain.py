"""`ccmeet explain`: every fact marked where it was read, and the source stays text."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from unicodedata import east_asian_width

import pytest

from ccmeet.errors import Problem
from ccmeet.model.article import Block
from ccmeet.model.reading import Reading
from ccmeet.reading.contract import facts
from ccmeet.reading.explain import Row, all_rows, groups, pieces, sums, unused
from ccmeet.reading.explain_html import explain_html
from ccmeet.reading.explain_text import explain_text
from readings import make_reading

TEXT = "频道\n\n雪河会商会在东湾召开，东湾市参加。<b>四望</b>皆山。\n\n返回首页"
START, END = TEXT.index("雪"), TEXT.index("\n\n返")


def read(name: str = "雪河会商会", **more: object) -> Reading:
    reading = make_reading(
        "snow",
        TEXT,
        meetings=[
            {
                "name": name,
                "state": ("held", "召开"),
                "location": "东湾",
                "series": ("雪河会商会", "雪河会商会在东湾", "据上文<推定>"),
                **more,
            }
        ],
    )
    block = Block("paragraph", START, END)
    return replace(reading, source=replace(reading.source, blocks=(block,)))


def rows_of(reading: Reading) -> tuple[Row, ...]:
    return all_rows(groups(reading))


def test_every_fact_is_in_one_row_of_its_record() -> None:
    reading = read(participants=[{"role": ("member", "参加"), "city": "东湾市"}])
    (group,) = groups(reading)
    assert group.title == "Meeting 1 雪河会商会"
    assert [f for row in group.rows for f in row.facts] == [each.fact for each in facts(reading)]
    assert [row.number for row in group.rows] == [1, 2, 3, 4, 5]
    told = {row.label: row for row in group.rows}
    assert told["participants"].value == "东湾市 · member"
    assert told["participants"].words(TEXT) == ("参加",)
    assert told["state"].words(TEXT) == ("召开",) and told["name"].words(TEXT) == ()
    assert told["series"].whys == ("据上文<推定>",) and told["state"].whys == ()


def test_the_pieces_are_the_text_and_every_span_is_marked() -> None:
    reading = read()
    rows = rows_of(reading)
    told = list(pieces(reading.source, rows))
    assert "".join(piece.words for piece in told) == TEXT
    for row in rows:
        marked = "".join(piece.words for piece in told if row in piece.rows)
        assert marked == row.facts[0].spans[0].of(TEXT)
        assert sum(row in piece.ends for piece in told) == 1
    outside = "".join(piece.words for piece in told if piece.block is None)
    assert outside == "频道\n\n\n\n返回首页"
    assert {piece.place for piece in told if piece.block is None} == {"outside"}


def test_unused_sentences() -> None:
    reading = read()
    spans = unused(reading.source, rows_of(reading))
    assert [span.of(TEXT) for span in spans] == ["<b>四望</b>皆山。"]
    assert unused(reading.source, []) and not unused(replace(reading.source, blocks=()), [])
    told = sums(reading, rows_of(reading))
    assert (told.facts, told.inferred, told.sentences, told.unused) == (4, 1, 2, 1)
    assert told.percent == round(100 * 12 / (END - START))


def test_in_the_terminal() -> None:
    told = explain_text(read(), colour=False, width=60).splitlines()
    assert told[:2] == [
        "content/articles/snow.txt",
        "4 facts, 1 inferred; unused: 1 of 2 sentences, 41 % of the",
    ]
    assert "Meeting 1 雪河会商会" in told
    assert "   2 state            held                    by-hand ← 召开" in told
    assert "                      ~ inferred: 据上文<推定>" in told
    assert "«雪河会商会»[1]‹在›«东湾»[3,4]«召开»[2]，东湾市参加。" in "".join(told)
    assert told[-2:] == ["Unused: 1", "· <b>四望</b>皆山。"]
    assert not any("频道" in line or "\x1b" in line for line in told)


@pytest.mark.parametrize("width", [1, 40, 77, 120, 500])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    reading = read(theme=(f"{'四望' * 60}{'a' * 50}", "四望"))
    for line in explain_text(reading, colour=False, width=width).splitlines():
        columns = sum(2 if east_asian_width(c) in "WF" else 1 for c in line)
        assert columns <= max(40, min(width, 120)) + 2  # a mark that closes may hang


def test_colours_are_for_terminals_that_want_them() -> None:
    told = explain_text(read(), colour=True)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", told)
    assert "\x1b[4;32m召开\x1b[0m" in told
    assert "召开[2]，东湾市参加。" in plain


@pytest.mark.parametrize("odd", ["\x1b[2J", "\x9b2J", "\x07", "\x7f", "\r"])
def test_a_source_can_not_steer_the_terminal(odd: str) -> None:
    text = f"雪河{odd}会商会召开。"
    reading = make_reading("odd", text, meetings=[{"name": text[:-3], "state": ("held", "召开")}])
    problem = Problem("warning", f"odd {odd}")
    told = explain_text(replace(reading, problems=(problem,)), colour=False)
    assert odd not in told and "雪河" in told


class Page(HTMLParser):
    """Tags left open, ids, links and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        self.ids += [told["id"] or ""] if "id" in told else []
        self.links += [told["href"] or ""] if "href" in told else []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_on_a_page_of_its_own() -> None:
    page = explain_html(read(theme="四望"))
    told = Page(page)
    assert len(told.ids) == len(set(told.ids))
    assert all(link[:1] == "#" and link[1:] in told.ids for link in told.links)
    assert {f"#f{n}" for n in range(1, 6)} | {f"#m{n}" for n in range(1, 6)} <= set(told.links)
    assert "雪河会商会" in "".join(told.words) and "theme四望" in "".join(told.words)
    assert not {"script", "b", "link", "img", "iframe"} & set(told.tags)


def test_the_page_runs_and_loads_nothing() -> None:
    page = explain_html(read())
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert style and policy
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none'") and "unsafe" not in policy[1]
    assert "http:" not in page and "https:" not in page and "style=" not in page


@pytest.mark.parametrize("odd", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "&lt;"])
def test_the_source_stays_text_on_the_page(odd: str) -> None:
    text = f"雪河{odd}会商会召开。"
    reading = make_reading(
        "odd",
        text,
        article={"headline": text},
        meetings=[{"name": (odd, odd, odd), "state": ("held", "召开"), "theme": odd}],
    )
    reading = replace(reading, problems=(Problem("error", odd),))
    told = Page(explain_html(reading))
    assert not {"script", "img"} & set(told.tags)
    assert "".join(told.words).count(odd) >= 6
