"""The words that names of meetings are made of."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ccmeet.codec import load_data


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """Patterns over folded text, made from series.yaml."""

    noun: re.Pattern[str]
    strong: re.Pattern[str]
    subject: re.Pattern[str]
    other: re.Pattern[str]
    breaks: re.Pattern[str]
    """Matches a word that a name can't hold; a match of `keeps` in the group "keep" is none."""


@cache
def load_series_words() -> SeriesWords:
    """The patterns of series.yaml, longest words first."""
    data = load_data((files("ccmeet.lexicon") / "series.yaml").read_text("utf-8"))
    words = {name: "|".join(sorted(set(data[name]), key=lambda w: (-len(w), w))) for name in data}
    return SeriesWords(
        noun=re.compile(words["nouns"]),
        strong=re.compile(words["strong"]),
        subject=re.compile(words["subjects"]),
        other=re.compile(words["others"]),
        breaks=re.compile(rf"(?P<keep>{words['keeps']})|{words['breaks']}|(?<=\d)日"),
    )
