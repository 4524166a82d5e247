"""What several articles say of one meeting in more words and in fewer: the fewer are let go.

Counts beside the names that were counted, cities in two roles, signatories in short and in full.
"""

import re
from typing import Any

from ccmeet.model.records import ParticipantRecord
from ccmeet.reading.claims import Claim, best_claim
from ccmeet.reading.telling import Sheets

_SEVERAL = re.compile("[、,，和与及]")


def settle_overlaps(sheets: Sheets) -> None:
    """Clear the sheets of what other claims on them say better."""
    for (kind, id), sheet in sheets.items():
        if kind == "meetings":
            _drop_counts(sheet.tree.get("participants", {}))
            for document in sheet.tree.get("documents", {}).values():
                _join_signatories(document.get("signatories", {}))
        elif kind == "series" and _both(sheet.tree):
            _part_roles(sheet.tree, _roles(sheets, id))


def _drop_counts(participants: dict[str, Any]) -> None:
    """“12个观察员城市” says no more, once twelve are named."""
    for key in [key for key, item in participants.items() if "count" in item]:
        role = participants[key]["role"][0].value
        named = [
            item
            for item in participants.values()
            if "city" in item and any(claim.value == role for claim in item["role"])
        ]
        if len(named) >= min(claim.value for claim in participants[key]["count"]):
            del participants[key]


def _join_signatories(signatories: dict[str, dict[str, list[Claim]]]) -> None:
    """四市 in one report and 四市市长 in another are one; in one report they are two."""
    for short in sorted(signatories, key=len):
        fuller = [
            name
            for name, item in signatories.items()
            if name.startswith(short)
            and name != short
            and not _SEVERAL.search(name[len(short) :])
            and not _articles(item) & _articles(signatories[short])
        ]
        if len(fuller) == 1:
            for field, claims in signatories.pop(short).items():
                signatories[fuller[0]].setdefault(field, []).extend(claims)


def _articles(item: dict[str, list[Claim]]) -> set[str]:
    return {place.article for claim in item["name"] for place in claim.evidence}


def _roles(sheets: Sheets, series: str) -> dict[str, set[str]]:
    """The roles that cities have in a series' meetings, differences settled."""
    roles: dict[str, set[str]] = {}
    for (kind, _), sheet in sheets.items():
        of = sheet.tree.get("series", ()) if kind == "meetings" else ()
        if any(claim.value == series for claim in of):
            for city, item in sheet.tree.get("participants", {}).items():
                role = best_claim(ParticipantRecord, "role", item["role"])
                roles.setdefault(city, set()).add(role.value)
    return roles


def _both(series: dict[str, Any]) -> list[str]:
    return [city for city in series.get("members", ()) if city in series.get("observers", ())]


def _part_roles(series: dict[str, Any], roles: dict[str, set[str]]) -> None:
    """A city that one report takes for a member and another for an observer is one of them."""
    for city in _both(series):
        held = roles.get(city, set())
        if held == {"observer"}:
            del series["members"][city]
        elif "observer" not in held:
            del series["observers"][city]
