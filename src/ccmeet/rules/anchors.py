"""The day from which dates without a year or month are reckoned, and how that day is known.

In order: the page's date, its address, a full day printed in the text, a year in the meeting's
own name, 2024年的这次会议, a month printed with its year, the year in a document's title. What
tells of the past (首届…2013年召开), of a stretch of years (2023-2025年) or of a plan says nothing
about the report's own year.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.lexicon.reasons import reason
from ccmeet.model.article import ArticleFacts
from ccmeet.model.reading import Anchor, Reading
from ccmeet.numerals import read_number
from ccmeet.partialdate import PartialDate
from ccmeet.text import HAN, Span, clauses, sentences

_SPAN = "—－–~～至到-"
_YEAR = r"(?:20\d\d|二[零〇○0][零〇○0一二三四五六七八九]{2})"
_MONTH = r"(?:\d{1,2}|十?[一二三四五六七八九]|十)"
_DAY = r"(?:\d{1,2}|[一二三]?十?[一二三四五六七八九]|[二三]?十)"
_FULL_DAY = re.compile(
    rf"(?<![\d.])({_YEAR})(?:年({_MONTH})月({_DAY})日|(?P<sep>[-/.])(\d{{1,2}})(?P=sep)(\d{{1,2}})(?![\d.]))"
)
_MONTH_OF_YEAR = re.compile(rf"(?<!\d)({_YEAR})年({_MONTH})月(?!\s?[{_SPAN}])")
_OF_MEETING = re.compile(rf"(?<![\d零〇○一二三四五六七八九])({_YEAR})年的?(?:这|此|本)[次届]")
_IN_NAME = re.compile(
    rf"(?<!\d)(20\d\d)(?=(?:年度?|[·.])?[{HAN}“”]{{2,24}}"
    r"(?:会议|会商会|论坛|峰会|座谈会|协调会|年会|会晤|恳谈会))"
)
_IN_TITLE = re.compile(
    rf"《[^《》]{{0,40}}?(?<![\d{_SPAN}])(20\d\d)(?!\d|年?\s?[{_SPAN}])[^《》]{{0,40}}》"
)
_PLAN = re.compile("规划|纲要|计划|方案|要点|蓝图|愿景|目标|草案|(?:讨论|送审|征求意见)稿")
_BACK = re.compile("表彰|总结|通报|回顾|完成情况|推进情况|进展情况|工作情况|考核|评估")
"""A title that looks back on its year: 《关于表彰2021年度先进单位的决定》 is of that year's end."""

_REVIEWED = re.compile(
    r"(?:听取|总结|回顾|通报|审议)[^。；《]{0,12}?(20\d\d)年度?[^。；《]{0,10}?(?:工作|任务|情况|事项|合作)"
)
_PAST = re.compile(
    r"自(?!治|由|主|然|贡|我|觉|身|信|强|动|驾|贸)|以来|此前|曾|当时|当年|成立|获批|批复|批准|印发|出台|"
    r"上升为|缔结|建立|签订|签过|上一?[届次]|以前|之前|之后|其后|后来|(?<![翻走看跑穿开飞望])过去|历[届次]"
)
_FIRST = re.compile("首[届次轮]")


def read_anchor(reading: Reading) -> Reading:
    """Fill `mentions.anchor`; an address with a month alone is no day of publication."""
    published = reading.article.date_published
    anchor = _page(reading.article) or next(_in_text(reading), None)
    if published and not published.value.day:
        reading = replace(reading, article=replace(reading.article, date_published=None))
    return replace(reading, mentions=reading.mentions._replace(anchor=anchor))


def _page(article: ArticleFacts) -> Anchor | None:
    published = article.date_published
    if not published:
        return None
    key = "ground.address" if published.rule == "address-date" else "ground.published"
    return Anchor(published.value, reason(key, day=published.value), published.spans)


def _in_text(reading: Reading) -> Iterator[Anchor]:
    """What the text says about its own time, the surest first."""
    folded = reading.source.folded
    zones = [b.span for b in reading.source.blocks if b.kind not in ("credit", "notice")]
    opening = reading.source.body()[0].end if reading.source.body() else 0
    told = [c for z in zones for s in sentences(folded, z) if (c := _of_today(folded, s, opening))]
    days = [m for span in told for m in _FULL_DAY.finditer(folded, *span)]
    for found in sorted(days, key=lambda m: _numbers(m), reverse=True):
        if day := _date(*_numbers(found)):
            yield Anchor(day, reason("ground.words", words=found[0]), (Span(*found.span()),))
    names = [m for span in told for m in _IN_NAME.finditer(folded, *span)]
    for name in names[:1]:
        yield _year(name, reason("ground.meeting-name", year=name[1]))
    for zone in zones:
        if year := _OF_MEETING.search(folded, zone.start, zone.end):
            yield _year(year, reason("ground.words", words=f"{year[1]}年"))
    months = [m for span in told for m in _MONTH_OF_YEAR.finditer(folded, *span)]
    last = max(months, key=lambda m: m[1], default=None)
    titles = [m for m in _IN_TITLE.finditer(folded) if not _PLAN.search(m[0])]
    title = max(titles, key=lambda m: m[1], default=None)
    if title and (not last or title[1] >= last[1]):
        ahead = not _BACK.search(title[0])
        yield replace(_year(title, reason("ground.title", year=title[1])), is_title=ahead)
    if last:
        yield _year(last, reason("ground.words", words=last[0]))
    if plan := _plan_after_review(folded):
        yield replace(_year(plan, reason("ground.title", year=plan[1])), is_title=True)


def _plan_after_review(folded: str) -> re.Match[str] | None:
    """The title of a plan (《2023年工作要点》) where the work of the year before is reviewed."""
    plans = [m for m in _IN_TITLE.finditer(folded) if _PLAN.search(m[0])]
    years = {int(m[1]) for m in _REVIEWED.finditer(folded)}
    return next((m for m in plans if (read_number(m[1]) or 0) - 1 in years), None)


def _of_today(folded: str, sentence: Span, opening: int) -> Span | None:
    """The sentence up to the clause that speaks of the past; a first edition does so, unless
    the article opens with it."""
    has_first = sentence.end > opening and _FIRST.search(folded, *sentence)
    if not has_first and not _PAST.search(folded, *sentence):
        return sentence
    end = sentence.start
    for clause in clauses(folded, sentence):
        is_first = clause.start >= opening and _FIRST.search(folded, *clause)
        if is_first or _PAST.search(folded, *clause):
            break
        end = clause.end
    return Span(sentence.start, end) if end > sentence.start else None


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    year, month, day, _, other_month, other_day = found.groups()
    numbers = (
        read_number(words or "") or 0 for words in (year, month or other_month, day or other_day)
    )
    return next(numbers), next(numbers), next(numbers)


def _year(found: re.Match[str], why: str) -> Anchor:
    return Anchor(PartialDate(read_number(found[1]) or 1), why, (Span(*found.span(1)),))


def _date(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None
