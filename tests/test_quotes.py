"""Speech: who said what and in whose words, in all the phrasings of tests/corpus/quotes.yaml."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccmeet.codec import load_data
from ccmeet.model.article import Article, Block
from ccmeet.model.reading import Reading
from ccmeet.rules.officials import read_officials
from ccmeet.rules.quotes import RULES, read_quotes

CORPUS = load_data((Path(__file__).parent / "corpus" / "quotes.yaml").read_text("utf-8"))
PHRASINGS = [(case["reads"], text) for case in CORPUS["cases"] for text in case["in"]]


def read(text: str) -> Reading:
    """The officials and speech of an article whose paragraphs are the lines of `text`."""
    lines = re.finditer(r"[^\n]+", text)
    blocks = tuple(Block("paragraph", line.start(), line.end()) for line in lines)
    return read_quotes(read_officials(Reading(Article("a", "a.txt", "", text, blocks))))


def speech_in(text: str) -> list[str]:
    """All speech, as the corpus writes it."""
    said = [
        (quote.text.spans[0].start, official.name.value, quote)
        for official in read(text.replace("/", "\n")).officials
        for quote in official.quotes
    ]
    return [
        " | ".join(
            (name, quote.mode.value, quote.verb.value if quote.verb else "-", quote.text.value)
        ).replace("\n", "/")
        for _, name, quote in sorted(said, key=lambda one: one[0])
    ]


@pytest.mark.parametrize(("expected", "text"), PHRASINGS, ids=[text for _, text in PHRASINGS])
def test_phrasing_is_read(expected: list[str], text: str) -> None:
    assert speech_in(text) == expected


@pytest.mark.parametrize("text", CORPUS["not"])
def test_nothing_is_put_into_mouths(text: str) -> None:
    assert speech_in(text) == []


CREDIT = "临江日报记者 石军 摄"


@pytest.mark.parametrize(
    ("caption", "mode", "words"),
    [
        (f"(2/6) 临江市市长方大同发言。他表示，路要先修。 {CREDIT}", "indirect", "路要先修。"),
        (f"（3/6） 临江市市长方大同：“路要先修。” {CREDIT}", "direct", "路要先修。"),
        ("图为临江市市长方大同说，路要先修。", "indirect", "路要先修。"),
    ],
)
def test_a_caption_tells_speech(caption: str, mode: str, words: str) -> None:
    blocks = (Block("caption", 0, len(caption)),)
    article = Article("a", "a.txt", "", caption, blocks)
    (official,) = read_quotes(read_officials(Reading(article))).officials
    assert [(q.mode.value, q.text.value) for q in official.quotes] == [(mode, words)]


def test_what_a_caption_repeats_is_told_once() -> None:
    text = "临江市市长方大同说，路要先修。\n临江市市长方大同说，路要先修。"
    half = text.index("\n")
    blocks = (Block("paragraph", 0, half), Block("caption", half + 1, len(text)))
    article = Article("a", "a.txt", "", text, blocks)
    (official,) = read_quotes(read_officials(Reading(article))).officials
    assert [q.text.spans[0].end for q in official.quotes] == [half]


def test_who_speaks_has_no_other_verb() -> None:
    (official,) = read("临江市委书记方大同出席会议并讲话。方大同表示，要修路。").officials
    assert official.quotes and official.verb is None


def test_evidence_stands_where_it_says() -> None:
    text = "「路修到了市界。」臨江市委書記方大同說，「橋也要修。」他表示,明年動工。"
    for official in read(text).officials:
        assert len(official.quotes) == 3
        for quote in official.quotes:
            for fact in (quote.text, quote.verb):
                assert fact.rule in RULES
                assert fact.value == "".join(span.of(text) for span in fact.spans)


PARTS = [
    "“",
    "”",
    "「",
    "」",
    '"',
    "说",
    "，",
    "：",
    "。",
    "他",
    "方大同",
    "临江市委书记",
    "\n",
    "表示",
]
PARTS += ["一是修路", "会议", "指出", "二是", "《", "》", "（记者 ", "）", "并强调", "提出建议："]


@given(st.lists(st.sampled_from(PARTS), max_size=50).map("".join) | st.text(max_size=60))
def test_no_text_raises_and_words_stand_in_the_text(text: str) -> None:
    whole = "临江市委书记方大同说，" + text
    for official in read(whole).officials:
        for quote in official.quotes:
            assert quote.text.value == quote.text.spans[0].of(whole)
            assert quote.text.value
