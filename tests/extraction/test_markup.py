"""The seen text of whole, cut and broken mark-up, and the way back to the raw text."""

import pytest

from extraction import extract, read
from extraction.text.markup import view
from tests.extraction.extracting import VOCABULARY


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("a <em>b</em> c", "a b c"),
        ("<p\nJanuary 14, 2016", "January 14, 2016"),
        ("Title</h1\n><i>Ann Lee</i\nnull", "Title Ann Lee null"),
        ("></div\ntext\n/div><", "text"),
        ("p<0.05 and a <b, x < y", "p<0.05 and a <b, x < y"),
        ("&nbsp;10.1000/x &amp; y &unknown;", "10.1000/x & y &unknown;"),
        ("a<!-- b -->c<!-- d", "ac d"),
        ("<script>no</script>yes<style>no", "yes no"),
        ("<p class=\"a\nb\">x<a href='y' hidden>z</a>", "xz"),
        ("<html><nav>menu</nav><body>text</body>", "text"),
    ],
)
def test_view_shows_what_a_reader_sees(raw, seen):
    assert " ".join(view(raw).text.split()) == seen


def test_view_maps_every_seen_character_back():
    raw = "a&amp;<b>c</b\n\nd"
    seen = view(raw)
    at = seen.text.index("&")
    assert seen.to_raw(at, at + 1).of(raw) == "&amp;"
    assert seen.to_raw(0, at + 2).of(raw) == "a&amp;<b>c"


UNSEEN = ["\xad", "&shy;", "&#173;", "&#x200b;", "\u200b", "\u2060", "\ufeff", "\u200d", "<wbr>"]


@pytest.mark.parametrize("sign", UNSEEN)
def test_signs_without_a_shape_stand_in_no_value_and_hide_no_name(sign):
    claimed = f"Siponi{sign}mod reduced relapses in multiple sclero{sign}sis."
    raw = f"<title>About siponi{sign}mod</title>\n<p>{claimed}</p>"
    reading = read(raw.encode(), name="x")
    found = extract(reading, VOCABULARY)
    assert reading.metadata.title == "About siponimod"
    assert reading.metadata.spans["title"].of(raw) == f"About siponi{sign}mod"
    assert [c.subject for c in found.claims] == ["Siponimod"]
    assert found.claims[0].exact == claimed
    assert [m.canonical for m in found.mentions if m.kind == "course"] == ["Multiple sclerosis"]


def test_word_that_a_soft_hyphen_parts_at_the_end_of_a_line_is_one():
    assert view("rituxi\xad\n  mab and \xad\n- a list").text == "rituximab and \n- a list"


def test_joiners_of_other_scripts_and_of_pictures_stay():
    text = "می\u200cخواهم 👩\u200d🔬"
    assert view(text).text == text


@pytest.mark.parametrize("tag", ["italic", "sc", "named-content", "i"])
def test_names_go_on_through_tags_that_part_no_word(tag):
    raw = f"<p>Peginterferon <{tag}>beta</{tag}>-1a reduced relapses in MS.</p>"
    found = extract(read(raw.encode(), name="x"), VOCABULARY)
    assert [c.subject for c in found.claims] == ["Peginterferon beta-1a"]
