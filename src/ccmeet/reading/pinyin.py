"""Chinese words as the ASCII that ids are made of: 交通互通 → jiaotong-hutong."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from ccmeet.lexicon.places import load_places
from ccmeet.text import HAN, fold

LIMIT = 80
"""An id's greatest length: with its folder and suffix it fits any file system and zip tool."""

_DISTRICT = re.compile(rf"[{HAN}]{{2,3}}?[区县旗](?!域)")
_TOKENS = re.compile(rf"[{HAN}]+|[0-9A-Za-z]+")

# Surnames that are read otherwise than the same character in running text.
_SURNAMES = dict(
    re.findall(
        r"(\w)=(\w+)",
        "单=shan 曾=zeng 解=xie 仇=qiu 区=ou 查=zha 朴=piao 盖=ge 覃=qin 员=yun 乐=yue 洗=xian "
        "种=chong 重=chong 秘=bi 折=she 黑=he 缪=miao 召=shao 翟=zhai 卜=bu 郇=xun 牟=mu 么=yao "
        "祭=zhai 隗=wei 薄=bo 阚=kan 乜=nie 句=gou 能=nai 参=shen 都=du 会=gui 繁=po",
    )
)
_COMPOUND = frozenset(
    re.findall(
        r"\w+",
        "欧阳 上官 司马 诸葛 皇甫 尉迟 公孙 慕容 长孙 宇文 司徒 令狐 夏侯 东方 南宫 端木 独孤 "
        "万俟 澹台 公羊 淳于 单于 申屠 太史 轩辕 钟离 呼延 鲜于 闾丘 司空 百里 第五 拓跋 完颜",
    )
)


def words_slug(text: str, room: int = LIMIT) -> str:
    """A title, label or name as hyphenated pinyin words of at most `room` characters.

    Too long a title loses words before its last one, which says what it is, and never a
    number: the year tells lists apart.
    A text without a letter, digit or character that has a reading gives "".
    """
    parts = list(_parts(text))
    while len("-".join(parts)) > room:
        if len(parts) == 1:
            return parts[0][:room]
        words = [i for i, part in enumerate(parts) if not part.isdigit()] or [len(parts) - 1]
        parts.pop(words[-2] if len(words) > 1 else words[0])
    return "-".join(parts)


def person_slug(name: str) -> str:
    """A person's name, surname first: 喻志军 → yu-zhijun, 欧阳明 → ouyang-ming."""
    folded = re.sub(r"\s+", "", fold(name))
    parts = re.split(r"[·.]", folded)
    if len(parts) == 1 and 2 <= len(folded) <= 4:
        cut = 2 if folded[:2] in _COMPOUND and len(folded) > 2 else 1
        surname = _SURNAMES.get(folded[:cut]) or _ascii(folded[:cut])
        return "-".join(filter(None, (surname, _ascii(folded[cut:]))))[:LIMIT]
    return "-".join(filter(None, map(_ascii, parts)))[:LIMIT].strip("-")


def place_slug(name: str) -> str:
    """A place that no gazetteer holds, in one word: 临江 → linjiang."""
    return _ascii(fold(name))[:LIMIT]


def _parts(text: str) -> Iterator[str]:
    previous = ""
    for token in _TOKENS.findall(fold(text)):
        for word in _cut(token):
            # 2024年 is the year 2024, in an id too.
            if not (word == "年" and previous.isdigit()):
                yield from filter(None, [_ascii(word)])
            previous = word


def _cut(run: str) -> Iterator[str]:
    """Known words by longest match; between them pairs, a lone last character with its pair."""
    if run.isascii():
        yield run
        return
    start = place = 0
    words, longest = _words()
    while place < len(run):
        word = next(
            (
                run[place : place + n]
                for n in range(longest, 0, -1)
                if run[place : place + n] in words
            ),
            "",
        )
        if word:
            yield from _pairs(run[start:place])
            yield word
            start = place = place + len(word)
            district = _DISTRICT.match(run, place) if word[-1] in "市州盟" else None
            if district and district[0][:-1] not in words:  # 武汉市合作区 is no district
                yield district[0]
                start = place = district.end()
        else:
            place += 1
    yield from _pairs(run[start:])


def _pairs(run: str) -> Iterable[str]:
    cuts = list(range(0, len(run) - (len(run) % 2 if len(run) > 1 else 0), 2))
    return [run[a:b] for a, b in zip(cuts, [*cuts[1:], len(run)], strict=True)] if run else []


@cache
def _words() -> tuple[dict[str, str], int]:
    lines = (files("ccmeet.reading") / "words.txt").read_text("utf-8").splitlines()
    pairs = (w.partition("=") for line in lines if not line.startswith("#") for w in line.split())
    words = {word: reading for word, _, reading in pairs}
    for name, place in load_places().by_name.items():
        if name == place.name:  # a short one may stand by chance: 河北 in 雪河北原
            words.setdefault(name, place.pinyin.replace("'", "").replace("ü", "yu"))
    return words, max(map(len, words))


def _ascii(word: str) -> str:
    """One word's letters and digits; a character without a reading gives its code point."""
    if word.isascii():
        return re.sub(r"[^0-9a-z]+", "", word.lower())
    known = _words()[0].get(word)
    if known:
        return known
    from pypinyin import lazy_pinyin  # 0.2 s to import, and only new things need an id

    # GB/T 28039—2011 writes ü as yu where the letter can't be set: Lyu.
    read = "".join(lazy_pinyin(word, v_to_u=True)).lower().replace("ü", "yu")
    return re.sub(
        r"[^0-9a-z]", lambda rest: f"u{ord(rest[0]):x}" if rest[0].isalpha() else "", read
    )
