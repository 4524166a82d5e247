"""What one line of a page is by its own looks: chrome, crumb, caption, notice, dateline, prose."""

import re

from ccmeet.text import HAN, Span

# Lines after which nothing belongs to the article: lists of other articles, disclaimers, footers.
_STOP = re.compile(
    r"[\s•·▪●★☆▲\[【>»\-—=*#|]*(?:"
    r"相关(?:链接|阅读|新闻|报道|推荐|文章|内容|专题|稿件|资讯)|延伸阅读|拓展阅读|(?:推荐|热门|精彩|更多|为您|为你|猜你|编辑)(?:推荐|阅读|喜欢|精彩|文章|新闻|内容)"
    r"|频道(?:精选|推荐|热点)|阅读下一篇|[上下]一[篇条][：:\s]?|返回[\w]{0,6}(?:首页|列表|顶部|主页|上一页)|返回(?:搜狐|腾讯|网易|新浪)"
    r"|免责(?:声明|条款)|版权(?:声明|所有|与免责)|(?:特别|郑重|重要|法律)声明|声明[：:]|网友(?:评论|留言|跟帖)|(?:发表|我要|我来|参与|查看|全部|最新|热门|精彩)(?:评论|留言)|评论区"
    r"|(?:热门|热点|最新|今日|本周|图片|一周|实时|滚动)(?:新闻|文章|资讯|推荐|排行|话题|图文|要闻|动态|榜)|(?:新闻|点击|阅读|热文|人气)(?:排行|热榜|榜)|排行榜"
    r"|友情链接|关于我们|联系我们|网站(?:地图|声明|简介)|主办(?:单位)?[：:]|承办(?:单位)?[：:]|copyright|©|.{0,8}ICP备|.{0,6}公网安备"
    r"|(?:扫一扫|扫码|长按|微信扫|扫描).{0,24}$|(?:打开|下载)\S{0,8}(?:APP|客户端)|新闻热线|举报电话|(?:本网|本站)(?:声明|凡注明|转载)|凡(?:本网|本站|注明)|\[?责任编辑[^：:/|丨]{0,3}\]?$"
    r")",
    re.IGNORECASE,
)
# Lines that are no article though the article may go on after them.
_SKIP = re.compile(
    r"[\s•·▪●★☆▲\[【>»\-—=*#|]*(?:"
    r"放大字体|缩小字体|字体[：:\s]|字号|大\s*中\s*小|打印(?:本页|此文|本文|\s|$)|关闭(?:窗口|本页|\s|$)|收藏|分享(?:到|至|\s|$|[：:])|点赞|举报|投诉|纠错|朗读|听新闻|播放|视频加载|加载中|"
    r"点击(?:查看|进入|关注|图片|上方|下方|蓝字)|查看(?:更多|原图|大图)|展开全文|阅读全文|余下全文|关注(?:我们|公众号|微信)|(?:欢迎|请)?(?:关注|添加|加)(?:\S{0,8})(?:微信|公众号|QQ|客服)"
    r"|广告|推广|赞助|(?:首页|新闻|时政|国内|国际|财经|体育|娱乐|视频|图片|专题|评论|登录|注册|搜索|导航|菜单|简体|繁體|繁体|English|RSS|\s|[|·/>])+$"
    r"|\S{0,6}(?:网页版|手机版|触屏版|移动版|电脑版|无障碍|适老化)|(?:浏览|阅读|点击|访问)(?:次数|人次|量|数)?[：:\s]*\d*\s*次?$|\d+\s*(?:阅读|评论|人浏览|次浏览|个评论)"
    r"|已(?:阅|读)|(?:第\s*)?\d+\s*/\s*\d+\s*页?$|首页\s+上一页|上一页|下一页|(?:当前|您的|你的|您(?:现在)?(?:所在)?的|现在的?|所在)位置"
    r")",
    re.IGNORECASE,
)
_SPAM = re.compile(
    r"博彩|娱乐城|注册送|送彩金|百家乐|时时彩|棋牌|真人荷官|体育投注|网上赌|赌场|六合彩|开奖(?:结果|直播)|彩票网|老虎机|新葡京|皇冠(?:体育|网)|代开发票|刻章|办证|代写论文|"
    r"贷款.{0,6}(?:秒|无抵押)|裸聊|约炮|色情|成人(?:视频|网)|加(?:微信|QQ|V信|群)\W{0,3}\d*.{0,10}(?:领|送|荐股|牛股|内幕)|荐股|牛股推荐|股票配资|(?:赚钱|兼职).{0,8}(?:日结|微信)|私服|外挂|壮阳|丰胸|返利网|澳门.{0,8}(?:官网|平台|注册|娱乐|投注)"
)
_CRUMB = re.compile(
    r"[^。！？，；]{0,60}(?:[>»›＞→＞].{0,40}){2,}|[^。，；]{1,20}\s[>»›＞]\s?[^。，；]{1,30}"
)
_NOTICE = re.compile(
    r"(?:[【\[（(]?(?:版权声明|声明)?[】\])）：:]{0,2})?(?:"
    r"(?:本文|本稿|此文|文章|以上内容)[为系是].{0,30}(?:原创|独家|版权|首发|授权).*|(?:原创(?:文章|内容|作品|稿件)|未经\S{0,12}(?:授权|许可|允许|同意)).{0,30}(?:转载|复制|使用|摘编).*"
    r"|.{0,12}(?:转载|引用)(?:时)?(?:请|须|务必|需)(?:注明|附上|标明|保留|联系|自觉).*|(?:如需|欲)转载.*"
    r")"
)
_IMAGE_NAME = re.compile(
    r"(?:!\[[^\]]{0,80}\]\()?[\w\-.,%/:（）()+@ ]{1,120}\.(?:jpe?g|png|gif|webp|bmp|heic)(?:[?!][\w=&%./-]{0,80})?\)?|\[?图片\d{0,2}\]?|【图片?\d{0,2}】",
    re.IGNORECASE,
)
_SHOT_BY = re.compile(
    rf"(?:摄|供图|图源.{{0,20}}|资料图(?:片)?|制图|图片来源.{{0,20}}|(?:摄影|图|摄)[/／：:丨|]\s?[{HAN} 、/]{{2,20}}|绘|(?:网络|视频)截图|受访者供图)[）)。】\]]?"
)
_PICTURE_TEXT = re.compile(
    r"(?:图为|图[一二三四五六七八九十\d]{1,2}[：:]|上图|下图|[（(][左右上中下][）)])"
)
_ABSTRACT = re.compile(
    r"[\s【\[（(]*(?:内容)?(?:摘要|导读|核心提示|提要|内容提要|导语|简介|编者按)[】\]）)]?[\s：:|丨]"
)

_OUTLET = r"(?:红网|[\w·\-—]{0,14}?(?:网|报|社|台|在线|新闻|时刻|客户端|日报|晚报|晨报|时报|商报|快报|都市报|频道|电讯|融媒|发布|广播|头条|通讯))"
_DAY = r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日)"
_DATELINE = re.compile(
    rf"[\s　]*(?:[【\[（(][^】\]）)\n]{{1,20}}[】\]）)]\s*)?(?:"
    # 红网时刻新闻7月29日讯, 新华社武汉2月21日电, 中新网长沙7月24日电 (…)
    rf"{_OUTLET}[{HAN}·、]{{0,10}}[ ]?{_DAY}[ ]?(?:讯|电|消息|专电|报道)"
    # 长沙12月26日电, 7月29日讯
    rf"|[{HAN}]{{0,8}}{_DAY}[ ]?(?:讯|电)(?=[\s（(：:，]|$)"
    # 本报讯, 今日镇江讯(, 长沙晚报福州讯(, 本报长沙讯
    rf"|本[报网台刊站][{HAN}]{{0,8}}讯(?=[\s（(：:])|本[报网台刊站][{HAN}]{{0,8}}讯"
    rf"|[{HAN}A-Za-z·]{{2,16}}讯[ ]?(?=[（(]|[ ]{{1,4}}(?:记者|通讯员))"
    # a bracket of reporters with no dateline before it
    rf"|[（(](?:[{HAN}]{{0,10}})(?:记者|通讯员|实习生)[^）)\n]{{2,60}}[）)](?=.{{20}})"
    # 本报记者 王成栋 报道
    rf"|[{HAN}]{{0,8}}记者[ ]?[{HAN} 、]{{2,16}}(?:{_DAY})?(?:报道|{_DAY}电)[：:，\s]"
    r")"
)
_TAGGED = re.compile(r"[\s　]*【[^】\n]{2,12}】(?=.{20})")
_END = re.compile(r"(?:[。！？!?…；;：:]|\.{3,6})[”’」』）)\]\"'〕】]*$")
_FULL_STOP = re.compile(r"[。；]|[！？!?]”")
_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(f"[{HAN}]")
LONG = 60  # code points from which a line is prose though no mark ends it
_ENUMERATED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．)）]|[①-⑳]|《|第[一二三四五六七八九十]{1,3}[，,、])"
)


def is_stop(words: str) -> bool:
    """A line after which the page goes on with other things: 相关链接, 频道精选, 免责声明."""
    return len(words) <= 200 and _STOP.match(words) is not None


def is_chrome(words: str) -> bool:
    """A line of the site's own, or spam: 放大字体, 当前位置：, 首页 > 新闻, 注册送彩金."""
    if len(words) > 200:
        return False
    if _SPAM.search(words) or not re.search(r"\w", words):
        return True
    short = len(words) <= 80
    return short and (_SKIP.match(words) is not None or _CRUMB.fullmatch(words) is not None)


def is_translation(words: str) -> bool:
    """A line of an appended translation: mostly Latin letters."""
    latin = len(_LATIN.findall(words))
    return latin >= 25 and latin > 4 * count_han(words)


def is_notice(words: str) -> bool:
    """A reprint notice: 本文为…原创文章,转载请…"""
    return 8 <= len(words) <= 200 and _NOTICE.fullmatch(words) is not None


def is_image_name(words: str) -> bool:
    return len(words) <= 200 and _IMAGE_NAME.fullmatch(words) is not None


def is_caption(words: str) -> bool:
    """A line that is a caption by itself: …。记者 王成栋 摄; 图为…"""
    if len(words) > 160 or is_dateline(words):
        return False
    credit = list(_SHOT_BY.finditer(words))
    ends = bool(credit) and credit[-1].end() == len(words)
    return ends or (_PICTURE_TEXT.match(words) is not None and len(words) <= 100)


def is_abstract(words: str) -> bool:
    """摘要 and the like: a summary that the editors set before the report."""
    return _ABSTRACT.match(words) is not None


def is_dateline(words: str) -> bool:
    """Running text that opens with a dateline."""
    head = words[:100]
    if _DATELINE.match(head):
        return True
    return _TAGGED.match(head) is not None and is_prose(words)


def is_prose(words: str) -> bool:
    """Running text: it ends like a sentence, or is too long for a heading."""
    if len(words) >= LONG or _FULL_STOP.search(words):
        return True
    if not _END.search(words):
        return False
    return words.rstrip("”’」』）)")[-1:] not in "！？!?" or len(words) > 30


def is_enumerated(words: str) -> bool:
    """An item of a list: 一是…, (二)…, 3. …, 《…》."""
    return _ENUMERATED.match(words) is not None


def count_han(words: str) -> int:
    return len(_HAN.findall(words))


def trimmed(text: str, start: int, end: int) -> Span:
    """The stretch without the space around it; ideographic, zero-width and no-break included."""
    words = text[start:end]
    blank = " \t\r\n\f\v\u3000\u00a0\u200b\u200c\u200d\ufeff\u2028\u2029\u0085"
    left = len(words) - len(words.lstrip(blank))
    return Span(start + left, max(start + left, start + len(words.rstrip(blank))))
