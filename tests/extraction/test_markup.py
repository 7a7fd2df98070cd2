"""The seen text of whole, cut and broken mark-up, and the way back to the raw text."""

import pytest

from extraction.text.markup import view


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
