"""A fact and its evidence: a value, the words it was read from, and the rule that read it.

Evidence follows the W3C Web Annotation model (TextPositionSelector and TextQuoteSelector).
The invariant, for each: `article.text[start:end] == exact`.
"""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from ccmeet.text import Span

Basis = Literal["stated", "inferred"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read: code points [start, end) of an article's text, and the words there.

    `why` says how a value was concluded that is not printed as such (basis `inferred`).
    """

    article: str
    start: int
    end: int
    exact: str
    rule: str
    basis: Basis = "stated"
    why: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """What a rule read: a value, as printed where it is text, and the places it stands at.

    `others` are further values that the same words allow; a person chooses.
    """

    value: T
    spans: tuple[Span, ...]
    rule: str
    basis: Basis = "stated"
    why: str = ""
    others: tuple[T, ...] = ()

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError(f"{self.rule}: a fact needs the words it was read from")
        if self.basis == "inferred" and not self.why:
            raise ValueError(f"{self.rule}: an inferred value needs its why")
