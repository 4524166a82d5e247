"""A large invented archive, for the benchmarks of building and searching.

    python tests/benchmarks/archive.py DIR [N]

Writes N articles (1,000 if not said) of about 1,500 characters into DIR/content/articles: reports
of meetings of invented series, each naming 4 to 16 of 300 cities, six of 60 areas, two documents
and four officials. The same N gives the same bytes. `ccmeet parse` then makes the records.
"""

import random
import sys
from pathlib import Path

from ccmeet.lexicon.places import load_places

_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭"
_GIVEN = "明远清河思源文博立新承安子涵建国晓峰慧敏志强海燕春生国栋雨桐嘉禾秋实长风若水"


def _words(run: str, long: int) -> list[str]:
    return [run[at : at + long] for at in range(0, len(run), long)]


_FIRST = _words("交通产业科技生态文旅教育医疗市场能源物流人才金融数据港口农业", 2)
_SECOND = _words("互联协同共治共享", 2)
_DOES = _words(
    "完善会商机制开展联合执法共建检测平台互认职业资格开行直达班列共享监测数据"
    "举办招商推介加密公交线路打通断头公路共办节庆活动统一办事标准扩大便民服务",
    6,
)
_WORDS = _words("通道机制港口山水园区班列数据标准人才市场河湖公路医院学校企业平台", 2)
_VERBS = _words("表示指出提出介绍", 2)


def write_articles(root: Path, number: int) -> None:
    """`number` articles below a project's root; five of them report one meeting each."""
    folder = root / "content" / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(20)
    prefectures = [p for p in load_places().by_name.values() if p.level == "prefecture"]
    cities = list(dict.fromkeys(p.short for p in prefectures if p.name.endswith("市")))[:300]
    areas = [first + second for first in _FIRST for second in _SECOND]
    people = [_person(dice, cities) for _ in range(max(40, number // 5))]
    for index in range(number):
        meeting = index // 5
        text = _report(random.Random(meeting), random.Random(index), meeting, cities, areas, people)
        (folder / f"report-{index:05}.txt").write_text(text, "utf-8")


def _person(dice: random.Random, cities: list[str]) -> tuple[str, str]:
    name = dice.choice(_FAMILY) + "".join(dice.sample(_GIVEN, 2))
    return f"{dice.choice(cities)}市发展和改革委员会主任", name


def _report(
    same: random.Random,
    own: random.Random,
    meeting: int,
    cities: list[str],
    areas: list[str],
    people: list[tuple[str, str]],
) -> str:
    """One report: `same` deals what all reports of a meeting share, `own` the rest."""
    series, edition = f"{cities[meeting // 12 % len(cities)]}都市圈", meeting % 12 + 1
    year, month, day = 2012 + edition, same.randint(1, 12), same.randint(1, 28)
    taking = same.sample(cities, same.randint(4, 16))
    agreed, name = same.sample(areas, 6), f"{series}市长联席会议第{edition}次会议"
    work = "；".join(f"{area}方面，{own.choice(_DOES)}，{own.choice(_DOES)}" for area in agreed)
    lines = [
        f"{series}共商{own.choice(_WORDS)}与{own.choice(_WORDS)}",
        f"江岸网{year}年{month}月{day}日讯(记者 {people[own.randrange(len(people))][1]})"
        f"{month}月{day}日，{name}在{taking[0]}召开，{'、'.join(taking)}参加会议。",
        f"会议签署《{series}{year}年重点合作事项》，审议通过《{series}{year}年行动方案》。"
        f"各市将在{'、'.join(agreed)}等方面深化合作。{work}。",
    ]
    for post, person in own.sample(people, 4):
        says = "，".join(own.choice(_DOES) + own.choice(_WORDS) for _ in range(12))
        lines.append(f"{post}{person}{own.choice(_VERBS)}，{says}。")
    while sum(map(len, lines)) < 1400:
        lines.append("，".join(own.choice(_DOES) + own.choice(_WORDS) for _ in range(14)) + "。")
    link = f"https://news.example.cn/{year}/{meeting}-{own.randrange(10**6)}.html"
    lines += ["来源：江岸网", f"本文链接：{link}"]
    return "\n\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    write_articles(Path(arguments[0]), int(arguments[1]) if arguments[1:] else 1000)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
