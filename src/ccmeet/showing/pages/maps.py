"""The cities of a series, or of a meeting, as a schematic map."""

from ccmeet.model.records import CityRecord, MeetingRecord
from ccmeet.showing.pictures import CityMap, Place, draw_map
from ccmeet.showing.view import View

_MOST = 120
"""More cities than this would cover one another; the members alone are then shown."""


def series_map(view: View, meeting: MeetingRecord) -> CityMap | None:
    """The cities that took part in a meeting, the place it was held at marked."""
    roles: dict[str, str] = {}
    for part in meeting.participants:
        if part.city:
            role = "member" if part.role in ("host", "member") else "observer"
            if roles.get(part.city) != "member":
                roles[part.city] = role
    if meeting.location:
        roles.setdefault(meeting.location, "member")
    return cities_map(view, roles, meeting.location or "")


def cities_map(view: View, roles: dict[str, str], key: str = "") -> CityMap | None:
    """Cities by id and role, those whose position is known; `key` is marked."""
    if len(roles) > _MOST:
        roles = {id: role for id, role in roles.items() if role == "member" or id == key}
    places = []
    for id, role in roles.items():
        city = view.archive.cities.get(id)
        place = _place(view, city, role, id == key) if city else None
        if place:
            places.append(place)
    names = view.words.join(tuple(place.name for place in places))
    return draw_map(view.words("map.label", names=names), places)


def _place(view: View, city: CityRecord, role: str, key: bool) -> Place | None:
    at = city.position
    if at is None or at.longitude is None or at.latitude is None:
        return None
    link = view.link("cities", city.id, view.short_city(city.id))
    return Place(link.text, at.longitude, at.latitude, role, link.href, key)


def map_roles(view: View, series: str) -> dict[str, str]:
    """Members and observers of a series, by its record and by who took part in its editions."""
    record = view.archive.series.get(series)
    roles: dict[str, str] = {}
    if record:
        roles |= {o.city: "observer" for o in record.observers if o.city}
    for meeting in view.relations.series_meetings.get(series, ()):
        for part in meeting.participants:
            if part.city and part.role == "observer":
                roles.setdefault(part.city, "observer")
            elif part.city and part.role in ("host", "member"):
                roles[part.city] = "member"
    if record:
        roles |= dict.fromkeys(record.members, "member")
    return roles
