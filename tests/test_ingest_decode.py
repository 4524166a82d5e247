"""Decoding: every encoding that Chinese pages use, labels that lie, and what is refused."""

import codecs

import pytest

from ccmeet.errors import SourceError
from ccmeet.ingest.decode import decode

TEXT = "临江、岚州两市会商会二十八日在临江召开，会议审议通过合作清单，两市市长出席会议并签署协议。"
TRADITIONAL = (
    "臨江、嵐州兩市會商會二十八日在臨江召開，會議審議通過合作清單，兩市市長出席會議並簽署協議。"
)
UNREADABLE = "neither UTF-8"
SPOILT = "mojibake|lost"


@pytest.mark.parametrize("text", [TEXT, TRADITIONAL, "两市会商", TEXT + "㐀𠮷", "plain ASCII", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_that_are_known_unlabelled(text: str, encoding: str) -> None:
    if text in ("两市会商", "") and encoding == "gb18030":
        text = TEXT  # four characters say too little, none nothing
    assert decode(text.encode(encoding)) == text


def test_marks_of_byte_order() -> None:
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")) == TEXT
    assert decode(b"\x84\x31\x95\x33" + TEXT.encode("gb18030")) == TEXT


@pytest.mark.parametrize("label", ["big5", "Big5-HKSCS", "BIG5"])
def test_big5_where_it_is_labelled(label: str) -> None:
    page = f'<meta charset="{label}"><p>{TRADITIONAL}</p>'
    assert decode(page.encode("big5hkscs")) == page


@pytest.mark.parametrize("label", ["gb2312", "gbk", "utf-8", "big5", "iso-8859-1"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_labels_that_lie(label: str, encoding: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">{TEXT}'
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (TRADITIONAL.encode("big5"), UNREADABLE),
        (TEXT.encode()[:-1], UNREADABLE),
        (TEXT.encode() + b"\xff" + TEXT.encode(), UNREADABLE),
        (bytes(range(128, 256)) * 9, UNREADABLE),
        (codecs.BOM_UTF8 + TEXT.encode("gb18030"), "says it is utf-8"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "says it is utf-16"),
        (TEXT.encode().decode("latin-1").encode(), SPOILT),
        (TEXT.encode().decode("cp1252", "replace").encode(), SPOILT),
        (TEXT.encode().decode("gb18030", "replace").encode(), SPOILT),
        (TEXT.encode().decode("gb18030", "ignore").encode(), SPOILT),
        ((TEXT + "锟斤拷锟斤拷").encode(), SPOILT),
        (("\ufffd" + TEXT).encode(), SPOILT),
        (b"GIF89a\x00\x01", "binary"),
    ],
)
def test_what_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        decode(data)
    assert caught.value.problems[0].hint


def test_nothing_but_the_mark_is_changed() -> None:
    text = "　Ａ，，\r\n" + TEXT + "\u200b\u00a0\ufeff \n"
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
