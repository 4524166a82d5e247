"""Rules that read an article: each takes a reading and returns it with its part filled.

`RULES` is the whole work order. A later rule builds on what earlier ones read, never on another
rule file.
"""

from collections.abc import Callable

from ccmeet.model.article import Article
from ccmeet.model.reading import Reading
from ccmeet.rules.anchors import read_anchor
from ccmeet.rules.areas import read_areas
from ccmeet.rules.datelines import read_datelines
from ccmeet.rules.dates import read_dates
from ccmeet.rules.delegations import read_delegations
from ccmeet.rules.documents import read_documents
from ccmeet.rules.holdings import read_holdings
from ccmeet.rules.meetings import read_meetings
from ccmeet.rules.names import read_names
from ccmeet.rules.officials import read_officials
from ccmeet.rules.participants import read_participants
from ccmeet.rules.places import read_places
from ccmeet.rules.programmes import read_programmes
from ccmeet.rules.progress import read_progress
from ccmeet.rules.quotes import read_quotes
from ccmeet.rules.rosters import read_rosters
from ccmeet.rules.sessions import read_sessions
from ccmeet.rules.signatories import read_signatories
from ccmeet.rules.venues import read_venues
from ccmeet.rules.visits import read_visits

Rule = Callable[[Reading], Reading]

RULES: tuple[Rule, ...] = (
    read_datelines,
    read_anchor,
    read_dates,
    read_places,
    read_names,
    read_meetings,
    read_visits,
    read_holdings,
    read_venues,
    read_sessions,
    read_officials,
    read_quotes,
    read_documents,
    read_signatories,
    read_programmes,
    read_areas,
    read_progress,
    read_rosters,
    read_delegations,
    read_participants,
)


def read_article(article: Article) -> Reading:
    """Everything the rules read in one article. Pure; no text raises."""
    reading = Reading(article, article.page)
    for rule in RULES:
        reading = rule(reading)
    return reading
