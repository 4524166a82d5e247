"""What may be the label of an area of cooperation, and what only looks like one."""

import re

_NO_LABEL = re.compile(
    r"[，。；：？！《》（）—]|^\d|(?:市委|市长|书记|省长|主任|党中央|精神|讲话|指示|同志|省委|政府)|^(?:等|的|了|其|更|着)|以上|上述|协议|"
    r"^(?:共商|共治|共建|共享|优势互补|互利共赢|开放包容|平等协商)$|(?:战略|思想|铁路|高铁|高速|都市圈|元|集团|公司|报|部委)$|"
    r"^区域$|^(?:讨论|审议|研究|审定|听取|签署|通过|部署|总结|交流|协商|回顾|通报)$|审议|并通过|"
    r"^(?:计划|预算|名单|材料|方案|报告|合同|资料|清单|开幕式|闭幕式)$|"
    r"(?<!城)[市县]$|^(?:一|二|三|四|五|六|七|八|九|十)是|"
    # 就怎样…、各展所长展开讨论; 在与会领导和嘉宾的见证下; 就某站至某站联络线提出需协调事项
    r"^(?:怎样|怎么|如何|为何|什么|哪些|与会)|^各[展取尽施显得负司抒]|见证下?$|(?:领导|嘉宾)$|"
    r"(?:联络|支|专|快|号|城际)线$|[一-龥]至[一-龥]+(?:铁路|公路|高速|[^路]线)"
)


def is_label(words: str) -> bool:
    """Whether folded words may be an area's label."""
    if words.count("“") != words.count("”"):
        return False  # half a quotation: 在东港开“海区城市发展 of 海区城市发展与合作论坛
    return words in ("水", "气", "土") or (2 <= len(words) <= 26 and not _NO_LABEL.search(words))
