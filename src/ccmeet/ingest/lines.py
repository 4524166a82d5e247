"""What one folded line of a page is by its own looks: chrome, caption, notice, dateline, prose."""

import re

from ccmeet.text import HAN, Span

LONG = 80
"""Code points from which a line is prose though no mark ends it."""

_LEAD = r"[\s•·▪●○◆★☆▲△□■▶►\[【〖>»\-—=*#|]{0,6}"


def _any(words: str) -> str:
    """The words as alternatives; blanks and line ends part them."""
    return "|".join(words.split())


# Lines after which nothing belongs to the article: lists of other articles, disclaimers, footers.
_STOP = re.compile(
    _LEAD
    + "(?:"
    + _any(
        r"""
        相关(?:链接|阅读|新闻|报道|推荐|文章|内容|专题|稿件|资讯|热词) (?:延伸|拓展|扩展)阅读
        (?:推荐|热门|精彩|更多|为您|为你|猜你)(?:推荐|阅读|喜欢|精彩|文章|新闻|内容|资讯)
        频道(?:精选|推荐|热点) 阅读下一篇 [上下]一[篇条](?:[：\s]|$)
        返回\w{0,8}(?:首页|列表|顶部|主页|上一页) 免责(?:声明|条款) 版权(?:声明|所有|与免责)
        (?:特别|郑重|重要|法律)声明 声明： 网友(?:评论|留言|跟帖) 评论区
        (?:发表|我要|我来|参与|查看|全部|最新|热门|精彩)(?:评论|留言)
        (?:热门|热点|最新|今日|本周|图片|一周|实时|滚动)(?:新闻|文章|资讯|图文|要闻|动态)(?:$|[：\s>])
        (?:热门|热点|最新|今日|本周|一周|新闻|点击|阅读|人气)(?:推荐|话题|排行|热榜|榜)(?:$|[：\s>榜])
        排行榜 友情链接 关于我们 联系我们 网站(?:地图|声明|简介)
        (?:主办|承办|协办|技术支持)(?:单位)?： copyright © .{0,8}ICP备 .{0,6}公网安备
        (?:扫一扫|扫码|长按|微信扫|扫描).{0,24}$ (?:打开|下载)\S{0,8}(?:APP|客户端)
        新闻热线 举报电话 (?:本网|本站)(?:声明|凡注明|转载) 凡(?:本网|本站|注明)
        """
    )
    + ")",
    re.IGNORECASE,
)
# Lines that are no part of the article though it may go on after them.
_SKIP = re.compile(
    _LEAD
    + "(?:"
    + _any(
        r"""
        放大字体 缩小字体 (?:\d{1,5}\s+)?收藏\s+打印 (?:增大|减小)字体
        字体[：\s] 字号 大\s?中\s?小 打印(?:本页|此文|本文|\s|$)
        关闭(?:窗口|本页|\s|$) 收藏(?:\s|$|本) 分享(?:到|至|此|让|给|本|\s|$|：) 点赞 举报(?:\s|$)
        (?:(?:投稿|供稿|爆料|报料|读者|咨询|合作|服务)(?:热线|电话|邮箱|信箱|QQ群?)|热线电话)(?:[：\s]|$)
        投诉(?:\s|$) 纠错 朗读(?:\s|$) 听新闻 视频加载 加载中
        点击(?:查看|观看|播放|收听|进入|关注|图片|上方|下方|蓝字) 查看(?:更多|原图|大图)
        返回\S{2,6}，查看更多 展开(?:全文|剩余) 阅读全文 余下全文
        (?:欢迎|请)?(?:关注|添加|加)\S{0,10}(?:微信|公众号|QQ|客服|我们)
        本帖最后由.*编辑$ 广告(?:\s|$|位|热线) 推广(?:\s|$)
        \S{0,6}(?:网页版|手机版|触屏版|移动版|电脑版|无障碍浏览|适老化)(?:\s|$)
        (?:浏览|阅读|点击|访问)(?:次数|人次|量|数)?[：\s]*\d*\s*次?$
        \d+\s*(?:阅读|评论|人浏览|次浏览|个评论)$ (?:第\s*)?\d+\s*/\s*\d+\s*页?$
        (?:\d\d:\d\d(?:/\d\d:\d\d)?$) 首页\s+上一页 [上下]一页(?:\s|$)
        (?:当前|您的|你的|现在的?|所在|本页|[您你]当前)(?:所在)?位置
        .{0,30}(?:设为首页|设为主页|加入收藏|收藏本站).{0,20}$
        (?:您好)?[，！\s]*欢迎(?:您)?(?:访问|光临|来到|进入|浏览|登录)\S{0,30}(?:网|网站|门户|频道|平台)
        您(?:现在)?(?:所在)?的位置 您(?:当前|现在)的?(?:所在)?位置
        第\s?[A-Z]?\d{1,3}\s?版[：\s].{0,20}[上下]一版
        今天是(?:[：\s]|$|(?:\d{4}年)?\d{1,2}月)
        (?:繁体版|无障碍(?:浏览|阅读)?|长者(?:助手|模式))[\s|]
        跳(?:转|过|至|到)+\S{0,4}(?:内容|正文|导航|主体)(?:区域?)?(?:\s|$)
        \S{2,24}(?:门户网站|政府网|官方网站|官网|人民政府|数字报|官方微信|官方微博|公众号)$
        """
    )
    + r"|(?:(?:"
    + _any(
        """
        首页 新闻 要闻 时政 国内 国际 财经 体育 娱乐 视频 图片 专题 评论 登录 注册 搜索 导航
        菜单 简体 繁体 English RSS 微博 微信 客户端 邮箱 论坛 博客
        """
    )
    + r")[\s|·/>，]*){2,20}$)",
    re.IGNORECASE,
)
_SPAM = re.compile(
    _any(
        r"""
        博彩 娱乐城 注册(?:就)?送 送彩金 彩金 百家乐 时时彩 棋牌 真人荷官 体育投注 网上赌
        赌场 六合彩 开奖(?:结果|直播) 彩票网 老虎机 新葡京 皇冠(?:体育|网) 代开发票 刻章办证
        代写论文 无抵押.{0,6}贷款 秒批.{0,6}贷款 裸聊 约炮 色情 成人(?:视频|网) 荐股 牛股推荐
        股票配资 赚钱.{0,8}(?:日结|微信) 兼职.{0,8}(?:日结|微信) 私服 壮阳 丰胸 返利网
        澳门.{0,8}(?:官网|平台|注册|投注) 加(?:微信|QQ|V信|群).{0,14}(?:领取|送|荐股|牛股|内幕)
        """
    )
)
_CRUMB = re.compile(
    r"[^。！？，；]{0,60}(?:(?:->|[>»›＞→⋙≫]).{0,40}){2,}|[^。，；]{1,20}\s(?:->|[>»›＞⋙≫])\s?[^。，；]{1,30}"
)
_DASHED = re.compile(
    r"(?:首页|\w{2,8}(?:网|网站|日报|晚报|晨报|早报|时报|都市报|电视台|客户端|门户))"
    r"(?:\s*(?:[-–—·|｜/]|--|——)\s*\w{2,6}){2,5}\s*"
)
"""临江网 - 新闻中心 - 南浦: the site's name and its columns."""
_ARROW = re.compile("(?:->|[>»›＞→⋙≫])")
_MAX_CHROME = 120  # code points; longer lines say something
_NAMED_BY = 4  # code points before which an outlet's name begins


def is_stop(words: str) -> bool:
    """A line after which the page goes on with other things: 相关链接, 频道精选, 免责声明."""
    return len(words) <= _MAX_CHROME and _STOP.match(words) is not None


def is_chrome(words: str) -> bool:
    """A line of the site's own, or spam: 放大字体, 当前位置：, 首页 > 新闻, 注册送彩金."""
    if not any(map(str.isalnum, words)):
        return True
    if len(words) > _MAX_CHROME:
        return False
    if spam := _SPAM.search(words):
        # A stolen page bears its thief's name where the agency's stood: 某某平台社临江5月3日电…
        return not (spam.start() < _NAMED_BY and is_dateline(words) and is_prose(words))
    if _SKIP.match(words):
        return True
    if _ARROW.search(words) and _CRUMB.fullmatch(words):
        return True
    return _DASHED.fullmatch(words) is not None or _is_menu(words)


_MENU_WORD = re.compile(
    "(?:网站)?首页|新闻(?:中心)?|(?:政务|信息|政府信息)公开|机构(?:概况|设置|职能|简介)|"
    "(?:互动|政民|公众)(?:交流|互动|参与)|(?:办事|在线|政务)服务|政策(?:法规|文件)|通知公告|专题专栏|要闻|时政|政务|市县|县市|国内|国际|财经|经济|体育|娱乐|视频|图片|专题|评论|登录|注册|搜索|导航|"
    r"民生|社会|文化|科技|教育|旅游|健康|专栏|直播|微博|微信|公众号|客户端|手机版|移动版|旧版\w{0,4}|新版\w{0,4}|"
    r"数字报|电子报|博客|论坛|邮箱|APP|投稿|热线|\w{2,6}(?:网|发布|在线|日报|晚报)"
)
_BETWEEN = re.compile(r"[\s|·/>]+")
_BARRED = re.compile(r"\s*\w{2,5}(?:\s*[|丨｜]\s*\w{2,8})+\s*[|丨｜]?\s*")
"""国内| 军事| 社会| 产经: no headline is parted so often."""


def _is_menu(words: str) -> bool:
    """临江日报客户端　首页　要闻　市县　财经: short words, more than half of them a site's."""
    parts = _BETWEEN.split(words.strip())
    if len(parts) < 4 or any(len(part) > 9 for part in parts):
        return False
    if len(parts) > 5 and (_BARRED.fullmatch(words) or len({p[:2] for p in parts}) == 1):
        return True  # 今日临江 今日南浦 …: an app's page of each county
    known = sum(bool(_MENU_WORD.fullmatch(part)) for part in parts)
    if len(parts) > 7 and max(map(len, parts)) < 5 and (known or len(parts) > 9):
        return True  # 首页 头条 展会 科技 产经 行业 生活 全国: no headline has so many short words
    return 2 * known > len(parts)


_NOTICE = re.compile(
    r"(?:[【\[（(]{0,1}(?:版权声明|声明)?[】\])）：:]{0,2})?(?:"
    r"(?:本文|本稿|此文|文章|以上内容)[为系是].{0,30}(?:原创|独家|版权|首发|授权).*"
    r"|(?:原创(?:文章|内容|作品|稿件)|未经\S{0,12}(?:授权|许可|允许|同意)).{0,30}"
    r"(?:转载|复制|使用|摘编).*"
    r"|.{0,12}(?:转载|引用)时?(?:请|须|务必|需)(?:注明|附上|标明|保留|联系|自觉).*|(?:如需|欲)转载.*)"
)


def is_notice(words: str) -> bool:
    """A reprint notice: 本文为…原创文章,转载请…"""
    return 8 <= len(words) <= 200 and _NOTICE.fullmatch(words) is not None


_IMAGE_NAME = re.compile(
    r"(?:!\[[^\]]{0,80}\]\()?[\w\-.,%/:（）()+@ ]{1,120}\.(?:jpe?g|png|gif|webp|bmp|heic)"
    r"(?:[?!][\w=&%./-]{0,80})?\)?|[\[【]?图片?\d{0,2}[\]】]|图片\d{0,2}",
    re.IGNORECASE,
)
_NAMES = rf"[{HAN}]{{2,4}}(?:[ 、/]{{1,2}}[{HAN}]{{2,4}}){{0,4}}"
_SHOT_BY = re.compile(
    r"(?:摄|供图|制图|绘|资料图片?|(?:网络|视频)截图|提供图片|图片?(?:由|来源|源自|源)[^。]{1,24}"
    rf"|(?:摄影|(?<![{HAN}])图|摄)[/：丨|｜][ ]?{_NAMES})[）)。】\]]{{0,2}}$"
    # 会场外的展板 叶知秋 图
    rf"|(?:[ ]|记者)[{HAN}]{{2,4}}[ ]{{1,2}}图$"
)
_SHOT_SIGN = re.compile("[摄图绘]")
_SHOT_BY_LONGEST = 60  # code points; it ends the line
_PICTURE_TEXT = re.compile(
    r"图为|图[一二三四五六七八九十\d]{1,2}[：:]|[上下左右]图(?:为|[：:])|[（(][左右上中下][）)]"
)


def is_image_name(words: str) -> bool:
    """A line that is a picture's file name: IMG_5763.jpeg."""
    return len(words) <= 200 and _IMAGE_NAME.fullmatch(words) is not None


def is_caption(words: str) -> bool:
    """A line that is a caption by itself: …。记者 王成栋 摄; 图为…"""
    if len(words) > 160:
        return False
    within = max(0, len(words) - _SHOT_BY_LONGEST)
    shown = _SHOT_SIGN.search(words, within) and _SHOT_BY.search(words, within)
    shown = shown or (_PICTURE_TEXT.match(words) if len(words) <= 100 else None)
    return bool(shown) and not is_dateline(words)


_ABSTRACT = re.compile(
    r"[\s【\[（(]{0,3}(?:内容)?(?:摘要|导读|核心提示|提要|简介|编者按)[】\]）)]?[\s：:|丨]"
)


def is_abstract(words: str) -> bool:
    """摘要 and the like: a summary that the editors set before the report."""
    return _ABSTRACT.match(words) is not None


_OUTLET = (
    r"(?:\w[\w·\-—]{0,14}?(?:网|报|社|台|在线|新闻|时刻|客户端|频道|电讯|融媒|发布|广播|头条|通讯))"
)
_DAY = r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日)"
_DATELINE = re.compile(
    r"\s{0,4}(?:[【\[（(][^】\]）)\n]{1,20}[】\]）)]\s{0,2})?(?:"
    # 红网时刻新闻7月29日讯, 新华社武汉2月21日电, 中新网长沙7月24日电 (…)
    rf"{_OUTLET}(?:（[{HAN}]{{2,12}}）)?[{HAN}·、]{{0,10}}[ ]?{_DAY}[ ]?(?:讯|电|消息|专电|报道)"
    # 长沙12月26日电, 7月29日讯
    rf"|[{HAN}]{{0,8}}{_DAY}[ ]?(?:讯|电)(?=[\s（(：:，]|$)"
    # 本报讯, 本报长沙讯, 今日镇江讯(, 长沙晚报福州讯(
    rf"|本[报网台刊站][{HAN}]{{0,8}}讯"
    rf"|[{HAN}A-Za-z·]{{2,16}}(?:（[{HAN}]{{2,12}}）)?讯[ ]?(?=[（(]|[ ]{{1,4}}(?:记者|通讯员))"
    # a bracket of reporters with no dateline before it
    rf"|[（(][{HAN}]{{0,10}}(?:记者|通讯员|实习生)[^）)\n]{{2,60}}[）)](?=.{{20}})"
    # 本报记者 王成栋 报道：
    rf"|[{HAN}]{{0,8}}记者[ ]?[{HAN} 、]{{2,16}}(?:{_DAY})?(?:报道|{_DAY}电)[：:，\s])"
)
_TELLS = re.compile("讯|电|消息|报道|记者|实习生")
"""What every dateline holds: a line without it is none."""
_TAGGED = re.compile(r"\s{0,4}【[^】\n]{2,12}】(?=.{20})")


def is_dateline(words: str) -> bool:
    """Running text that opens with a dateline."""
    head = words[:100]
    if _TELLS.search(head) and _DATELINE.match(head):
        return True
    return _TAGGED.match(head) is not None and is_prose(words)


_END = re.compile(r"(?:[。！？!?…；;：:]|\.{3,6})[”’」』）)\]\"'〕】]*$")
_FULL_STOP = re.compile(r"[。；]|[！？!?]”")
_MAX_EXCLAIMED = 45  # code points: a headline may ask or exclaim, a longer line is a sentence


def is_prose(words: str) -> bool:
    """Running text: it ends like a sentence, or is too long for a heading."""
    if len(words) >= LONG or _FULL_STOP.search(words):
        return True
    if not _END.search(words):
        return False
    return words.rstrip("”’」』）)")[-1:] not in "！？!?" or len(words) > _MAX_EXCLAIMED


_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.、．)）]|[①-⑳]|《|第[一二三四五六七八九十]{1,3}[，,、])"
)


def is_item(words: str) -> bool:
    """An item of a list: 一是…, (二)…, 3. …, 《…》."""
    return _ITEM.match(words) is not None


_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(f"[{HAN}]")
_HAN_RUN = re.compile(f"[{HAN}]+")
_SAMPLE = 400  # code points that tell a translation


def is_translation(words: str) -> bool:
    """A line of an appended translation: mostly Latin letters."""
    head = words[:_SAMPLE]
    if len(head) < 25 or _HAN.match(head):
        return False
    latin = len(_LATIN.findall(head))
    return latin >= 25 and latin > 4 * count_han(head)


def count_han(words: str) -> int:
    """How many Han characters there are."""
    return sum(map(len, _HAN_RUN.findall(words)))


_BLANK = " \t\r\n\f\v\u3000\u00a0\u0085\u200b-\u200f\u2028\u2029\u2060\ufeff"
_BEGINNING = re.compile(rf"(?:[{_BLANK}]|&(?:nbsp|emsp|ensp|#160);)+")
_BLANK_ONE = re.compile(f"[{_BLANK}]")


def trimmed(text: str, start: int, end: int) -> Span:
    """The stretch without the space around it; ideographic, zero-width and no-break included."""
    lead = _BEGINNING.match(text, start, end)
    start = lead.end() if lead else start
    while end > start and _BLANK_ONE.match(text, end - 1):
        end -= 1
    return Span(start, end)
