"""Where sources differ: what the archive took, beside what others say, the words that differ."""

from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ccmeet.model.fact import Evidence
from ccmeet.showing.shown import Shown
from ccmeet.showing.view import Values, best


@dataclass(frozen=True, slots=True)
class Variant:
    """One of several values that sources give: the value with its mark, and who says so.

    `pieces` are the value's words, with whether each differs from what the other source has.
    """

    value: Shown
    pieces: tuple[tuple[str, bool], ...]
    by: str
    adopted: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field on which sources differ."""

    id: str
    label: str
    variants: tuple[Variant, ...]


def disputes_of(values: Values) -> tuple[Dispute, ...]:
    """Where sources disagree about a record: what it says, beside what others say."""
    view, found = values.view, []
    if not (paths := values.disputes()):
        return ()
    standing = values.standing()
    for number, path in enumerate(paths, 1):
        label = view.field_label(values.kind, path)
        own = values.extracted.evidence.get(path, ()) if values.extracted else ()
        variants = [_variant(values, path, standing[path], own, True)]
        others = values.candidates(path)
        variants += (_variant(values, path, o.value, o.evidence, False) for o in others)
        found.append(Dispute(f"d-{number}", label, _compared(variants)))
    return tuple(found)


def _compared(variants: list[Variant]) -> tuple[Variant, ...]:
    """Each variant with the words that differ from the adopted one (the adopted: from the next)."""
    texts = [variant.value.text for variant in variants]
    against = [texts[1] if len(texts) > 1 else texts[0], *(texts[0] for _ in texts[1:])]
    return tuple(
        replace(variant, pieces=_differences(text, other))
        for variant, text, other in zip(variants, texts, against, strict=True)
    )


_ALIKE = 0.5
"""Texts less alike than this differ as wholes: no word of them is picked out."""


def _differences(text: str, other: str) -> tuple[tuple[str, bool], ...]:
    matcher = SequenceMatcher(None, other, text, autojunk=False)
    if len(text) > 200 or matcher.ratio() < _ALIKE:
        return ((text, False),)
    steps = (step for step in matcher.get_opcodes() if step[3] < step[4])
    return tuple((text[step[3] : step[4]], step[0] != "equal") for step in steps)


def _variant(
    values: Values, path: str, value: object, evidence: tuple[Evidence, ...], adopted: bool
) -> Variant:
    view = values.view
    text = view.text_of(path, value)
    place = best(evidence)
    if place is None:
        return Variant(Shown(text), (), "", adopted)
    article = view.archive.articles.get(place.article)
    return Variant(
        Shown(text, None, values.told(place, view.field_label(values.kind, path), text)),
        (),
        view.cited(article) if article else "",
        adopted,
    )
