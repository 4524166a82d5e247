"""The evidence of a fact: its places as W3C selectors, with context where the words repeat."""

from collections.abc import Iterable
from typing import Any

from ccmeet.model.fact import Basis, Evidence, Fact
from ccmeet.text import Span

CONTEXT = 16
"""Code points of prefix and suffix: enough to tell two places apart, short enough to read."""


def evidence_at(
    span: Span, text: str, article: str, rule: str, basis: Basis = "stated", why: str = ""
) -> Evidence:
    """The evidence for one place of an article's text.

    `prefix` and `suffix` are given only where the same words stand elsewhere in it too.
    """
    return Evidence(
        article, span.start, span.end, span.of(text), rule, basis, why, *context_of(span, text)
    )


def context_of(span: Span, text: str) -> tuple[str, str]:
    """What stands before and after a place whose words stand elsewhere too; else nothing."""
    exact, (start, end) = text[span.start : span.end], span
    if not exact or (text.find(exact) == start and text.find(exact, start + 1) < 0):
        return "", ""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def evidence_of(fact: Fact[Any], text: str, article: str) -> tuple[Evidence, ...]:
    """The evidence of a fact, a place each, in the order the rule gave them."""
    return tuple(
        evidence_at(span, text, article, fact.rule, fact.basis, fact.why) for span in fact.spans
    )


def concluded(places: Iterable[Evidence], rule: str, why: str) -> tuple[Evidence, ...]:
    """The same places as the ground of a value that isn't printed there, but follows from it."""
    return tuple(
        Evidence(e.article, e.start, e.end, e.exact, rule, "inferred", why, e.prefix, e.suffix)
        for e in places
    )
