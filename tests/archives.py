"""A small invented archive that the tests of the showing half share, and a hostile one."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from ccmeet.model.archive import Archive, Candidate, Extracted, Site
from ccmeet.model.article import Block
from ccmeet.model.fact import Evidence
from ccmeet.model.records import (
    AreaRecord,
    ArticleRecord,
    CityRecord,
    DocumentRecord,
    MeetingArea,
    MeetingDocument,
    MeetingRecord,
    OfficialRecord,
    ParticipantRecord,
    Position,
    Post,
    Progress,
    Quote,
    SeriesRecord,
    Signatory,
    Source,
    SourceFile,
)
from ccmeet.partialdate import PartialDate

LINES = (
    ("headline", "江湾三城会商 携手绘新图"),
    ("dateline", "江岸网5月4日讯(记者 甲晓文)5月3日,江湾三城第二届会商会在东湾召开。"),
    ("heading", "两项协议 共建通道"),
    ("paragraph", "会上签署《江湾三城2031年合作清单》,在交通联通、生态共治两方面合作。"),
    ("paragraph", "东湾市副市长乙大川说:“我们愿与西洲一道,把GDP之外的账也算清。”"),
    ("paragraph", "西洲市发改委主任丙明月表示,西洲將深化協作。"),
    ("notice", "转载请注明出处。"),
)


def _article_text(after: str = "") -> tuple[str, tuple[Block, ...]]:
    text, blocks = "", []
    for kind, line in LINES:
        line += after
        blocks.append(Block(kind, len(text), len(text) + len(line)))  # type: ignore[arg-type]
        text += line + "\n\n"
    return text, tuple(blocks)


TEXT, BLOCKS = _article_text()


def _evidence(words: str, rule: str = "test") -> tuple[Evidence, ...]:
    start = TEXT.index(words)
    return (Evidence("jiangan-1", start, start + len(words), words, rule),)


ARTICLE = ArticleRecord(
    id="jiangan-1",
    headline=LINES[0][1],
    url="https://news.example.cn/1.html",
    publisher="江岸网",
    author=("甲晓文",),
    date_published=PartialDate(2031, 5, 4),
    notice="转载请注明出处。",
    source=SourceFile(file="content/articles/jiangan-1.txt", sha256="0" * 64),
)
MEETING = MeetingRecord(
    id="jiangwan-2",
    name="江湾三城第二届会商会",
    series="jiangwan",
    edition=2,
    start_date=PartialDate(2031, 5, 3),
    end_date=PartialDate(2031, 5, 3),
    location="dongwan",
    venue="湾心会堂",
    format="in-person",
    state="held",
    theme="携手绘新图",
    participants=(
        ParticipantRecord(city="dongwan", role="host"),
        ParticipantRecord(city="xizhou", role="member"),
        ParticipantRecord(role="observer", count=3),
    ),
    areas=(
        MeetingArea(area="traffic", label="交通联通", items=("共建通道", "互认车票")),
        MeetingArea(area="ecology", label="生态共治"),
    ),
    documents=(
        MeetingDocument(
            document="list-2031", action="signed", signatories=(Signatory(name="三城市长"),)
        ),
    ),
    progress=(Progress(area="traffic", label="交通联通", text="通道开工。"),),
    refers_to=("jiangwan-1",),
    sources=("jiangan-1",),
)
ARCHIVE = Archive(
    site=Site(title="测试档案", description="测试用。", publisher="测试编辑部"),
    articles={"jiangan-1": ARTICLE},
    series={
        "jiangwan": SeriesRecord(
            id="jiangwan", name="江湾三城会商会", members=("dongwan", "xizhou", "nanpu")
        )
    },
    meetings={
        "jiangwan-1": MeetingRecord(
            id="jiangwan-1",
            name="第一届会商会",
            series="jiangwan",
            edition=1,
            start_date=PartialDate(2029, 11),
            sources=(Source(url="https://old.example.cn/9", title="旧闻", publisher="旧报"),),
        ),
        "jiangwan-2": MEETING,
    },
    cities={
        "dongwan": CityRecord(
            id="dongwan",
            name="东湾市",
            other_names=("东湾",),
            identifier="990100",
            province="江南省",
            pinyin="Dongwan",
            position=Position(longitude=113.0, latitude=28.2),
        ),
        "nanpu": CityRecord(id="nanpu", name="南浦市"),
        "xizhou": CityRecord(id="xizhou", name="西洲市", other_names=("西洲",)),
    },
    areas={
        "ecology": AreaRecord(id="ecology", label="生态共治"),
        "traffic": AreaRecord(id="traffic", label="交通联通", other_labels=("交通互联",)),
    },
    documents={
        "list-2031": DocumentRecord(
            id="list-2031",
            name="江湾三城2031年合作清单",
            classification="清单",
            period="2031",
            date=PartialDate(2031, 5, 3),
            meeting="jiangwan-2",
        )
    },
    officials={
        "bing-mingyue": OfficialRecord(
            id="bing-mingyue",
            name="丙明月",
            posts=(Post(organization="西洲市发改委", title="主任", city="xizhou"),),
            quotes=(
                Quote(
                    id="q-1",
                    meeting="jiangwan-2",
                    article="jiangan-1",
                    mode="indirect",
                    verb="表示",
                    text="西洲將深化協作。",
                ),
            ),
        ),
        "yi-dachuan": OfficialRecord(
            id="yi-dachuan",
            name="乙大川",
            posts=(Post(title="副市长", city="dongwan"),),
            quotes=(
                Quote(
                    id="q-1",
                    meeting="jiangwan-2",
                    article="jiangan-1",
                    mode="direct",
                    verb="说",
                    text="我们愿与西洲一道,把GDP之外的账也算清。",
                ),
            ),
        ),
    },
    extracted={
        "articles": {
            "jiangan-1": Extracted(
                ARTICLE,
                {"headline": _evidence("江湾三城会商 携手绘新图")},
                text=TEXT,
                blocks=BLOCKS,
            )
        },
        "meetings": {
            "jiangwan-2": Extracted(
                MEETING,
                {
                    "name": _evidence("江湾三城第二届会商会"),
                    "theme": _evidence("携手绘新图"),
                },
            )
        },
    },
)

HOSTILE = (
    '</script><script>hostile()</script><img src=x onerror="hostile()">'
    "<!--\"'>`${hostile()}&lt;\\\u2028]]>{{7*7}}=1+1"
)


def make_hostile(value: Any, keep: frozenset[str] = frozenset({"id", "identifier"})) -> Any:
    """The same archive with hostile words in every free text of every record."""
    if isinstance(value, Archive):
        kinds = ("articles", "series", "meetings", "cities", "areas", "documents", "officials")
        changed = {
            kind: {id: make_hostile(record) for id, record in value.of(kind).items()}
            for kind in kinds
        }
        site = replace(value.site, title="标题" + HOSTILE, description=HOSTILE, publisher=HOSTILE)
        extracted = {
            kind: {id: _hostile_reading(each, changed[kind][id]) for id, each in every.items()}
            for kind, every in value.extracted.items()
        }
        pages = {"about": f"# {HOSTILE}\n\n{HOSTILE} [link](javascript:hostile())\n"}
        return replace(value, site=site, extracted=extracted, pages=pages, **changed)
    refs = {"series", "location", "meeting", "previous", "article", "broader", "area", "document"}
    settled = {"role", "state", "format", "mode", "action", "status", "city", "official", "url"}
    changes: dict[str, Any] = {}
    for spec in fields(value):
        old = getattr(value, spec.name)
        if spec.name in keep | refs | settled or "ref" in spec.metadata or spec.name == "sources":
            continue
        if isinstance(old, str):
            changes[spec.name] = old + HOSTILE
        elif isinstance(old, tuple):
            changes[spec.name] = tuple(
                make_hostile(i) if is_dataclass(i) else f"{i}{HOSTILE}" for i in old
            )
    return replace(value, **changes)


def _hostile_reading(read: Extracted, record: Any) -> Extracted:
    """What was read for a hostile record: the text, reasons and other values hostile as well."""
    text, blocks = _article_text(HOSTILE)
    proofs = {
        path: tuple(_hostile_evidence(text, one, path != "theme") for one in found)
        for path, found in read.evidence.items()
    }
    others = {
        path: (Candidate(f"另{HOSTILE}", found),)
        for path, found in proofs.items()
        if path != "headline"
    }
    was = replace(record, theme=f"旧{HOSTILE}") if isinstance(record, MeetingRecord) else record
    return Extracted(was, proofs, others, text if read.text else "", blocks if read.text else ())


def _hostile_evidence(text: str, old: Evidence, is_inferred: bool) -> Evidence:
    start = text.index(old.exact)
    exact = old.exact + HOSTILE if text.startswith(HOSTILE, start + len(old.exact)) else old.exact
    basis = ("inferred", HOSTILE) if is_inferred else ("stated", "")
    return Evidence("jiangan-1", start, start + len(exact), exact, HOSTILE, *basis)
