"""Recall and precision, field by field, of what is read from articles with gold facts.

    python tests/scores/readings.py FOLDER [--misses]

FOLDER holds pairs NAME.txt and NAME.gold.yaml. A gold file has `article` (title, source, authors,
editor, published), `meeting` (series, edition, start, end, city, venue, format, theme, status),
`cities` (name, role), `documents` (title, status, signatories), `areas` (lists of labels),
`officials` (name, title, verb, org for the city, posts of organization and title, speech) and
`other_meetings` (edition). `speech` is null, one entry or a list of entries: mode, and text (or
first12 and last12, its outermost twelve characters). null says that the article doesn't tell; an
absent key is not scored. What `cities_optional`, `documents_optional` and `areas_optional` name
two careful readers could read or leave: it is neither hit nor miss. Host, member and province
count as one role. Half-width and full-width marks and blanks count as one, and marks at the ends
of speech don't count.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ccmeet.codec import load_data
from ccmeet.ingest import read_source
from ccmeet.model.fact import Fact
from ccmeet.model.reading import OfficialRead, Reading
from ccmeet.rules import read_article
from ccmeet.text import fold

Gold = Mapping[str, Any]
Facts = set[tuple[str, ...]]

_ROLES = {"host": "member", "province": "member"}
_ACTIONS = {"earlier": "cited", "referenced": "cited"}
_ARTICLE = {
    "title": "headline",
    "source": "publisher",
    "authors": "author",
    "editor": "editor",
    "published": "date_published",
}
_MEETING = {
    "series": "series",
    "edition": "edition",
    "start": "start_date",
    "end": "end_date",
    "city": "location",
    "venue": "venue",
    "format": "format",
    "theme": "theme",
    "status": "state",
}


class Score(NamedTuple):
    """Facts read right, missed and invented."""

    right: int
    missed: int
    wrong: int

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)


def score_folder(folder: Path, show_misses: bool = False) -> dict[str, Score]:
    """The score of each field over all pairs of a folder, fields in a fixed order."""
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for source in sorted(folder.glob("*.txt")):
        gold = load_data(source.with_suffix(".gold.yaml").read_text("utf-8"))
        reading = read_article(read_source(source.read_bytes(), source.name))
        for field, wanted, found in compare(gold, reading):
            right[field] += len(wanted & found)
            missed[field] += len(wanted - found)
            wrong[field] += len(found - wanted)
            if show_misses and wanted != found:
                less, more = sorted(wanted - found), sorted(found - wanted)
                print(f"{source.stem} {field}: missed {less}, wrong {more}")
    fields = dict.fromkeys([*right, *missed, *wrong])
    return {f: Score(right[f], missed[f], wrong[f]) for f in fields if right[f] + missed[f]}


def compare(gold: Gold, reading: Reading) -> Iterator[tuple[str, Facts, Facts]]:
    """By field the facts that are wanted and those that were read."""
    for key, name in _ARTICLE.items():
        if key in gold.get("article", {}):
            wanted = _facts(gold["article"][key])
            yield f"article {key}", wanted, _facts(_values(getattr(reading.article, name)))
    meeting = reading.meetings[0] if reading.meetings else None
    for key, name in _MEETING.items():
        if key in gold.get("meeting", {}):
            found = _values(getattr(meeting, name)) if meeting else []
            yield f"meeting {key}", _facts(gold["meeting"][key]), _facts(found)
    yield from _parts(gold, reading)


def _parts(gold: Gold, reading: Reading) -> Iterator[tuple[str, Facts, Facts]]:
    meeting = reading.meetings[0] if reading.meetings else None
    if "cities" in gold:
        wanted = {(_plain(c["name"]), _ROLES.get(c["role"], c["role"])) for c in gold["cities"]}
        found = {
            (_plain(p.city.value), _ROLES.get(p.role.value, p.role.value))
            for p in (meeting.participants if meeting else ())
            if p.city
        }
        yield "participants", wanted, _asked(found, wanted, gold.get("cities_optional"))
    if "documents" in gold:
        documents = meeting.documents if meeting else ()
        titles = {_plain(d["title"]): d for d in gold["documents"]}
        wanted = {(t, _ACTIONS.get(d["status"], d["status"])) for t, d in titles.items()}
        found = {(_plain(d.title.value), d.action.value) for d in documents}
        yield "documents", wanted, _asked(found, wanted, gold.get("documents_optional"))
        signed = {t: _names(d.get("signatories")) for t, d in titles.items()}
        wanted = {(t, name) for t, names in signed.items() for name in names}
        found = {
            (_plain(d.title.value), _plain(s.value))
            for d in documents
            for s in d.signatories
            if signed.get(_plain(d.title.value))
        }
        yield "signatories", wanted, found
    if "areas" in gold:
        areas = meeting.areas if meeting else ()
        labels = {(_plain(label),) for labels in gold["areas"] for label in labels}
        found = {(_plain(a.label.value),) for a in areas if a.label}
        yield "areas", labels, _asked(found, labels, gold.get("areas_optional"))
    yield from _people(gold, reading)
    if "other_meetings" in gold:
        editions = {(str(m["edition"]),) for m in gold["other_meetings"]}
        found = {(str(m.edition.value),) for m in reading.meetings[1:] if m.edition}
        yield "other meetings", editions, found


def _asked(found: Facts, wanted: Facts, optional: Any) -> Facts:
    """What was read, without what may be read or left."""
    free = set(_names(optional))
    return {fact for fact in found if fact in wanted or fact[0] not in free}


def _people(gold: Gold, reading: Reading) -> Iterator[tuple[str, Facts, Facts]]:
    if "officials" not in gold:
        return
    people, read = gold["officials"], reading.officials
    yield (
        "official names",
        {(_plain(o["name"]),) for o in people},
        {(_plain(o.name.value),) for o in read},
    )
    wanted = {(_plain(o["name"]), _plain(o["title"])) for o in people if "title" in o}
    untitled = {_plain(o["name"]) for o in people if "title" not in o}
    found = {(_plain(o.name.value), _plain("".join(_values(o.attribution_text)))) for o in read}
    found = {fact for fact in found if fact[0] not in untitled}
    yield "officials", wanted, found
    yield "official cities", *_of_each(people, reading, "org", lambda o: _values(o.city))
    yield "official posts", *_of_each(people, reading, "posts", _posts_of)
    verbs = [{**o, "verb": _first_verb(o)} if "verb" in o else o for o in people]
    yield "official verbs", *_of_each(verbs, reading, "verb", _verbs_of)
    yield from _speech(gold, reading)


def _of_each(
    people: Iterable[Gold],
    reading: Reading,
    key: str,
    values: Callable[[OfficialRead], list[str]],
) -> tuple[Facts, Facts]:
    """Values by name, of the officials for whom the gold has `key` and who were read."""
    given: dict[str, list[str]] = {}
    for official in people:
        if key in official:
            given.setdefault(_plain(official["name"]), []).extend(_gold_values(official[key]))
    read = {_plain(o.name.value): values(o) for o in reading.officials}
    wanted = {(name, value) for name in given.keys() & read.keys() for value in given[name]}
    found = {(n, _plain(value)) for n in given.keys() & read.keys() for value in read[n]}
    return wanted, found


def _gold_values(value: Any) -> list[str]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_plain(f"{p.get('organization') or ''}/{p['title']}") for p in value]
    return _names(value)


def _first_verb(official: Gold) -> Any:
    """The verb that a record holds: of what was said first, else of the act."""
    said = official.get("speech")
    first = said[0] if isinstance(said, list) and said else said
    return first.get("verb", official["verb"]) if isinstance(first, dict) else official["verb"]


def _posts_of(official: OfficialRead) -> list[str]:
    return ["/".join(["".join(_values(p.organization)), p.title.value]) for p in official.posts]


def _verbs_of(official: OfficialRead) -> list[str]:
    """The act, or the verb of what was said first."""
    return _values(official.verb) or [
        quote.verb.value for quote in official.quotes[:1] if quote.verb
    ]


def _speech(gold: Gold, reading: Reading) -> Iterator[tuple[str, Facts, Facts]]:
    """Who spoke how often in which mode, and the words from end to end."""
    said = [
        (_plain(o.name.value), q.mode.value, _bare(q.text.value))
        for o in reading.officials
        for q in o.quotes
    ]
    untold = {_plain(o["name"]) for o in gold["officials"] if not {"speech", "quote"} & o.keys()}
    said = [one for one in said if one[0] not in untold]
    told = list(_told(gold, said))
    yield "speaker and mode", _counted(told), _counted(said)
    yield "speech", {(name, words) for name, _, words in told}, {(s[0], s[2]) for s in said}


def _told(gold: Gold, said: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """The gold's speech: name, mode and words."""
    for official in gold["officials"]:
        given = official if "quote" in official else official.get("speech")
        for one in given if isinstance(given, list) else [given]:
            if not isinstance(one, dict):  # null
                continue
            words = _bare(one.get("text") or one.get("quote") or "") or _between(one, said)
            yield _plain(official["name"]), one["mode"], words
    for one in gold.get("further_speech_spans", ()):
        words = _between(one, said)
        name = next((name for name, _, found in said if found == words), "?")
        yield name, one.get("mode", "indirect"), words


def _between(one: Gold, said: list[tuple[str, str, str]]) -> str:
    """The words read that begin and end as the gold says; else the gold's ends."""
    first, last = _bare(one["first12"]), _bare(one["last12"])
    ends = ((first, last), (_plain(one["first12"]), _plain(one["last12"])))
    for start, end in ends:
        for _, _, words in said:
            if words.startswith(start) and words.endswith(end):
                return words
    return f"{first}…{last}"


def _counted(said: list[tuple[str, str, str]]) -> Facts:
    """Each pair of speaker and mode, numbered."""
    seen: Counter[tuple[str, str]] = Counter()
    pairs = set()
    for name, mode, _ in said:
        seen[name, mode] += 1
        pairs.add((name, mode, str(seen[name, mode])))
    return pairs


def _bare(words: str) -> str:
    return _plain(words).strip("“”，。：；、！？,.:;!?")


def _values(fact: Fact[Any] | tuple[Fact[Any], ...] | None) -> list[str]:
    facts = fact if isinstance(fact, tuple) else (fact,)
    return [str(each.value) for each in facts if each]


def _names(value: Any) -> list[str]:
    names = value if isinstance(value, list) else [value]
    return [_plain(name) for name in names if name not in (None, "", "null")]


def _facts(value: Any) -> Facts:
    return {(name,) for name in _names(value)}


def _plain(words: str) -> str:
    """Without blanks, marks of one width: so that ( and （ are no difference of reading."""
    wide = fold(words).translate(str.maketrans("，：；（）！？“”", ',:;()!?""'))
    return re.sub(",{2,}", ",", "".join(wide.split()))


def as_table(scores: Mapping[str, Score]) -> str:
    """A line a field: name, facts wanted, recall, precision."""
    lines = [
        f"{field:20} n={s.right + s.missed:3}  R {s.recall:.3f}  P {s.precision:.3f}"
        for field, s in scores.items()
    ]
    return "\n".join(lines)


def main(arguments: Iterable[str]) -> int:
    folders = [argument for argument in arguments if not argument.startswith("-")]
    if len(folders) != 1:
        print(__doc__)
        return 2
    print(as_table(score_folder(Path(folders[0]), "--misses" in arguments)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
