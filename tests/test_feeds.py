"""Atom feeds and calendars: valid, dated by records, hostile words kept as words."""

from dataclasses import replace
from xml.etree import ElementTree

from archives import ARCHIVE, make_hostile
from ccmeet.model.archive import Archive, Site
from ccmeet.model.records import ArticleRecord, MeetingRecord
from ccmeet.partialdate import PartialDate
from ccmeet.showing.calendar import calendar_files
from ccmeet.showing.feeds import NEWEST, feed_files

ATOM = "{http://www.w3.org/2005/Atom}"
BASED = replace(ARCHIVE, site=replace(ARCHIVE.site, base_url="https://example.org/r/"))


def feed(archive: Archive, path: str = "feeds/all.xml") -> ElementTree.Element:
    return ElementTree.fromstring(feed_files(archive)[path])


def texts(root: ElementTree.Element, path: str) -> list[str]:
    return [e.text or "" for e in root.findall("/".join(ATOM + p for p in path.split("/")))]


def links(root: ElementTree.Element, rel: str) -> list[str]:
    return [e.attrib["href"] for e in root.iter(f"{ATOM}link") if e.attrib["rel"] == rel]


def test_everything_newest_first() -> None:
    root = feed(ARCHIVE)
    assert texts(root, "entry/title") == [
        "江湾三城会商 携手绘新图", "江湾三城第二届会商会", "江湾三城2031年合作清单", "第一届会商会",
    ]  # fmt: skip
    assert texts(root, "updated") == ["2031-05-04T00:00:00+08:00"]
    assert texts(root, "entry/updated")[-1] == "2029-11-01T00:00:00+08:00"
    assert texts(root, "entry/author/name") == ["甲晓文"]


def test_links_are_relative_without_base_and_absolute_with() -> None:
    assert links(feed(ARCHIVE), "alternate")[:2] == [
        "../index.html", "../articles/jiangan-1/index.html",
    ]  # fmt: skip
    assert links(feed(ARCHIVE), "self") == []
    assert links(feed(BASED), "self") == ["https://example.org/r/feeds/all.xml"]
    assert links(feed(BASED), "alternate")[1] == "https://example.org/r/articles/jiangan-1/"
    assert links(feed(BASED), "via") == ["https://news.example.cn/1.html"]


def test_ids_are_unique_and_last() -> None:
    for archive in (ARCHIVE, BASED):
        ids = [e.text or "" for root in map(ElementTree.fromstring, feed_files(archive).values())
               for e in root.findall(f"{ATOM}id")]  # fmt: skip
        assert len(set(ids)) == len(ids)
        assert all(id.startswith(("urn:uuid:", "https://")) for id in ids)
        inside = texts(feed(archive), "entry/id")
        assert len(set(inside)) == len(inside)
    longer = replace(ARCHIVE, articles={**ARCHIVE.articles, "zz": ArticleRecord(id="zz")})
    assert texts(feed(longer), "entry/id") == texts(feed(ARCHIVE), "entry/id")


def test_a_city_and_its_officials() -> None:
    root = feed(ARCHIVE, "feeds/cities/xizhou.xml")
    assert "丙明月：江湾三城第二届会商会" in texts(root, "entry/title")
    assert "乙大川：江湾三城第二届会商会" not in texts(root, "entry/title")
    assert texts(feed(ARCHIVE, "feeds/cities/nanpu.xml"), "entry/title") == []
    assert texts(feed(ARCHIVE, "feeds/cities/nanpu.xml"), "updated") == ["1970-01-01T00:00:00Z"]


def test_only_direct_speech_stands_in_marks() -> None:
    direct = texts(feed(ARCHIVE, "feeds/officials/yi-dachuan.xml"), "entry/summary")
    assert direct == ["乙大川说：“我们愿与西洲一道,把GDP之外的账也算清。”"]
    indirect = texts(feed(ARCHIVE, "feeds/officials/bing-mingyue.xml"), "entry/summary")
    assert indirect == ["丙明月表示：西洲將深化協作。"]
    assert links(feed(ARCHIVE, "feeds/officials/yi-dachuan.xml"), "alternate")[1].endswith("#q-1")


def test_drafts_stay_at_home_and_long_feeds_are_cut() -> None:
    drafts = replace(ARCHIVE, articles={"a": ArticleRecord(
        id="a", headline="草稿", date_published=PartialDate(2032), status="draft")})  # fmt: skip
    assert "草稿" not in texts(feed(drafts), "entry/title")
    day = PartialDate(2031, 1, 1)
    many = {f"a{n:03}": ArticleRecord(id=f"a{n:03}", date_published=day) for n in range(NEWEST * 2)}
    assert len(texts(feed(replace(ARCHIVE, articles=many)), "entry/title")) == NEWEST


def test_hostile_words_stay_words() -> None:
    hostile = replace(
        make_hostile(ARCHIVE), site=Site(title="a\x00\ud800<b>", publisher="]]>&", base_url=None)
    )
    for content in feed_files(hostile).values():
        root = ElementTree.fromstring(content)
        assert {e.tag for e in root.iter()} <= {
            ATOM + t for t in ("feed", "id", "title", "updated", "author", "name", "generator",
                               "link", "entry", "summary")
        }  # fmt: skip


def test_calendar() -> None:
    text = calendar_files(BASED)["feeds/meetings.ics"].decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    plain = text.replace("\r\n ", "")
    assert plain.count("BEGIN:VEVENT") == 1  # the first edition's day isn't known
    assert "DTSTART;VALUE=DATE:20310503\r\nDTEND;VALUE=DATE:20310504\r\n" in plain
    assert "LOCATION:东湾市 湾心会堂\r\n" in plain
    assert "UID:jiangwan-2@example.org\r\n" in plain
    assert "URL:https://example.org/r/meetings/jiangwan-2/\r\n" in plain
    assert calendar_files(ARCHIVE).keys() == {"feeds/meetings.ics", "feeds/series/jiangwan.ics"}


def test_calendar_lines_are_short_and_whole() -> None:
    meeting = MeetingRecord(
        id="m",
        name="\ud800长；名,\\" + "会" * 80 + "\r\nEND:VEVENT\r\nBEGIN:VALARM",
        start_date=PartialDate(9999, 12, 31),
        end_date=PartialDate(2031),
        state="postponed",
    )
    content = calendar_files(replace(ARCHIVE, meetings={"m": meeting}))["feeds/meetings.ics"]
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert [line.decode() for line in lines if line.startswith(b"END:VEVENT")] == ["END:VEVENT"]
    plain = content.decode().replace("\r\n ", "")
    assert "SUMMARY:长；名\\,\\\\会" in plain
    assert "STATUS:TENTATIVE" in plain
    assert "DTEND" not in plain
