"""An official's page: every quote in its context, the posts as reported, who else spoke."""

from dataclasses import dataclass
from operator import itemgetter
from typing import ClassVar

from ccmeet.model.records import MeetingRecord, OfficialRecord, keyed
from ccmeet.showing.addresses import page_of
from ccmeet.showing.citation import Citation, cite_page
from ccmeet.showing.markdown import Html, to_html
from ccmeet.showing.pages.disputes import Dispute, disputes_of
from ccmeet.showing.pages.frame import (
    Entry,
    Fact,
    Frame,
    SourceRow,
    articles_of,
    make_frame,
    make_head,
    source_rows,
)
from ccmeet.showing.pages.lines import series_line
from ccmeet.showing.pages.speech import (
    PostRow,
    Quoted,
    as_of,
    cities_shown,
    post_rows,
    posts_line,
    posts_shown,
    quotes_of,
)
from ccmeet.showing.pictures import State, Timeline
from ccmeet.showing.relations import Said
from ccmeet.showing.shown import Shown, gather
from ccmeet.showing.view import Values, View


@dataclass(frozen=True, slots=True)
class OfficialPage:
    """`said` runs from the latest quote to the first; `peers` are others quoted at the latest
    meeting."""

    TEMPLATE: ClassVar[str] = "official.html"
    path: str
    frame: Frame
    title: str
    name: Shown
    cities: tuple[Shown, ...]
    posts_now: tuple[Shown, ...]
    as_of: tuple[str | Shown, ...]
    facts: tuple[Fact, ...]
    said: tuple[Quoted, ...]
    posts: tuple[PostRow, ...]
    timeline: Timeline | None
    peers: tuple[Quoted, ...]
    disputes: tuple[Dispute, ...]
    sources: tuple[SourceRow, ...]
    note: Html
    citation: Citation
    toc: tuple[Entry, ...]


_PEERS = 6


def official_page(view: View, official: OfficialRecord, jsonld: str | None = None) -> OfficialPage:
    """The page of one official."""
    path = page_of("officials", official.id)
    view = view.at(path)
    words, values = view.words, view.values("officials", official)
    name = view.name("officials", official.id)
    own = [Said(official, quote, quote.id or "") for quote in official.quotes if quote.text]
    said = tuple(sorted(
        quotes_of(view, own), key=lambda q: q.date.text if q.date else "", reverse=True
    ))  # fmt: skip
    meetings = tuple(dict.fromkeys(q.meeting for q in official.quotes if q.meeting))
    peers = _peers(view, official, meetings)
    timeline = _timeline(view, name, meetings)
    disputes = disputes_of(values)
    citation = cite_page(name, view.archive.site, path)
    post = posts_line(view, official)
    head = make_head(view, path, name, words("list.comma").join(filter(None, (name, post))),
                     citation=citation, jsonld=jsonld)  # fmt: skip
    articles = (*articles_of(official), *(q.article for q in official.quotes if q.article))
    posts = post_rows(view, values, official.posts)
    sections = (("said", True), ("posts", posts), ("disputed", disputes), ("line", timeline),
                ("peers", peers), ("src", True), ("cite", True))  # fmt: skip
    return OfficialPage(
        path=path,
        frame=make_frame(view, head, "officials", articles),
        title=name,
        name=values.shown(("name",), official.name) or Shown(name),
        cities=cities_shown(values, official),
        posts_now=posts_shown(values, official),
        as_of=_as_of(values, official),
        facts=_facts(view, official, said, meetings),
        said=said,
        posts=posts,
        timeline=timeline,
        peers=peers,
        disputes=disputes,
        sources=source_rows(view, official.sources),
        note=to_html(official.note or "", view.root),
        citation=citation,
        toc=tuple(Entry(id, words(f"section.{id}")) for id, there in sections if there),
    )


def _facts(
    view: View, official: OfficialRecord, said: tuple[Quoted, ...], meetings: tuple[str, ...]
) -> tuple[Fact, ...]:
    words = view.words
    direct = sum(quote.direct for quote in said)
    facts = [
        Fact(words("fact.quotes"), (Shown(words("count.quotes", n=len(said)), "#said"),)),
        Fact(words("fact.direct"), (Shown(words("count.quotes", n=direct), "#said"),)),
    ]
    values = view.values("officials", official)
    names = gather(values.shown(("other_names", k), name)
                   for k, name in keyed("", official.other_names))  # fmt: skip
    if names:
        facts.insert(0, Fact(words("fact.other_names"), names))
    found = [view.archive.meetings[id] for id in meetings if id in view.archive.meetings]
    links = [view.link("meetings", m.id) for m in found]
    if links:
        facts.append(Fact(words("fact.seen_at"), tuple(Shown(k.text, k.href) for k in links)))
    return tuple(facts)


def _as_of(values: Values, official: OfficialRecord) -> tuple[str | Shown, ...]:
    """The day of the report that the latest posts are from, in words."""
    dated = [
        (str(post.as_of), as_of(values, key, post))
        for key, post in keyed("organization+title", official.posts)
        if post.as_of
    ]
    latest = max(dated, key=itemgetter(0), default=("", None))[1]
    return values.view.words.fill("official.as_of", date=latest) if latest else ()


def _peers(view: View, official: OfficialRecord, meetings: tuple[str, ...]) -> tuple[Quoted, ...]:
    found = [view.archive.meetings[id] for id in meetings if id in view.archive.meetings]
    if not found:
        return ()
    latest = max(found, key=lambda m: str(m.start_date or ""))
    others = view.relations.meeting_said.get(latest.id, ())
    return quotes_of(view, [s for s in others if s.official.id != official.id][:_PEERS])


def _timeline(view: View, name: str, meetings: tuple[str, ...]) -> Timeline | None:
    """The quotes in time, where they belong to a series with more than one edition."""
    spoken = set(meetings)
    series = next(
        (m.series for id in meetings if (m := view.archive.meetings.get(id)) and m.series), None
    )
    if series is None:
        return None

    def count(meeting: MeetingRecord) -> State | None:
        return "key" if meeting.id in spoken else "off"

    return series_line(view, series, view.words("timeline.official", name=name), count)
