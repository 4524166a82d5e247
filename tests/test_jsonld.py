"""JSON-LD: right types, only what records say, and nothing that ends its script element."""

import json
from dataclasses import replace
from typing import Any

import pytest

from archives import ARCHIVE, make_hostile
from ccmeet.model.archive import Site
from ccmeet.model.records import TYPES, MeetingRecord
from ccmeet.showing.jsonld import dataset_data, home_data, record_data, script_json
from ccmeet.showing.relations import join_records

RELATIONS = join_records(ARCHIVE)


def node(kind: str, id: str, of: str) -> dict[str, Any]:
    graph: Any = record_data(ARCHIVE, RELATIONS, kind, id)["@graph"]
    return next(n for n in graph if n["@type"] == of)


def test_meeting() -> None:
    event = node("meetings", "jiangwan-2", "Event")
    assert event["startDate"] == "2031-05-03"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert [o["name"] for o in event["organizer"]] == ["东湾市"]
    assert [o["name"] for o in event["attendee"]] == ["西洲市"]
    assert event["superEvent"]["@type"] == "EventSeries"
    assert event["location"]["containedInPlace"]["name"] == "东湾市"
    assert event["workFeatured"][0]["@id"] == "../../documents/list-2031/index.html"


@pytest.mark.parametrize(
    ("state", "status"),
    [("announced", "EventScheduled"), ("postponed", "EventPostponed"), (None, None)],
)
def test_event_status(state: Any, status: str | None) -> None:
    archive = replace(ARCHIVE, meetings={"m": MeetingRecord(id="m", name="会", state=state)})
    graph: Any = record_data(archive, join_records(archive), "meetings", "m")["@graph"]
    assert graph[0].get("eventStatus") == (status and f"https://schema.org/{status}")


def test_only_direct_speech_is_a_quotation() -> None:
    said: Any = record_data(ARCHIVE, RELATIONS, "officials", "yi-dachuan")["@graph"]
    assert [n["@type"] for n in said] == ["Person", "Quotation"]
    assert said[1]["@id"].endswith("#q-1")
    paraphrased: Any = record_data(ARCHIVE, RELATIONS, "officials", "bing-mingyue")["@graph"]
    assert [n["@type"] for n in paraphrased] == ["Person"]
    assert paraphrased[0]["affiliation"][0]["@type"] == "GovernmentOrganization"


def test_nothing_unknown_is_said() -> None:
    event = node("meetings", "jiangwan-1", "Event")
    assert set(event) == {"@type", "@id", "name", "startDate", "superEvent"}
    assert event["startDate"] == "2029-11"
    assert set(node("cities", "nanpu", "City")) == {"@type", "@id", "name"}


def test_addresses_are_absolute_where_known() -> None:
    archive = replace(ARCHIVE, site=Site(base_url="https://example.org/r"))
    crumbs = (("首页", "index.html"), ("会商", "meetings/index.html"))
    graph: Any = record_data(archive, join_records(archive), "meetings", "jiangwan-2", crumbs)[
        "@graph"
    ]
    assert graph[0]["@id"] == "https://example.org/r/meetings/jiangwan-2/"
    assert graph[1]["itemListElement"][0]["item"] == "https://example.org/r/"
    assert "potentialAction" in json.dumps(home_data(archive))
    assert "potentialAction" not in json.dumps(home_data(ARCHIVE))


def test_dataset() -> None:
    data: Any = dataset_data(ARCHIVE, "data/index.html", "数据", [("data/cities.csv", "text/csv")])[
        "@graph"
    ]
    assert data[0]["temporalCoverage"] == "2029/2031"
    assert data[0]["distribution"][0]["contentUrl"] == "cities.csv"


def test_every_record_has_a_graph_and_hostile_ones_stay_inside() -> None:
    hostile = make_hostile(ARCHIVE)
    for archive in (ARCHIVE, hostile):
        for kind in TYPES:
            for id in archive.of(kind):
                data = record_data(archive, join_records(archive), kind, id)
                text = script_json(data)
                assert json.loads(text) == data
                assert not set("<>&\u2028\u2029") & set(text)
