"""Many words as one regular expression that is quick: a tree of their beginnings.

`one_of` is for a pattern that is searched for, `one_here` for one that is tried at a place, and
`sought` for one that is searched for but doesn't open with its words alone.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Tree = dict[str, "Tree"]
_END = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """A pattern that begins with one of some words, and is tried only where their first two
    characters stand. Else it is a pattern like any other; no match of it is empty.

    By itself `re` jumps to a first character only where nothing goes before it in the pattern:
    behind (?<!的) or in a group it tries each place.
    """

    pattern: re.Pattern[str]
    opening: re.Pattern[str]
    openings: frozenset[str]

    def match(self, folded: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.pattern.match(folded, start, end)

    def search(self, folded: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return next(self.finditer(folded, start, end), None)

    def finditer(self, folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
        openings, match = self.openings, self.pattern.match
        for opener in self.opening.finditer(folded, start, end):
            place = opener.start()
            if place < start or not (
                folded[place : place + 2] in openings or opener[0] in openings
            ):
                continue
            if found := match(folded, place, end):
                yield found
                start = found.end()


def sought(pattern: str, words: Iterable[str]) -> Sought:
    """What is sought by a pattern that begins, after any look behind, with one of `words`.

    The words are all that it may begin with, or parts of the text go unread.
    """
    openings = frozenset(word[:2] for word in words)
    firsts, seconds = {word[0] for word in openings}, {word[1] for word in openings if word[1:]}
    alone = {word for word in openings if not word[1:]}
    goes_on = [f"(?={_any_of(seconds)})"] if seconds else []
    goes_on += [f"(?<={_any_of(alone)})"] if alone else []
    opening = f"{_any_of(firsts)}(?:{'|'.join(goes_on)})"
    return Sought(re.compile(pattern), re.compile(opening), openings)


def _any_of(signs: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(signs)))}]"


def one_of(words: Iterable[str]) -> str:
    """A pattern (no group of its own) that matches the longest of `words` at a place.

    A plain a|b|c tries each word at each place; a tree tries one character. A search for it goes
    from one first character of a word to the next. Raises ValueError for no words at all, since
    an empty pattern would match everywhere.
    """
    tree: Tree = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = {}
    if not tree or _END in tree:
        raise ValueError("a pattern needs words, and no empty one")
    return _pattern(tree, is_root=True)


def one_here(words: Iterable[str]) -> str:
    """`one_of` for a pattern that is tried at a given place, where most often no word stands.

    Its first character alone refuses a place; but a search for it would go place by place.
    """
    words = list(words)
    return f"(?={_any_of({word[0] for word in words})}){one_of(words)}"


def _pattern(tree: Tree, is_root: bool = False) -> str:
    leaves = [char for char, rest in tree.items() if char and set(rest) == {_END}]
    branches = [
        re.escape(char) + _pattern(rest)
        for char, rest in tree.items()
        if char and set(rest) != {_END}
    ]
    if len(leaves) == 1 or is_root:  # only a|b, not [ab], tells re where a search may go on
        branches += map(re.escape, leaves)
    elif leaves:
        branches.append("[" + "".join(map(re.escape, leaves)) + "]")
    pattern = branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"
    return f"(?:{pattern})?" if _END in tree else pattern
