"""Who is named in a credit: authors and editors without their duties, outlets without reporters."""

import re
from collections.abc import Iterator

from ccmeet.lexicon.people import SURE, load_people
from ccmeet.text import HAN, Span

_DUTY = "通讯员|实习生|见习生|评论员|撰稿人|特约作者"
_REPORTER = (
    "(?:(?:全媒体|融媒体|融媒|新媒体|特派|首席|实习|见习|特约|驻站|文字|摄影|视频){0,3}记者)"
)
_NAME = (
    rf"(?:(?!(?:摄影|综合|采写)?报[道导])(?!(?:编辑|责编|摄影|图片|校对|来源|作者|通讯员|实习生|记者)[\s：/])"
    rf"(?:[{HAN}]{{2,9}}(?:·[{HAN}]{{1,8}}){{0,3}}|[{HAN}][ ]{{1,4}}[{HAN}](?![{HAN}])))"
)
_PART = re.compile(
    rf"(?<![{HAN}])[{HAN}][ ]{{1,4}}[{HAN}](?![{HAN}])|[^ \t、，,;；/|｜丨（）()\[\]【】&]+"
)
_BEFORE_NAME = re.compile(
    rf"(?:[^\s、，,;；/|｜丨（）()]{{0,16}}?{_REPORTER}|(?:实习|见习|责任)编辑|{_DUTY})[：:]?"
)
_NOBODY = re.compile(
    r".*(?:官方|下载|入口|登录|注册).*|.{2,14}(?:报[道导]|[部局委处厅科股室]|办公室|中心|公司|协会|[报网台站]|日报社|新闻|观察|频道|客户端)|佚名|未知|不详|匿名|无|暂无|[a-z][a-z\d_.]*|网络|互联网|转载|[\d:：.\s-]+",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"(?:摄影|摄像|图片|视频|视觉)记者[ ：:/]*.*|(?:摄影|图片|摄像|图|视频)[/：:|｜丨 ].*"
    r"|[（(][^（()）]*?摄[^（()）]*[）)]"
)
# Numbers of editors' accounts: 孔小鱼 SN226, 熊小八_NB33421
_ACCOUNT = re.compile(r"[ _]?[A-Z]{1,4}\d{2,8}\b|_[A-Za-z]\w{2,9}")
_MAX_NAME = 16


def find_names(folded: str, value: Span) -> Iterator[Span]:
    """The names in the value of an author's or editor's label, in order, without their duties.

    韩阳 实习生 李明 gives two, 红网时刻新闻记者 余雅琴 one, 蔡早勤汤华明 two, 佚名 none.
    """
    words = _PHOTO.sub(_blanks, value.of(folded))
    words = _ACCOUNT.sub(_blanks, words)
    words = _BEFORE_NAME.sub(_blanks, words)
    for part in _PART.finditer(words):
        if len(part[0]) <= _MAX_NAME and not _NOBODY.fullmatch(part[0]):
            yield from _split_run(folded, Span(*part.span()).shifted(value.start))


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _split_run(folded: str, run: Span) -> Iterator[Span]:
    """Names printed without a space between, where each begins with a surname: 蔡早勤汤华明."""
    start = run.start
    for length in _lengths(run.of(folded)) or (run.end - run.start,):
        yield Span(start, start + length)
        start += length


def _lengths(words: str) -> tuple[int, ...] | None:
    """How long the names are that make up a run of Han characters; None where it is not one."""
    if not words:
        return ()
    if not re.fullmatch(f"[{HAN}]{{2,12}}", words) or not load_people().surname_is_sure(words):
        return None
    double = words[:2] in load_people().compound
    for length in (3, 4) if double else (3, 2):
        if len(words) >= length and (rest := _lengths(words[length:])) is not None:
            return (length, *rest)
    return None


def is_person(folded: str, name: Span) -> bool:
    """Whether a name that stands alone is surely a person's."""
    found = load_people().name_at(folded, *name, enough=SURE)
    return found is not None and found.span == name


_SOURCE = re.compile(rf"(?P<outlet>.*?)(?:{_REPORTER}|[ ](?:{_DUTY}|作者))[ ：:/]*(?P<names>.*)")


def split_source(folded: str, value: Span) -> tuple[Span, Span | None]:
    """四川在线记者 王成栋: the outlet, and the stretch that holds the reporters if any."""
    found = _SOURCE.fullmatch(folded, *value)
    if not found or not found["names"]:
        return _unmarked(folded, value), None
    return _unmarked(folded, Span(*found.span("outlet"))), Span(*found.span("names"))


_CHANNEL = re.compile(rf"(?<=[网报社台])[-—－·][{HAN}]{{2,6}}频道\s*$")
"""人民网-某地频道: the outlet's page for a region."""


def _unmarked(folded: str, value: Span) -> Span:
    """Without the marks around it: 《湖南日报》."""
    channel = _CHANNEL.search(folded, *value)
    value = Span(value.start, channel.start()) if channel else value
    words = value.of(folded)
    left = len(words) - len(words.lstrip(" 《“【（"))
    return Span(value.start + left, value.start + len(words.rstrip(" 》”】）")))


_NEXT = rf"(?:[ 、，/]{{1,4}}(?:(?:{_REPORTER}|{_DUTY})[ ：:/]{{0,3}})?{_NAME})"
_BYLINE = re.compile(
    r"[□■◎●▲△◆○\s（(【\[〔]{0,4}(?:(?:文字|文图|图文|文/图|图/文|文)[/|｜丨：: ]{1,2})?"
    rf"(?P<outlet>[{HAN}A-Za-z·]{{0,12}}?)(?:/[{HAN}]{{2,6}}?)?[ ]{{0,4}}"
    rf"(?:{_REPORTER}|{_DUTY}|(?<![{HAN}])(?:图/文|文/图|图文|文图))[ ：:/|｜丨]{{0,3}}"
    rf"(?P<names>{_NAME}{_NEXT}{{0,9}})[ ]{{0,3}}"
    rf"(?:[、，]?(?:摄影|摄像|图片|视频|校对|统筹)[ ：:/]{{0,2}}{_NAME}{_NEXT}{{0,4}})?"
    rf"(?:文/?图|图/?文|文|采写|综合|(?:摄影|[/／]?[{HAN}]{{2,4}})?报[道导]|发自[{HAN}]{{2,6}})?"
    r"[）)】\]〕\s]{0,4}"
)
_OURS = frozenset({"本报", "本网", "本站", "本刊", "我台", "本台", "文", "图文"})


_SHOOTS = re.compile("摄影|图片|摄像|视频|[文]?图$")


def read_byline(folded: str, line: Span) -> tuple[Span | None, Span] | None:
    """A line that is a byline alone (四川在线记者 王成栋): outlet or None, and the names' stretch.

    At least one of the names must begin with a surname, unless all stands in a bracket: 记者
    现场直击 is a heading.
    """
    found = _BYLINE.fullmatch(folded, *line) if line.end - line.start <= 120 else None
    if not found or _SHOOTS.search(found["outlet"]):
        return None
    names = Span(*found.span("names"))
    people = load_people()
    firsts = [name.of(folded) for name in find_names(folded, names)]
    is_apart = folded[line.start] in "（【"
    if not is_apart and not any(
        people.surname_is_sure(n) or n[0] in people.wordlike for n in firsts
    ):
        return None
    outlet = found["outlet"]
    known = len(outlet) >= 2 and outlet not in _OURS
    return (Span(*found.span("outlet")) if known else None), names
