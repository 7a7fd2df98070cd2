"""What people may write, and what is refused with a sentence that shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication.writing import normal, tidied, why_not


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
        ("a\u3164b", "HANGUL FILLER is not seen"),
        ("a\u202eb", "RIGHT-TO-LEFT OVERRIDE turns the order"),
        ("a\u2066b", "LEFT-TO-RIGHT ISOLATE turns the order"),
        ("a\u2028b", "U+2028 LINE SEPARATOR is not seen"),
        ("e\u0301\u0302\u0303\u0304\u0301", "More than 4 marks on one letter"),
        ("Осrevus", "“О” in “Осrevus” is U+041E CYRILLIC CAPITAL LETTER O, which looks like “O”"),
        ("Fingоlimod", "“Fing[о]limod”"),
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


@given(st.text())
def test_what_a_machine_tidied_holds_nothing_unseen(text: str) -> None:
    again = tidied(text)
    assert tidied(again) == again
    why = why_not(again, longest=10**6)
    assert why == "" or "looks like" in why or "marks on one" in why or "Latin" in why
