"""Datelines and bylines: outlet, city and day before the report, and the reporters who sign it.

`红网时刻新闻7月29日讯(记者 …)`, `中新网长沙7月24日电 (…)`, `本报讯(…)`, `【…网】`, a line of its
own (`本报记者 …`) or the last bracket of the text. What the page itself says wins; a dateline that
names its reporters and more completes it, and the same name found here adds to its evidence.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.lexicon.people import SURE, load_people
from ccmeet.lexicon.places import load_places
from ccmeet.model.article import ArticleFacts, Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Reading
from ccmeet.text import HAN, Span

_HEAD = re.compile(
    rf"\s*(?:【(?P<tag>[^】\n]{{1,12}})】)?\s*"
    # 荆楚网（湖北日报网）讯: an outlet with its other name
    rf"(?P<head>[{HAN}A-Za-z+·“”/-]{{0,20}}?(?:(?<=[网社报]) [{HAN}]{{2,8}})?)"
    rf"(?:（[{HAN}]{{2,12}}）)?\s*"
    r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日)?\s*"
    r"(?:专稿|综合|专(?=电))?(?P<kind>[讯电]|消息)(?=[（\s：，“《]|(?<=[日报网台]\S)|$)"
)
_TAG = re.compile(
    r"\s*[【〔](?P<tag>[^】〕\n]{1,16}?(?:网|报|社|新闻|台|客户端))"
    r"(?:\d{1,2}月\d{1,2}日|\d{1,2}日)?[讯电]?[】〕]"
)
_BOXED = re.compile(
    rf"\s*[【（](?P<head>[{HAN}·]{{2,12}}?(?:报|网|社|台|客户端))?"
    rf"(?P<inside>(?:特约|特派|全媒体)?记者[{HAN}、 ]{{2,24}}?)"
    r"(?:\d{1,2}月)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})日(?:电|讯|报[道导])[】）]"
)
"""【江城报记者方大同、石军岳阳六日电】: outlet, reporters, place and day in one bracket."""

_AFTER = re.compile(
    rf"\s*据《?(?P<head>[{HAN}]{{1,8}}?(?:日报|晚报|时报|商报|早报|晨报|都市报|新闻网|在线|新闻|社|网))》?"
    r"(?:（[^（）\n]{2,12}）)?(?:\d{1,2}月\d{1,2}日|\d{1,2}日)?(?:报[道导]|消息|讯|电)(?=[（：，\s])"
)
"""据江城日报报道（记者 石军）: whom a reprint takes its report from."""

_HOUSE = re.compile(r"本[报网台刊社]|记者$")
_OUTLET = re.compile(
    rf"[{HAN}A-Za-z+]{{1,10}}?"
    r"(?:日报|晚报|时报|商报|早报|晨报|都市报|快报|导报|周报|报|社|网|在线|新闻|客户端|电视台|广播|"
    r"发布|时刻|频道|融媒体中心|融媒|观察|号外)(?:社|网|客户端)?"
)
_IN_BRACKET = re.compile(r"\s*（(?P<inside>[^（）\n]{2,60})）")
_LAST_BRACKET = re.compile(
    r"（(?P<inside>[^（）\n]{2,60})）[。\s]*(?:$|(?=(?:免责|特别|版权|郑重)?声明[：:]|版权所有))"
)
_AUTHOR = r"(?:记者|通讯员|实习生|作者|撰稿人|撰稿|评论员|特派员)"
_ROLE = re.compile(
    rf"(?P<shoots>(?:摄影|摄像|图片|视频|视觉)记者)|(?P<author>[^\s、，；/：]{{0,14}}?{_AUTHOR}|文图|图文|文$)|"
    r"(?P<editor>(?:责任|执行|网络|值班)?编辑|责编)|"
    r"(?P<other>摄影报道|摄影|摄像|摄$|图片|制图|图$|视频|漫画|校对|统筹|策划|剪辑|配音|来源|综合)"
)
_OWN_LINE = re.compile(
    rf"\s*[■□●◎▲]?\s*(?P<inside>(?:[{HAN}·]{{0,12}}(?:记者|通讯员|实习生)|文[/|])[\s：/]*"
    rf"[{HAN}·\s、，/]{{2,40}}?)\s*(?:摄影报道|报道|文/图|发自[{HAN}]{{2,6}})?\s*"
)
_SIGNED = re.compile(
    rf"\s*(?P<inside>(?:[{HAN}]{{0,6}}(?:记者|通讯员|实习生)\s?[{HAN}]{{2,3}}?[\s、]*){{1,4}})"
    rf"(?:报[道导][：:，\s]|(?<=[{HAN}]) (?=[{HAN}]{{2}}))"
)
"""临江日报讯 记者方小雨 见习记者马区报道：…, 本网讯 记者方小雨 云江…"""
_SIGNED_FROM = re.compile(
    rf"\s*(?P<inside>记者\s?[{HAN}]{{4,7}}?)"
    r"(?:报[道导]|(?:\d{1,2}月)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})日[电讯])[：:，\s]"
)
"""【江城报讯】记者方小雨岳阳报道：…, 记者方小雨岳阳二十八日电：…"""

_REPORTS = re.compile(r"记者|通讯员|实习生")
_SEPARATOR = re.compile(r"[\s、，,；;/|：:]+")
_SET_APART = re.compile(rf"(?:(?<=^.)|(?<=[^{HAN}].))[ ]+(?=[{HAN}](?![{HAN}]))")
_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,6}}·[{HAN}·]{{1,10}}")


def read_datelines(reading: Reading) -> Reading:
    """Reporters and outlet from dateline and byline, and where the dateline stands, its bracket
    of reporters with it."""
    folded = reading.source.folded
    dateline, names, editors, outlet = None, [], [], None
    for index, block in enumerate(reading.source.body()[:8]):
        if boxed := _BOXED.match(folded, *block.span):
            dateline = Span(*boxed.span())
            outlet = Span(*boxed.span("head")) if boxed["head"] else None
            names = list(_names(folded, _without_place(folded, Span(*boxed.span("inside")))))
            break
        if found := _dateline(folded, block):
            dateline, outlet = Span(*found.span()), _outlet(folded, found)
            bracket = _IN_BRACKET.match(folded, found.end(), block.end)
            again = None if bracket else _HEAD.match(folded, found.end(), block.start + 90)
            if again and again["date"]:  # 西部网讯 临江5月13日电(杨阳)
                dateline = Span(found.start(), again.end())
                bracket = _IN_BRACKET.match(folded, again.end(), block.end)
            if signed := None if bracket else _signed(folded, Span(found.end(), block.end)):
                names = list(_names(folded, signed))
                by = _SIGNED_FROM.match(folded, found.end(), block.end)
                dateline = Span(dateline.start, by.end()) if by else dateline
            if bracket:
                dateline = Span(dateline.start, bracket.end())
                inside = Span(*bracket.span("inside"))
                names = list(_names(folded, inside, signed=True))
                outlet = outlet or next(_papers(folded, inside), None)
                editors = list(_names(folded, inside, duty="editor"))
            break
        bracket = _IN_BRACKET.match(folded, block.start, block.end)
        if bracket and not index and _are_people(folded, Span(*bracket.span("inside"))):
            dateline = Span(*bracket.span())  # （方大同）由两市组建的…
            names = list(_names(folded, Span(*bracket.span("inside")), signed=True))
            break
        if bracket and _REPORTS.search(bracket["inside"]):  # the outlet's name was cut off
            dateline = Span(*bracket.span())
            names = list(_names(folded, Span(*bracket.span("inside"))))
            break
    elsewhere = _byline_elsewhere(reading)
    if {name for name, _ in names} < {name for name, _ in elsewhere}:
        names = elsewhere  # 本报讯（王小明）above, （王小明 李青）at the end
    facts = _sign(reading.article, reading.source.text, names, outlet)
    if editors and not facts.editor:
        facts = replace(facts, editor=tuple(Fact(name, (s,), "byline") for name, s in editors))
    return replace(reading, article=facts, mentions=reading.mentions._replace(dateline=dateline))


def _signed(folded: str, text: Span) -> Span | None:
    """The reporters right behind a dateline, without brackets."""
    if found := _SIGNED.match(folded, *text):
        inside = Span(*found.span("inside"))
        told = [span for _, span in _names(folded, inside)]
        known = all(load_people().name_at(folded, *span, enough=SURE) for span in told)
        return inside if "报" in found[0][-3:] or known else None
    found = _SIGNED_FROM.match(folded, *text)
    if not found:
        return None
    whole = Span(*found.span("inside"))
    bare = _without_place(folded, whole)
    return bare if bare != whole else None


def _without_place(folded: str, inside: Span) -> Span:
    """Reporters without the city they write from, which ends the stretch: 记者方大同岳阳."""
    places = (s for s, _ in load_places().find(inside.of(folded)))
    last = next((s.start for s in places if s.end == inside.end - inside.start), None)
    return inside if last is None else Span(inside.start, inside.start + last)


def _dateline(folded: str, block: Block) -> re.Match[str] | None:
    tag = _TAG.match(folded, *block.span)
    if tag and _SIGNED_FROM.match(folded, tag.end(), block.end):
        return tag
    found = _HEAD.match(folded, block.start, min(block.end, block.start + 60))
    if not found:
        return tag or _AFTER.match(folded, *block.span)
    head = found["head"]
    signed = found["date"] or _HOUSE.search(head) or _OUTLET.match(head) or found["tag"]
    brackets = _IN_BRACKET.match(folded, found.end(), block.end)
    return found if signed or (head and brackets) else None


def _outlet(folded: str, dateline: re.Match[str]) -> Span | None:
    """The outlet's name in a dateline, without brand (时刻新闻) and city; None for 本报."""
    name = "head" if dateline.groupdict().get("head") else "tag"
    if not dateline[name] or _HOUSE.search(dateline[name]):
        return None
    span = Span(*dateline.span(name))
    words = span.of(folded)
    cities = [s for s, _ in load_places().find(words) if s.end == len(words)]
    if cities and not words[: cities[0].start].endswith(("掌上", "今日", "印象", "看")):
        words = words[: cities[0].start]
    first = words.rfind("-") + 1  # 江城云-江城日报: the app, then the paper
    known = _OUTLET.match(words, first)
    length = known.end() if known else len(words)
    first = first if known else 0
    return Span(span.start + first, span.start + length) if length - first > 1 else None


def _byline_elsewhere(reading: Reading) -> list[tuple[str, Span]]:
    """A byline on a line of its own near the top or end, or in the last bracket of the text."""
    folded, body = reading.source.folded, reading.source.body()
    for block in (*body[:3], *body[-2:]):
        own = _OWN_LINE.fullmatch(folded, block.start, block.end)
        if own and "摄" not in own["inside"].replace("摄影", ""):
            return list(_names(folded, Span(*own.span("inside"))))
    for block in body[-2:]:
        last = _LAST_BRACKET.search(folded, max(block.start, block.end - 70), block.end)
        if last and re.search(rf"{_AUTHOR}|文[/：]", last["inside"]):
            return list(_names(folded, Span(*last.span("inside"))))
    for block in body[-1:]:
        last = _LAST_BRACKET.search(folded, max(block.start, block.end - 40), block.end)
        if last and _are_people(folded, Span(*last.span("inside"))):
            return list(_names(folded, Span(*last.span("inside")), signed=True))
    return []


def _are_people(folded: str, inside: Span) -> bool:
    """Whether a bracket that ends a text holds names and nothing else: （李向东 刘晓）."""
    people, places = load_people(), load_places().by_name
    names = _SET_APART.sub("", inside.of(folded))  # （李向东 刘 晓）
    tokens = [name.of(names) for name in _tokens(names, Span(0, len(names)))]
    return bool(tokens) and all(
        _NAME.fullmatch(name)
        and name not in places
        and people.name_at(name, 0, len(name), enough=SURE)
        for name in tokens
    )


def _names(
    folded: str, inside: Span, signed: bool = False, duty: str = "author"
) -> Iterator[tuple[str, Span]]:
    """The reporters in a byline, or its editors; names with a blank inside (刘  爽) made whole.

    `signed` says that bare names are reporters' too: 电 (张雪盈).
    """
    writes, pending = signed, None
    for token in _tokens(folded, inside):
        role = _ROLE.match(token.of(folded))
        if not role and _OUTLET.fullmatch(folded, *token):
            continue
        if role and pending and token.end - token.start == 1:
            role = None  # （尚 文 方小雨）
        if role and writes and role[0] == "图" and folded.startswith("文/", token.start - 2):
            continue  # 文/图 方大同
        if role:
            writes, pending = role.lastgroup == duty, None
            token = Span(token.start + role.end(), token.end)
        is_shown = folded.startswith(("/摄", "/图", "/供图"), token.end)  # 方大同/文 石军/摄
        if not writes or is_shown or not token.of(folded):
            continue
        if token.end - token.start == 1:
            if pending:
                yield pending.of(folded) + token.of(folded), Span(pending.start, token.end)
            pending = None if pending else token
            continue
        for name in _part(folded, token):
            yield name.of(folded), name


def _papers(folded: str, inside: Span) -> Iterator[Span]:
    """The outlets named in a byline beside the reporters: （临江日报、临报融媒记者方大同）."""
    return (t for t in _tokens(folded, inside) if _OUTLET.fullmatch(folded, *t))


def _tokens(folded: str, inside: Span) -> Iterator[Span]:
    start = inside.start
    for mark in _SEPARATOR.finditer(folded, inside.start, inside.end):
        if mark.start() > start:
            yield Span(start, mark.start())
        start = mark.end()
    if start < inside.end:
        yield Span(start, inside.end)


def _part(folded: str, run: Span) -> Iterator[Span]:
    """One name, or names written without a blank between: 蔡早勤汤华明."""
    words, surnames = run.of(folded), load_people()
    if words.endswith(("报道", "报导")):
        # （方小雨报道）, but （记者 方小雨 临江报道）
        stem = Span(run.start, run.end - 2)
        name = surnames.name_at(folded, *stem, enough=SURE)
        if name and name.span == stem and stem.of(folded) not in load_places().by_name:
            yield stem
        return
    if not _NAME.fullmatch(words) and not re.fullmatch(f"[{HAN}]{{5,9}}", words):
        return
    cuts = {4: ((2, 2),), 5: ((3, 2), (2, 3)), 6: ((3, 3), (2, 2, 2)), 9: ((3, 3, 3),)}
    for lengths in cuts.get(len(words), ()) if "·" not in words else ():
        starts = [sum(lengths[:i]) for i in range(len(lengths))]
        if words[:2] not in surnames.compound and all(words[s] in surnames.common for s in starts):
            for start, length in zip(starts, lengths, strict=True):
                yield Span(run.start + start, run.start + start + length)
            return
    if len(words) <= 4 or "·" in words:
        yield run


def _sign(
    facts: ArticleFacts, text: str, names: list[tuple[str, Span]], outlet: Span | None
) -> ArticleFacts:
    if not names and not outlet:
        return facts
    known = dict(names)
    if facts.author and {a.value for a in facts.author} < known.keys():
        # 作者：苏中强 above, （记者 苏中强 陆威）in the dateline: the longer list holds the shorter
        read = {a.value: a for a in facts.author}
        author = tuple(
            replace(read[n], spans=(*read[n].spans, s)) if n in read else Fact(n, (s,), "byline")
            for n, s in known.items()
        )
    elif facts.author:
        author = tuple(
            replace(a, spans=(*a.spans, known[a.value])) if a.value in known else a
            for a in facts.author
        )
    else:
        author = tuple(Fact("".join(span.of(text).split()), (span,), "byline") for _, span in names)
    publisher = facts.publisher
    if outlet and not publisher:
        publisher = Fact(outlet.of(text), (outlet,), "dateline")
    elif outlet and publisher and publisher.value == outlet.of(text):
        publisher = replace(publisher, spans=(*publisher.spans, outlet))
    return replace(facts, author=author, publisher=publisher)
