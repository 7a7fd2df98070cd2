"""What people may write, and what is refused with a sentence that shows it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication import limits
from publication.writing import normal, tidied, why_not
from tests.unseen_in_place import UNSEEN_IN_PLACE


@pytest.mark.parametrize(
    "text",
    [
        "Natalizumab blocks α4-integrin.",
        *("β", "α4", "TGF-β1", "TNFα", "IFN-γ", "IFNα2a", "LTβR", "α4β1", "αvβ3", "γδT cells"),
        *("NFκB", "IκBα", "FcεRI", "FcγRIIIA", "TCRαβ", "ΔF508", "RORγt", "PPARγ", "Aβ42"),
        *("µg", "μg/mL", "kΩ", "χ² test", "10⁶/l", "CD20⁺", "5-HT₃", "Ω-3", "σ-receptor"),
        *("Окрелизумаб", "Окрелизумаб (Ocrevus)", "Окрелизумаб с Ocrevus", "IgG-антитела"),
        *("Οκρελιζουμάμπη", "Σύνδρομο Sjögren", "Աննա Petrosyan", "B细胞", "می\u200cکند"),
        *("naïve", "nai\u0308ve", "Müller-Lüdenscheidt’s “quote” – x", "a\u00a0b", "⚠\ufe0f"),
        "first line\nsecond\tline",
        *("Rorγt", "rorγt", "αsynuclein", "αβcrystallin", "5αreductase", "αmouse", "γsecretase"),
        *("γglutamyl", "IFNγhi", "IFNγlow", "ERαpositive", "TCRγδint", "TCRαneg", "TNFαis"),
        *("p38αmapk", "interferonβ", "αIIbβ3", "GABAρ", "ρ = 0.42", "TNF-𝛼", "Vδ2", "Ifnαr1"),
        *("see Χ² test", "𝔼[X]", "ℝ²", "𝑝 < 0.05", "10 mℓ", "phase Ⅲ", "Mᵐᵉ X", "N-ᴅ-glucose"),
        *("ˌnætəˈlɪzʊmæb", "/kɑː/", "tamaziɣt", "Mɔlɛ", "Iğdır ışık", "ǂKhomani", "Kaʻahumanu"),
        *("B細胞", "抗CD20抗体", "IFNβ製剤", "วัคซีนCOVID", "วัคซีนCOVID๑๙", "MS환자", "ＣＤ２０ x"),
        *("فيروس CD٢٠", "компʼютер and x"),
    ],
)
def test_what_people_write_is_taken(text: str) -> None:
    assert why_not(text, longest=500, lines=True) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the B cells\x02 are", "“the B cells[U+0002] are”"),
        ("a\0b", "“a[U+0000]b”"),
        ("a\x7fb", "“a[U+007F]b”"),
        ("a\x1cb", "“a[U+001C]b”"),
        ("a\ud800b", "“a[U+D800]b”"),
        ("a\ufffeb", "“a[U+FFFE]b”"),
        ("a\ue000b", "“a[U+E000]b”"),
        ("Ocre\u200bvus", "U+200B ZERO WIDTH SPACE is not seen"),
        ("Ocre\u200dvus", "“Ocre[U+200D]vus”"),
        ("Ocre\u00advus", "U+00AD SOFT HYPHEN is not seen"),
        ("Ocrevus\ufe0f", "“Ocrevus[U+FE0F]”"),
        ("Ocrevus\U000e0041", "“Ocrevus[U+E0041]”"),
        ("5\ufe0f0 %", "“5[U+FE0F]0 %”"),
        ("BIIB01\ufe0e7", "“BIIB01[U+FE0E]7”"),
        ("≥\ufe0f5", "“≥[U+FE0F]5”"),
        ("®\ufe0f\ufe0f", "U+FE0F"),
        ("辻\U000e0100\U000e0100", "U+E0100"),
        ("a\U000e0100", "U+E0100"),
        ("\U0001f3f4\U000e0067\U000e0062", "U+E0067"),
        ("safe\U0001d159", "MUSICAL SYMBOL NULL NOTEHEAD is not seen"),
        ("x\U00016fe4y", "KHITAN SMALL SCRIPT FILLER is not seen"),
        ("a\U00013430b", "EGYPTIAN HIEROGLYPH VERTICAL JOINER is not seen"),
        ("no\u200c☃", "“no[U+200C]☃”"),
        ("no\u200d☃", "“no[U+200D]☃”"),
        ("中\u200d文", "“中[U+200D]文”"),
        ("한\u200c국", "“한[U+200C]국”"),
        ("אבג\u200cד", "“אבג[U+200C]ד”"),
        ("می\u200c x", "“می[U+200C] x”"),
        ("क\u200dष", "“क[U+200D]ष”"),
        ("क्\u200d\u200cष", "[U+200C]ष”"),
        ("a\u034f\u0301", "COMBINING GRAPHEME JOINER"),
        ("a\u180e", "MONGOLIAN VOWEL SEPARATOR"),
        ("a\u3164b", "HANGUL FILLER is not seen"),
        ("a\u202eb", "RIGHT-TO-LEFT OVERRIDE turns the order"),
        ("a\u2066b", "LEFT-TO-RIGHT ISOLATE turns the order"),
        ("a\u2028b", "U+2028 LINE SEPARATOR is not seen"),
        ("e\u0301\u0302\u0303\u0304\u0301", "More than 4 marks on one letter"),
        ("Осrevus", "“О” in “Осrevus” is U+041E CYRILLIC CAPITAL LETTER O, which looks like “O”"),
        ("Fingоlimod", "“Fing[о]limod”"),
        ("Tysabrι", "“Tysabr[ι]”"),
        ("Tysαbri", "“Tys[α]bri”"),
        ("ιnterferon", "“[ι]nterferon”"),
        ("natalizumάb", "GREEK SMALL LETTER ALPHA WITH TONOS"),
        ("סcrevus", "HEBREW LETTER SAMEKH: a word of Latin letters has none"),
        ("هcrevus", "ARABIC LETTER HEH"),
        ("ᑕopaxone", "CANADIAN SYLLABICS"),
        ("𐌀vonex", "OLD ITALIC LETTER A"),
        ("ⵔcrevus", "TIFINAGH LETTER"),
        ("ઠcrevus", "GUJARATI LETTER TTHA"),
        ("ဝcrevus", "MYANMAR LETTER WA"),
        ("Ocrevusـ", "ARABIC TATWEEL"),
        ("०crevus", "DEVANAGARI DIGIT ZERO: a word of Latin letters has none of another script"),
        ("०crevus की", "DEVANAGARI DIGIT ZERO"),
        ("๐crevus", "THAI DIGIT ZERO"),
        (
            "ᴄᴏᴘᴀxᴏɴᴇ",
            "SMALL CAPITAL C, which looks like “c”: a word of Latin letters is written in",
        ),
        ("Nataliᴢumaʙ", "“Natali[ᴢ]umaʙ”"),
        ("Natalizumaʙ", "SMALL CAPITAL B, which looks like “b”"),
        ("ɡlɑtirɑmer", "LATIN SMALL LETTER SCRIPT G, which looks like “g”"),
        ("𝐎crevus", "MATHEMATICAL BOLD CAPITAL O, which looks like “O”"),
        ("BIIB𝟎17", "MATHEMATICAL BOLD DIGIT ZERO, which looks like “0”"),
        ("ℐnterferon", "SCRIPT CAPITAL I, which looks like “I”"),
        ("Οcrelizumab", "GREEK CAPITAL LETTER OMICRON, which looks like “O”"),
        ("teriflunοmide", "GREEK SMALL LETTER OMICRON"),
        ("Nαtalizumab", "“N[α]talizumab”"),
        ("natalizumαb", "“natalizum[α]b”"),
        ("Օcrevus", "ARMENIAN CAPITAL LETTER OH"),
        ("Ocreлизумаб", "CYRILLIC SMALL LETTER EL: a word of Latin letters has none"),
        ("В-cell depletion", "“В” is written in Cyrillic letters that look like Latin “B”"),
        ("Β cells", "“Β” is written in Greek letters that look like Latin “B”"),
        ("the РМС risk", "“РМС” is written in Cyrillic letters that look like Latin “PMC”"),
    ],
)
def test_what_cannot_be_seen_or_deceives_is_shown(text: str, shown: str) -> None:
    assert shown in why_not(text, longest=500)


@pytest.mark.parametrize("text", UNSEEN_IN_PLACE)
def test_what_a_script_or_a_picture_needs_is_taken_and_kept(text: str) -> None:
    assert why_not(f"A name: {text}, so.", longest=500) == ""
    assert tidied(text) == normal(text)


def test_too_much_is_said_in_numbers() -> None:
    assert why_not("x" * 2001, longest=2000) == (
        "This has 2,001 characters; 2,000 at most are kept."
    )


def test_only_what_is_around_is_shown_of_a_long_text() -> None:
    text = "a" * 50 + "\x02" + "b" * 50
    assert f"“…{'a' * 12}[U+0002]{'b' * 12}…”" in why_not(text, longest=500)


def test_written_text_is_kept_composed_and_in_one_line_or_in_lines() -> None:
    assert normal("  nai\u0308ve  and\n so ") == "naïve and so"
    assert normal(" a\r\nb\rc ", lines=True) == "a\nb\nc"


def test_machine_takes_no_hidden_sign_along() -> None:
    assert tidied("Ocre\u00adlizu\x02mab\u200b depletes\n\u2028B  e\u0301") == (
        "Ocrelizumab depletes B é"
    )


@pytest.mark.parametrize("word", ["ɡ", "α", "Tα", "Tγδ", "ɡə", "本", "٢", "क्\u200d", "👩\u200d"])
def test_time_grows_with_the_text_alone(word: str) -> None:
    text = word * (limits.LIST // len(word) - 9) + "əA"
    began = time.process_time()
    why_not(text, longest=limits.LIST)
    tidied(text)
    assert time.process_time() - began < 5


@given(st.text())
def test_what_a_machine_tidied_holds_nothing_unseen(text: str) -> None:
    again = tidied(text)
    assert tidied(again) == again
    why = why_not(again, longest=10**6)
    assert why == "" or "looks like" in why or "marks on one" in why or "Latin" in why
