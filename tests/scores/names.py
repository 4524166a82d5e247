"""Recall and precision of people's names on sentences with gold spans (a JSON-lines file).

    python tests/scores/names.py FILE [--misses]

Each line holds `text` and half-open spans `names` (all people), `titled` (those beside a post or a
body) and `government` (bodies of government). Recall is over titled names of two to four Han
characters, precision over all names found. No such file is kept here: sentences have owners.
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ccmeet.lexicon.names import find_names
from ccmeet.text import HAN, Span, fold

_NAME = re.compile(f"[{HAN}]{{2,4}}")


def score(rows: Iterable[dict[str, Any]], show_misses: bool = False) -> str:
    """One line of figures for the rows that hold a titled name."""
    right = missed = wrong = sentences = 0
    for row in rows:
        text = row["text"]
        gold = {tuple(span) for span in row["titled"] if _NAME.fullmatch(text[slice(*span)])}
        if not gold:
            continue
        sentences += 1
        found = {tuple(name) for name in find_names(fold(text), Span(0, len(text)))}
        found = {span for span in found if _NAME.fullmatch(text[slice(*span)])}
        misses, inventions = gold - found, found - {tuple(span) for span in row["names"]}
        right, missed, wrong = (
            right + len(gold & found),
            missed + len(misses),
            wrong + len(inventions),
        )
        if show_misses and (misses or inventions):
            names = [[text[slice(*span)] for span in sorted(some)] for some in (misses, inventions)]
            print(f"{text}\n    missed {names[0]}, wrong {names[1]}")
    recall = right / max(1, right + missed)
    precision = right / max(1, right + wrong)
    return f"{sentences} sentences, {right + missed} names: R {recall:.3f} P {precision:.3f}"


def main(arguments: list[str]) -> int:
    files = [argument for argument in arguments if not argument.startswith("-")]
    if len(files) != 1:
        print(__doc__)
        return 2
    lines = Path(files[0]).read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    shows = "--misses" in arguments
    print("with a government body:", score((row for row in rows if row["government"]), shows))
    print("without one:           ", score((row for row in rows if not row["government"]), shows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
