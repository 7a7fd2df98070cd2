"""References as people write them: what the styles print, and what cannot get out."""

import re
from html import unescape

import pytest
from hypothesis import given, settings

from sources.citing.formatted import AMA, APA, STYLES, VANCOUVER, Style, cited
from sources.citing.items import Item, of_page, of_work
from tests.sources.citing.texts import body, items, work

ARTICLE = {
    "title": "Mechanisms and Immunotherapy",
    "authors": [
        {"family": "Baecher-Allan", "given": "Clare"},
        {"family": "Kaskow", "given": "Belinda J."},
        {"family": "Smith Group"},
    ],
    "container_title": "Neuron",
    "volume": "97",
    "issue": "4",
    "pages": "742-768",
    "date": "2018-02-21",
    "doi": "10.1016/x",
}


def one(style: Style, item: Item) -> str:
    (text,) = cited(style, [item])
    return str(text)


def test_article_in_three_styles() -> None:
    assert [one(style, work(**ARTICLE)) for style in STYLES] == [
        "Baecher-Allan, C., Kaskow, B. J., &amp; Smith Group. (2018). "
        "Mechanisms and Immunotherapy. <i>Neuron</i>, <i>97</i>(4), 742–768. https://doi.org/10.1016/x",
        "Baecher-Allan C, Kaskow BJ, Smith Group. Mechanisms and Immunotherapy. <i>Neuron</i>. "
        "2018;97(4):742-768. doi:10.1016/x",
        "Baecher-Allan C, Kaskow BJ, Smith Group. Mechanisms and Immunotherapy. Neuron. "
        "2018 Feb 21;97(4):742–68. doi:10.1016/x",
    ]


def test_page_of_this_site_in_three_styles() -> None:
    page = of_page(
        key="k", title="Ocrelizumab", version=3, day="2026-05-03", url="https://x.org/v/3/"
    )
    assert [one(style, page) for style in STYLES] == [
        "msportal. (2026, May 3). <i>Ocrelizumab (version 3)</i>. https://x.org/v/3/",
        "msportal. Ocrelizumab (version 3). May 3, 2026. https://x.org/v/3/",
        "msportal. Ocrelizumab (version 3) [Internet]. 2026. Available from: https://x.org/v/3/",
    ]


def test_part_of_a_page_names_the_page() -> None:
    part = of_page(
        key="k", title="“It works.”", version=3, day="2026-05-03", url="https://x.org/v/3/#c",
        part_of="Ocrelizumab",
    )  # fmt: skip
    assert one(AMA, part) == (
        "msportal. “It works.” Ocrelizumab (version 3). May 3, 2026. https://x.org/v/3/#c"
    )


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("web-page", "<i>A title</i>. (2018)."),
        ("label", "<i>A title</i>. (2018). [Drug label]."),
        ("book-chapter", "A title. (2018)."),
    ],
)
def test_title_stands_once_where_no_author_is_stated(kind: str, told: str) -> None:
    item = work(kind=kind, title="A title", date="2018")
    assert one(APA, item) == told
    assert all(one(style, item).count("A title") == 1 for style in STYLES)


def test_date_is_told_as_far_as_it_is_stated() -> None:
    page = {"kind": "web-page", "title": "T", "authors": [{"family": "Lee", "given": "A."}]}
    assert [one(APA, work(**page, date=d)) for d in ("", "2018", "2018-02", "2018-02-21")] == [
        "Lee, A. (n.d.). <i>T</i>.",
        "Lee, A. (2018). <i>T</i>.",
        "Lee, A. (2018, February). <i>T</i>.",
        "Lee, A. (2018, February 21). <i>T</i>.",
    ]


@pytest.mark.parametrize(
    ("pages", "apa", "vancouver"),
    [
        ("123-9", "123–129", "123–9"),
        ("10-101", "10–101", "10–101"),
        ("742–768", "742–768", "742–68"),
        ("7-7", "7–7", "7–7"),
        ("e45", "e45", "e45"),
        ("S12", "S12", "S12"),
        ("2018-1", "2018–1", "2018–1"),
        ("2018-19", "2018–19", "2018–19"),
        ("10-1", "10–1", "10–1"),
        ("1998-2003", "1998–2003", "1998–2003"),
        ("A12-3", "A12–3", "A12–3"),
        ("10-1–10-15", "10-1–10-15", "10-1–10-15"),
    ],
)
def test_pages_are_written_as_the_style_wants(pages: str, apa: str, vancouver: str) -> None:
    item = work(**ARTICLE | {"pages": pages})
    assert f", {apa}. https" in one(APA, item)
    assert f":{vancouver}. doi" in one(VANCOUVER, item)


@pytest.mark.parametrize(
    ("author", "told"),
    [
        ({"family": "Berg", "given": "Anna van der"}, "Berg, A. van der."),
        ({"family": "van der Berg", "given": "Anna"}, "van der Berg, A."),
        ({"family": "Lee", "initials": "JP"}, "Lee, J. P."),
        ({"family": "王", "given": "伟"}, "王 伟."),
        ({"family": "Lee", "given": "anna"}, "Lee anna."),
        ({"family": "R&D <Group>"}, "R&amp;D &lt;Group&gt;."),
    ],
)
def test_name_is_written_whole_whatever_it_is(author: dict[str, str], told: str) -> None:
    assert one(APA, work(title="T", authors=[author])).startswith(f"{told} (n.d.)")


@pytest.mark.parametrize("style", STYLES)
def test_retraction_is_never_lost(style: Style) -> None:
    assert one(style, of_work(body(**ARTICLE), note="Retracted")).endswith(" [Retracted]")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("title", ["a <b onclick=x()>&amp; c</b>", '<span class="nocase">x</span>'])
def test_title_that_looks_like_mark_up_is_text(style: Style, title: str) -> None:
    text = one(style, work(title=title, authors=[{"family": "Lee", "given": "A."}]))
    assert title in unescape(text)
    assert "<b" not in text
    assert "<span" not in text


@pytest.mark.parametrize("style", STYLES)
def test_question_at_the_end_of_a_title_needs_no_full_stop(style: Style) -> None:
    assert "What works? " in re.sub(
        "<.*?>", "", one(style, work(**ARTICLE | {"title": "What works?"}))
    )


@given(items)
@settings(max_examples=30)
def test_no_text_breaks_a_style_or_gets_out_as_mark_up(item: Item) -> None:
    for style in STYLES:
        text = one(style, item)
        assert set(re.findall(r"</?([^>\s]*)", text)) <= {"i", "b", "sup", "sub", "span"}
        assert not re.search("[\ufdd0-\ufdef]", text)


def test_list_keeps_its_order() -> None:
    both = [work(title="Second"), work(title="First")]
    assert [re.sub("<.*?>", "", text)[:5] for text in cited(VANCOUVER, both)] == ["Secon", "First"]
