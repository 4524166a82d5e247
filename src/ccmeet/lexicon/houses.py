"""Houses in which meetings are held: 会展中心, 宾馆, 礼堂 and what they are called by."""

import re

from ccmeet.text import HAN, Span

HOUSE = (
    r"(?:会议中心|会展中心|博览中心|文化中心|艺术中心|国际中心|服务中心|中心|宾馆|酒店|大厦|会堂|会议厅|礼堂|饭店|"
    r"展览馆|规划馆|展示馆|博物馆|体育馆|图书馆|科技馆|大剧院|剧院|会议室|山庄|大学|学院|党校|度假村|庄园|广场|"
    r"公馆|书院|报告厅|大厅|会馆|会客厅|客厅|市民之家|实验室|科技园|产业园|科学城|小镇|景区|楼|别墅|园区|"
    r"市政府|市委|机关|古城|码头|驻地|厅|馆)"
)
"""What a house's name ends with."""

VENUE = re.compile(rf"[{HAN}A-Za-z0-9·（）]{{1,20}}?{HOUSE}(?!的)")
"""A house's whole name, from its first sign."""

PLAIN = re.compile(
    rf"(?:市民|行政|政务|文化|艺术|体育|科技|规划|商务|青少年|工人)*{HOUSE}"
    r"(?=$|成功|隆重|顺利|正式|圆满|召开|举行|举办|[开启闭落揭]幕|开会|开场|开锣|开(?=[，。；])|拉开)"
)
"""马鞍山市会议中心: a house with no name of its own goes by its city's."""

MORE = re.compile(rf"[{HAN}A-Za-z0-9·（）]{{0,20}}?{HOUSE}(?!的)")
"""What goes on after a house to a hall in it."""

SITE = re.compile(
    rf"(?:会场|地点|会址)(?:设|选|定)?(?:在|为|是|：|于)(?P<v>[{HAN}A-Za-z0-9·]{{2,20}}?{HOUSE})"
)
"""会场设在某某宾馆: where the hall is told to be."""

BARE = re.compile(HOUSE)
"""A house by its kind alone."""

_DISTRICT = re.compile(rf"[{HAN}]{{2,5}}?[区县市]的?(?![民委政]|人[大民])(?=[{HAN}A-Za-z]{{4,}})")


def without_district(folded: str, house: Span) -> Span:
    """老城区的应天门博物馆, 龙岩市闽西宾馆: the house alone."""
    found = _DISTRICT.match(folded, *house)
    if not found or PLAIN.match(folded, found.end(), house.end):
        return house
    return Span(found.end(), house.end)
