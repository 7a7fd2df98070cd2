"""What would not be seen is shown by its number; what has its place in a text is not."""

import json

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from publication import stored
from publication.columns import Cut, in_lines, lines
from publication.difference import after, before, pieces
from publication.glyphs import Glyph, cut, in_text
from publication.published import read_models
from publication.templatetags.differences import marked
from publication.writing import belongs, is_unseen, why_not
from tests.unseen_in_place import UNSEEN_IN_PLACE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u200bb", "a[U+200B]b"),
        ("a\u200b\u200b\u200bb", "a[U+200B ×3]b"),
        ("\u202eevil\u202c", "[U+202E]evil[U+202C]"),
        ("a\x02\0b", "a[U+0002][U+0000]b"),
        ("\ud800 \uffff", "[U+D800] [U+FFFF]"),
        ("\u00adcut off\u00ad", "[U+00AD]cut off[U+00AD]"),
        ("\ufeffThe", "[U+FEFF]The"),
        ("50\ufe0f %", "50[U+FE0F] %"),
    ],
)
def test_what_is_not_seen_is_shown(text: str, shown: str) -> None:
    assert in_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "immuno\u00adtherapy\r\n\ta\u00a0b\u2009c",
        "می\u200cخواهم",
        "❤\ufe0f 👩\u200d⚕\ufe0f",
        *UNSEEN_IN_PLACE,
        "\u06dd123 \u060112",
        "α4β1 café cafe\u0301 «“‘–−…≥±µ日本語",
    ],
)
def test_what_has_its_place_in_a_text_is_no_mark(text: str) -> None:
    assert list(cut(text)) == [text]


@given(st.text(st.characters(), max_size=40))
def test_all_of_a_text_is_there_and_nothing_that_others_hide(text: str) -> None:
    found = list(cut(text))
    assert "".join(p if isinstance(p, str) else p.character * p.times for p in found) == text
    in_full = [p for p in cut(text, spaces=True) if isinstance(p, Glyph)]
    assert len(in_full) >= sum(isinstance(p, Glyph) for p in found)
    for piece in found:
        if isinstance(piece, str):
            left = [(at, c) for at, c in enumerate(piece) if is_unseen(c)]
            assert all(c in "\t\n\r\u00ad" or belongs(piece, at, c) for at, c in left)


@pytest.mark.parametrize(
    "text",
    [
        *("reduced by 5\ufe0f0 %", "BIIB01\ufe0f7", "safe\U0001d159", "a\U00013430b"),
        *("x\U00016fe4y", "no\u200c☃", "中\u200d文", "1\ufe0f", "a\u034fb", "\U0001f3f4\U000e0067"),
    ],
)
def test_what_a_person_may_not_type_unseen_is_shown(text: str) -> None:
    assert "[U+" in in_text(text)
    assert "is not seen" in why_not(text, longest=100)


def test_mark_in_a_page_has_its_name_and_escapes_what_is_around_it() -> None:
    page = Template("{{ text|glyphs }}").render(Context({"text": "<b>\u200b</b>"}))
    assert page == (
        '&lt;b&gt;<bdi class="glyph" role="img" aria-label="U+200B ZERO WIDTH SPACE" '
        'title="U+200B ZERO WIDTH SPACE">U+200B</bdi>&lt;/b&gt;'
    )
    names = Template('{{ names|join:", "|glyphs }}').render(Context({"names": ["<", "\u200f"]}))
    assert names.startswith("&lt;, <bdi")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("a", "a\u200b", "U+200B"),
        ("therapy", "thera\u00adpy", "U+00AD"),
        ("5 mg", "5\u00a0mg", "U+00A0"),
        ("one two", "one\u0085two", "U+0085"),
        ("risk of relapse", "risk\u202e of relapse", "U+202E"),
    ],
)
def test_difference_in_what_is_not_seen_is_marked(old: str, new: str, code: str) -> None:
    for page in (marked(pieces(old, new)), marked(after(pieces(old, new)))):
        assert "<ins>" in page
        assert f">{code}</bdi>" in page
        assert "<bdi" not in marked(before(pieces(old, new)))


def test_difference_in_words_marks_no_common_space() -> None:
    assert "<bdi" not in marked(pieces("5 mg", "10\u00a0mg of immuno\u00adtherapy"))


# What is stored


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"a\u0000b"', "a\ufffdb"),
        (r'["\ud800", {"\uDFFF": 1}]', ["\ufffd", {"\ufffd": 1}]),
        (r'"\ud83e\uddec"', "🧬"),
        (r'"\\u0000 \u0002"', "\\u0000 \x02"),
        ("12", 12),
    ],
)
def test_what_nothing_else_can_hold_is_replaced(text: str, value: object) -> None:
    assert stored.values(text) == value
    json.dumps(stored.values(text), ensure_ascii=False).encode()


def test_stored_text_that_is_no_json_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        stored.values("{")


def test_columns_keep_the_beginning() -> None:
    column = Cut(max_length=5)
    assert [column.get_prep_value(x) for x in ("12345", "123456", None)] == ["12345", "1234…", None]


def test_lines_are_parted_by_line_feeds_alone() -> None:
    names = ["Ann\u2028Editor", "Rob\x0bReviewer", "Al\nEx"]
    assert lines(in_lines(names)) == ["Ann\u2028Editor", "Rob\x0bReviewer", "Al Ex"]
    assert lines("") == []


KEYS = {
    *("key", "public_id", "slug", "subject_slug", "subject_id", "subject_type", "claim_id"),
    *("evidence_id", "source_id", "mechanism_id", "one_of_id", "successor_id", "record_type"),
    *("digest", "document_sha256", "approved_at", "judged_at", "facet", "kind", "part", "word"),
    *("role", "to_type", "to_id"),
}
"""Columns that are compared, or have one length."""


def test_every_text_of_a_read_model_is_kept_whatever_its_length() -> None:
    found = {
        f"{model.__name__}.{field.name}"
        for model in read_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "CharField" and field.name not in KEYS
        if not isinstance(field, Cut)
    }
    assert found == set()
