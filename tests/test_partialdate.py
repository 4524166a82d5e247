"""Dates of year, month or day precision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccmeet.partialdate import PartialDate


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", PartialDate(2024)),
        ("2024-07", PartialDate(2024, 7)),
        ("2024-07-29", PartialDate(2024, 7, 29)),
        ("2024-02-29", PartialDate(2024, 2, 29)),
    ],
)
def test_parse_and_print(text: str, date: PartialDate) -> None:
    assert PartialDate.parse(text) == date
    assert str(date) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "24", "2024-7", "2024-07-29 ", "2024-13", "2024-00", "2024-07-00", "2023-02-29",
        "2024-04-31", "0000", "2024/07/29", "２０２４", "2024-07-29T00:00",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "parts", [(0,), (10_000,), (2024, 13), (2024, 0, 5), (2024, 2, 30), (2024, -1)]
)
def test_parts_that_make_no_date(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        PartialDate(*parts)


def test_order_puts_the_less_exact_first() -> None:
    texts = ["2023-12-31", "2024", "2024-07", "2024-07-01", "2024-07-29", "2025"]
    assert [str(d) for d in sorted(map(PartialDate.parse, reversed(texts)))] == texts


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        ("2024", "2024-07-29", True),
        ("2024-07", "2024-07-29", True),
        ("2024-07-29", "2024-07-29", True),
        ("2024-07", "2024", False),
        ("2024-07", "2024-08-01", False),
        ("2024", "2023-07", False),
        ("2024-07-28", "2024-07-29", False),
    ],
)
def test_covers(wide: str, narrow: str, covers: bool) -> None:
    assert PartialDate.parse(wide).covers(PartialDate.parse(narrow)) is covers


@given(st.dates())
def test_every_day_survives_printing(day: object) -> None:
    assert str(PartialDate.parse(str(day))) == str(day)
