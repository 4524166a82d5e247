"""What machine-made mirrors add to a text: pinyin after characters, 長(zhǎng), doubled commas."""

import re

from ccmeet.text import HAN

_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_OPENS = rf"[（(](?<=[{HAN}].)"
_LETTERS = rf"[ ]?[a-zɡü{_TONED}]{{0,5}}[{_TONED}][a-zɡü{_TONED}]{{0,5}}[ ]?[)）]"
_GLOSS = re.compile(rf"{_OPENS}{_LETTERS}(?:[（(]{_LETTERS})*")
_SYLLABLE = (
    r"(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?"
    r"(?:i?ang?|i?ong|[eiu]ng?|uang?|[iu]an|iao|uai|[iuü]e|ai|ei|ao|ou|ia|iu|ua|uo|ui|er|[aoeiuvü])"
)
_TONELESS = re.compile(rf"{_OPENS}{_SYLLABLE}[)）]")
_BEFORE_MARK = re.compile(r"[,，]+(?=[，、。；：！？])")
_DOUBLED = re.compile(r"([，、,])\1+")
_PROVEN = 3  # glosses with tones show that a text is glossed
_LIKELY = 5  # so do as many without


def without_glosses(text: str) -> str:
    """The text without such pinyin, and with single commas; any other text as it is."""
    bare, glosses = _GLOSS.subn("", text)
    # The neutral tone (de, le) is written without a mark; some mirrors write none at all.
    toneless, others = _TONELESS.subn("", bare)
    if glosses >= _PROVEN or others >= _LIKELY:
        bare = _BEFORE_MARK.sub("", toneless)
    return _DOUBLED.sub(r"\1", bare)
