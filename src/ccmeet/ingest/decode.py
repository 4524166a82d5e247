"""Bytes to text: the marks at the front, strict UTF-8, then GB 18030, Big5 only where labelled.

Labels lie both ways (a `gb2312` page that is UTF-8, a `utf-8` page that is GBK), so a label is
believed only where it names Big5, and only if what comes out reads like Chinese. What can't be
decoded without loss, or was spoilt by someone before us, is refused: nobody would notice it later.
"""

import codecs
import re
from itertools import islice

from ccmeet.errors import SourceError
from ccmeet.text import HAN

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABEL = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w-]{1,20})", re.IGNORECASE)
_LABEL_WITHIN = 4096  # bytes; the HTML standard looks for a label in the first 1,024
_BIG5 = {"big5", "big5-hkscs", "big5hkscs", "big-5", "cp950", "x-x-big5"}

# The characters that come up most in Chinese news, in both scripts. They make up a third to a
# half of any article; of text decoded in a wrong way (鐨勪竴, 絏) hardly any.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下"
    "过产种面而方后多定行学法所民得经十三之进着等部度家力里化高自二理起小现实加量都两体制机当点"
    "从业本合市长省区城记者日月新展建共全重公政推开社书联协服务强前内外事平关各与将党委副领导"
    "這為個國時來們於對會發動過產種後學經進著裡現實體機當點從業長區記開書聯協務強關與將黨領導"
)
_HAN = re.compile(f"[{HAN}]")
_ENOUGH = 40  # Han characters below which a share says little
_ENOUGH_UNPROVEN = 8  # the same for bytes that any encoding may have meant
_SAMPLE = 1000  # Han characters that say enough
_PLAUSIBLE = 0.05

# UTF-8 read as Latin-1 or Windows-1252, and then saved: é•¿æ²™.
_AS_LATIN = re.compile(r"[\u00c3-\u00ef][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]")
_LOST = ("\ufffd", "锟斤拷", "烫烫烫", "屯屯屯", "\u00ef\u00bf\u00bd")


def decode(data: bytes) -> str:
    """The text of a file, without its byte order mark; nothing else is changed.

    Raises SourceError where the bytes are no text in any encoding that Chinese pages use, or
    where the text was spoilt before it was saved (mojibake).
    """
    text = _decoded(data)
    if "\0" in text:
        raise SourceError("the file is binary, no text", hint="Save the page as HTML or text.")
    lost = sum(map(text.count, _LOST))
    if lost * 1000 > len(text):
        raise SourceError(
            f"characters were lost before this file was saved ({lost} places such as U+FFFD)",
            hint="Save the page again, as UTF-8 or as the site sends it.",
        )
    if _is_latinised(text) or not _reads_well(text):
        raise SourceError(
            "the text is mojibake: it was once decoded in the wrong way and then saved",
            hint="Save the page again, as UTF-8 or as the site sends it.",
        )
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        broken_at = problem.start
    candidates = [text for text in (_or_none(data, e) for e in _legacy(data)) if text]
    best = max(candidates, key=_frequency, default="")
    if not best or not _reads_well(best, _ENOUGH_UNPROVEN):
        raise SourceError(
            f"the bytes are neither UTF-8 (broken at byte {broken_at}) nor GB 18030 nor Big5",
            hint="Save the page again, as UTF-8 or as the site sends it.",
        )
    return best


def _legacy(data: bytes) -> tuple[str, ...]:
    label = _LABEL.search(data, 0, _LABEL_WITHIN)
    named_big5 = label is not None and label[1].decode("ascii", "replace").lower() in _BIG5
    return ("big5hkscs", "gb18030") if named_big5 else ("gb18030",)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise SourceError(
            f"the file says it is {encoding}, but byte {problem.start} is not",
            hint="Save the page again, as UTF-8 or as the site sends it.",
        ) from problem


def _or_none(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_latinised(text: str) -> bool:
    """Whether pairs of Latin letters stand where Chinese characters should."""
    pairs = len(_AS_LATIN.findall(text))
    return pairs > 20 and pairs > len(_HAN.findall(text))


def _frequency(text: str) -> float:
    """The share of frequent characters among the first Han characters of a text."""
    han = [found[0] for found in islice(_HAN.finditer(text), _SAMPLE)]
    return sum(map(_FREQUENT.__contains__, han)) / len(han) if han else 0.0


def _reads_well(text: str, enough: int = _ENOUGH) -> bool:
    """Whether a text with enough Han characters in it to tell looks like Chinese."""
    frequent = filter(_FREQUENT.__contains__, text[:_SAMPLE])
    if next(islice(frequent, int(_PLAUSIBLE * _SAMPLE) - 1, None), None):
        return True  # so many, whatever the share of a full sample
    found = sum(1 for _ in islice(_HAN.finditer(text), enough))
    return found < enough or _frequency(text) >= _PLAUSIBLE
