"""The encoding that a file says it has: ``<meta charset>``, ``http-equiv``, the XML declaration,
the first lines of exports (``% Encoding:``, ``Content: text/plain; charset=``).
"""

import re

from extraction.text.words import by_word

_HEAD = 4096
"""Bytes within which a declaration is looked for; browsers look at 1,024."""
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.S)
_DECLARED = re.compile(
    rb"<\?xml\s[^<>]{0,200}?encoding\s{0,5}=\s{0,5}[\"']\s{0,5}(?P<xml>[\w.:-]{1,40})"
    rb"|<meta\s[^<>]{0,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}(?P<meta>[\w.:-]{1,40})",
    re.I,
)
_FIRST_LINES = re.compile(
    rb"\A(?:[^\n]{0,300}\n){0,5}?(?:%\s{0,3}Encoding:\s{0,3}"
    rb"|Content(?:-Type)?:\s{0,3}text/[a-z]{1,20};\s{0,3}charset=[\"']?)(?P<label>[\w.:-]{1,40})",
    re.I,
)
_LABELS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    "windows-1252": "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso_8859-1 iso88591 latin1 "
    "latin-1 l1 ibm819 cp819 ascii us-ascii iso-ir-100 iso_8859-1:1987 ansi_x3.4-1968",
    "windows-1250": "windows-1250 cp1250 x-cp1250",
    "windows-1251": "windows-1251 cp1251 x-cp1251",
    "windows-1253": "windows-1253 cp1253 x-cp1253",
    "windows-1254": "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso_8859-9 iso88599 latin5 "
    "l5 iso-ir-148",
    "windows-1255": "windows-1255 cp1255 x-cp1255",
    "windows-1256": "windows-1256 cp1256 x-cp1256",
    "windows-1257": "windows-1257 cp1257 x-cp1257",
    "windows-1258": "windows-1258 cp1258 x-cp1258",
    "windows-874": "windows-874 dos-874 iso-8859-11 iso8859-11 tis-620",
    "iso-8859-2": "iso-8859-2 iso8859-2 iso_8859-2 iso88592 latin2 l2 csisolatin2 iso-ir-101",
    "iso-8859-3": "iso-8859-3 iso8859-3 iso_8859-3 latin3 l3",
    "iso-8859-4": "iso-8859-4 iso8859-4 iso_8859-4 latin4 l4",
    "iso-8859-5": "iso-8859-5 iso8859-5 iso_8859-5 cyrillic csisolatincyrillic",
    "iso-8859-6": "iso-8859-6 iso8859-6 iso_8859-6 arabic ecma-114 asmo-708",
    "iso-8859-7": "iso-8859-7 iso8859-7 iso_8859-7 greek greek8 ecma-118 elot_928 sun_eu_greek",
    "iso-8859-8": "iso-8859-8 iso8859-8 iso_8859-8 hebrew iso-8859-8-e iso-8859-8-i visual logical",
    "iso-8859-10": "iso-8859-10 iso8859-10 latin6 l6",
    "iso-8859-13": "iso-8859-13 iso8859-13",
    "iso-8859-14": "iso-8859-14 iso8859-14",
    "iso-8859-15": "iso-8859-15 iso8859-15 iso_8859-15 iso885915 latin9 latin-9 l9 csisolatin9",
    "iso-8859-16": "iso-8859-16",
    "koi8-r": "koi8-r koi koi8 koi8_r cskoi8r",
    "koi8-u": "koi8-u koi8-ru",
    "ibm866": "ibm866 cp866 866 csibm866",
    "macintosh": "macintosh mac x-mac-roman csmacintosh",
    "x-mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "gb18030 gbk x-gbk gb2312 gb_2312 gb_2312-80 csgb2312 chinese iso-ir-58",
    "big5": "big5 big5-hkscs cn-big5 x-x-big5 csbig5",
    "euc-jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
    "shift_jis": "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j ms932 csshiftjis",
    "euc-kr": "euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean windows-949 cseuckr",
}
"""The labels of the WHATWG Encoding Standard, which gives Latin-1 as Windows-1252."""
_BY_LABEL = by_word(_LABELS)
_CODECS = {
    "windows-874": "cp874",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
"""What Python calls them, where it is something else."""


def declared_label(data: bytes) -> str:
    """The label that the head of the file declares, lower case; empty without one."""
    head = data[:_HEAD]
    label = b""
    if found := _DECLARED.search(_COMMENT.sub(b"", head)):
        label = found["xml"] or found["meta"]
    elif found := _FIRST_LINES.match(head):
        label = found["label"]
    return label.decode("ascii", "replace").lower()


def encoding_of(label: str) -> str:
    """The encoding that a label means; empty when there is none of that name."""
    return _BY_LABEL.get(label) or _BY_LABEL.get(label.replace("_", "-"), "")


def codec_of(encoding: str) -> str:
    """Python's name for it."""
    return _CODECS.get(encoding, encoding)
