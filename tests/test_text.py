"""The length-keeping fold, sentences, clauses and pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccmeet.text import (
    Span,
    clauses,
    fold,
    is_inside,
    pairs,
    sentences,
    with_listing_marks,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("會議在長沙召開", "会议在长沙召开"),
        ("２０２４年ＡＢ", "2024年AB"),
        ("会议,指出:合作(框架)", "会议，指出：合作（框架）"),
        ("《清单》,(附件)", "《清单》，（附件）"),
        ("3,000 at 12:30", "3,000 at 12:30"),
        ("开幕.来自五省.", "开幕。来自五省。"),
        ('共赢". 他说', '共赢"。 他说'),
        ("见江城网.com 线路......3月", "见江城网.com 线路......3月"),
        ("「好」『辦』", "“好”‘办’"),
        ('建"朋友圈"和"后花园"', "建“朋友圈”和“后花园”"),
        ('建"朋友圈"，屏幕55"', '建"朋友圈"，屏幕55"'),
        ("林　一\u00a0舟", "林 一 舟"),
        ("阿依·古丽•艾‧山", "阿依·古丽·艾·山"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_keeps_lengths(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("lost", "back"),
    [
        ("四市在交通，科技，人才等方面合作", "四市在交通、科技、人才等方面合作"),
        ("福州，南昌，贵阳9个城市的市长", "福州、南昌、贵阳9个城市的市长"),
        ("他说，这里是老区，也是两省交界", "他说，这里是老区，也是两省交界"),
        ("在交通、科技，人才，旅游等方面", "在交通、科技，人才，旅游等方面"),
    ],
)
def test_lists_get_their_marks_back(lost: str, back: str) -> None:
    assert with_listing_marks(lost) == back


def words(spans: object, text: str) -> list[str]:
    return [span.of(text) for span in spans]  # type: ignore[attr-defined]


def test_sentences() -> None:
    text = " 会议召开。“好！”他说。\n清单如下……完 "
    assert words(sentences(text), text) == ["会议召开。", "“好！”", "他说。", "清单如下……", "完"]
    assert words(sentences(text, Span(1, 6)), text) == ["会议召开。"]


def test_clauses() -> None:
    text = "会议指出，要办实事；要快：好。"
    assert words(clauses(text, Span(0, len(text))), text) == ["会议指出", "要办实事", "要快", "好"]


@given(st.text(alphabet="会议，。！\n “”（）", max_size=40))
def test_sentences_and_clauses_are_in_order_and_apart(text: str) -> None:
    for found in (list(sentences(text)), list(clauses(text, Span(0, len(text))))):
        ends = [0]
        for span in found:
            assert ends[-1] <= span.start < span.end <= len(text)
            assert span.of(text) == span.of(text).strip()
            ends.append(span.end)


def test_pairs_are_the_outermost() -> None:
    text = "《甲》和《乙〈丙〉《丁》》，》《戊"
    assert words(pairs(text, "《"), text) == ["《甲》", "《乙〈丙〉《丁》》"]
    assert list(pairs("“甲“乙”", "“")) == []


def test_is_inside() -> None:
    text = "“好”，“办”"
    assert [is_inside(text, place, "“") for place in range(len(text))] == [
        False, True, True, False, False, True, True,
    ]  # fmt: skip


def test_span() -> None:
    span = Span(2, 5)
    assert span.of("会议在临江") == "在临江"
    assert span.shifted(3) == Span(5, 8)
    assert span.holds(Span(3, 5)) and not span.holds(Span(3, 6))
    assert span.meets(Span(4, 9)) and not span.meets(Span(5, 9))
