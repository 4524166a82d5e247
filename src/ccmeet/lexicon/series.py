"""The words that names of meetings are made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ccmeet.codec import load_data
from ccmeet.lexicon.words import Sought, one_of, sought
from ccmeet.numerals import NUMERAL
from ccmeet.text import Span


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """Patterns over folded text, made from series.yaml."""

    noun: re.Pattern[str]
    """`strong` and `weak` match a whole noun."""

    any_noun: re.Pattern[str]
    """The same, and what is a noun before a number alone (联谊会第三次会议)."""

    strong: re.Pattern[str]
    weak: re.Pattern[str]
    subject: re.Pattern[str]
    parties: re.Pattern[str]
    other: re.Pattern[str]
    breaks: Sought
    """Matches a word that a name can't hold; a match of `keeps` in the group "keep" is none."""

    field: re.Pattern[str]
    general: re.Pattern[str]
    """Matches the whole of a name that says not whose meeting it is: 联席会议, 八市市长会议."""

    def nouns(self, folded: str, zone: Span) -> Iterator[re.Match[str]]:
        """The nouns in a zone, in order. What has no first sign of its own is sought place by
        place, so only where it may stand."""
        pattern = self.any_noun if folded.find("会第", *zone) >= 0 else self.noun
        return pattern.finditer(folded, *zone)


@cache
def load_series_words() -> SeriesWords:
    """The patterns of series.yaml, longest words first."""
    data = load_data((files("ccmeet.lexicon") / "series.yaml").read_text("utf-8"))
    words = {name: "|".join(sorted(set(data[name]), key=lambda w: (-len(w), w))) for name in data}
    nouns = f"{words['before_number']}|{words['nouns']}"
    count = rf"{NUMERAL}个?(?:省会城市|城市|省市|市州|[省市地区县方])+"
    return SeriesWords(
        noun=re.compile(rf"(?:{words['nouns']})(?!商会)"),
        any_noun=re.compile(nouns),
        strong=re.compile(words["strong"]),
        weak=re.compile(words["weak"]),
        subject=re.compile(words["subjects"]),
        parties=re.compile(rf"{words['parties']}|{count}"),
        other=re.compile(words["others"]),
        breaks=sought(
            rf"(?P<keep>{one_of(data['keeps'])})|{one_of(data['breaks'])}[了过着完]?|(?<=\d)日",
            (*data["keeps"], *data["breaks"], "日"),
        ),
        field=re.compile(words["fields"]),
        general=re.compile(
            rf"(?:{count})?(?:政府|市长|书记|省长|党政|主要|领导|负责人|行政首长|省际|轮值|年度|全体|联席|工作|高层|"
            rf"合作|发展|交流|协调|座谈|部门|专题|本次|这次)*(?:{nouns})"
        ),
    )
