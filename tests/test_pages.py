"""Pages' parts as data: numbered marks, headlines, timelines, maps, words."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccmeet.errors import TemplateError
from ccmeet.model.fact import Evidence
from ccmeet.partialdate import PartialDate
from ccmeet.showing.links import root_of, text_fragment
from ccmeet.showing.marks import Use, cut, mark_article
from ccmeet.showing.pages.disputes import _differences
from ccmeet.showing.periods import Period, draw_periods, years_of
from ccmeet.showing.pictures import Place, Stop, draw_map, draw_timeline
from ccmeet.showing.shown import Shown
from ccmeet.showing.typeset import full_width, phrases
from ccmeet.showing.words import Words, han_number, ordinal, read_words
from ccmeet.text import Span


def use(start: int, end: int, path: str = "name", kind: str = "meetings") -> Use:
    return Use(kind, "m", path, Evidence("a", start, end, "x", "r"))


def test_names_in_a_row_share_a_number() -> None:
    text = "甲市、乙市和丙市参加。"
    uses = [use(n, n + 2, f"participants/{n}/city") for n in (0, 3, 6)]
    assert [spot.anchor for spot in mark_article(text, uses).spots] == ["e-1", "e-1-2", "e-1-3"]


def test_values_apart_have_numbers_of_their_own() -> None:
    text = "甲市在会上签署了乙文件。"
    marking = mark_article(text, [use(0, 2), use(8, 11, "documents/x/document")])
    assert [spot.number for spot in marking.spots] == [1, 2]


spans = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(spans, max_size=8), st.tuples(st.integers(0, 20), st.integers(1, 30)))
def test_marks_nest_and_no_word_is_lost(places: list[tuple[int, int]], at: tuple[int, int]) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(50))
    block = Span(at[0], at[0] + at[1])
    marking = mark_article(text, [use(*place) for place in places])
    pieces = cut(text, block, marking.spots)
    assert "".join(piece.text for piece in pieces) == block.of(text)
    stack = []
    for piece in pieces:
        if piece.opens:
            stack.append(piece.opens)
        elif piece.closes:
            assert stack.pop() is piece.closes
    assert not stack


@given(st.text(alphabet="汉字,:;!?()《》“”ab1 ", max_size=40))
def test_setting_keeps_every_place(text: str) -> None:
    assert len(full_width(text)) == len(text)
    assert "".join(piece for piece, _ in phrases(text)) == full_width(text)


def test_half_width_marks_beside_chinese() -> None:
    assert full_width("计划(2023-2025年),共3.5万,a,b") == "计划（2023-2025年），共3.5万，a,b"


def stop(year: int, state: str = "dated") -> Stop:
    date = PartialDate(year, 7, 1)
    return Stop(str(year), Shown("甲"), date, Shown("07.01"), None, state, "n")  # type: ignore[arg-type]


def test_a_timeline_is_true_to_time() -> None:
    line = draw_timeline("x", [stop(2010), stop(2012), stop(2020)])
    assert line is not None
    first, second, third = (dot.x for dot in line.dots)
    assert (third - second) == pytest.approx(4 * (second - first), abs=0.1)
    assert draw_timeline("x", [stop(2010)]) is None


def test_an_undated_stop_stands_between_its_neighbours() -> None:
    gap = Stop("2", Shown("乙"), None, None, None, "miss", "n")
    line = draw_timeline("x", [stop(2010), gap, stop(2020)])
    assert line is not None
    assert line.dots[0].x < line.dots[1].x < line.dots[2].x
    assert [leg.gap for leg in line.legs] == [True, True]


def test_labels_on_the_map_cover_nothing() -> None:
    places = [Place(f"城市{n}", 110 + n % 9, 30 + n // 9 / 4, "member", None) for n in range(90)]
    drawn = draw_map("x", places)
    assert drawn is not None
    assert len(drawn.dots) == 90
    assert any(not dot.labelled for dot in drawn.dots)
    assert draw_map("x", places[:1]) is None


def test_words() -> None:
    words = Words("en", {"n": "{n} things", "n_one": "one thing", "x": "in {place}, then"})
    assert (words("n", n=2), words("n", n=1)) == ("2 things", "one thing")
    assert words.fill("x", place=7) == ("in ", 7, ", then")
    with pytest.raises(TemplateError, match="nonesuch"):
        words("nonesuch")
    with pytest.raises(TemplateError, match="place"):
        words("x")
    with pytest.raises(TemplateError):
        read_words("en", "- a list\n")
    assert [han_number(n) for n in (0, 7, 10, 12, 20, 21, 100)] == [
        "〇", "七", "十", "十二", "二十", "二十一", "100",
    ]  # fmt: skip
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 22, 113)] == [
        "1st", "2nd", "3rd", "4th", "11th", "22nd", "113th",
    ]  # fmt: skip


def test_addresses() -> None:
    assert root_of("index.html") == ""
    assert root_of("cities/a/index.html") == "../../"
    assert text_fragment("https://a.example/#x", "甲-乙") == (
        "https://a.example/#:~:text=%E7%94%B2%2D%E4%B9%99"
    )


def test_periods_stand_on_the_scale_of_their_timeline() -> None:
    periods = [
        Period("b", None, 2014, 2016, PartialDate(2014, 7, 1)),
        Period("a", None, 2008, 2011, None),
        Period("gone", None, 2001, 2002, None),
    ]
    drawn = draw_periods("x", periods, 2010, 2018)
    assert drawn is not None
    assert [bar.period.name for bar in drawn.bars] == ["a", "b"]
    first, second = drawn.bars
    assert first.start == drawn.years[0][0]
    assert second.width == pytest.approx(3 / 8 * 92, abs=0.1)
    assert second.signed is not None
    assert second.start < second.signed < second.end
    assert draw_periods("x", periods[2:], 2010, 2018) is None
    assert [years_of(text) for text in ("2024", "2023/2025", "近年", None)] == [
        (2024, 2024), (2023, 2025), None, None,
    ]  # fmt: skip


def test_names_of_places_never_cover_one_another() -> None:
    stops = [replace(stop(2010 + n), place=Shown("很长的地名")) for n in range(12)]
    line = draw_timeline("x", stops)
    assert line is not None
    told = [dot for dot in line.dots if dot.placed]
    assert 1 < len(told) < 12
    assert all(b.x - a.x > 5 * 1.9 for a, b in pairwise(told))


def test_what_differs_between_sources_is_picked_out() -> None:
    assert _differences("携手培育新质力", "携手新质力") == (
        ("携手", False), ("培育", True), ("新质力", False),
    )  # fmt: skip
    assert _differences("全然不同", "另一句话") == (("全然不同", False),)
