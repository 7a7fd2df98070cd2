"""Texts that take formats apart, and items made of them."""

from typing import Any

from hypothesis import strategies as st

from sources.citing.items import Item, of_work
from sources.shapes import SOURCE

_SIGNS = st.sampled_from(
    [
        *("<", ">", "&", "&amp;", "</i>", "<script>", '"', "'", "''", "`"),
        *("{", "}", "\\", "\\textbf{", "%", "%20", "_", "$", "#", "~", "^", "--", "@"),
        *(",", "?", ".", ":", "  ", "\n", "\r\n"),
        *("\u2028", "\x00", "\ufdd0", "α", "β", "é", "IL-17", " and ", "others", "ER  - "),
    ]
)  # fmt: skip
nasty = st.lists(
    _SIGNS
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cn", "Co", "Cf")), max_size=5),
    max_size=8,
).map("".join)


def work(**fields: Any) -> Item:
    """The item of a source of which this is stated."""
    return of_work(body(**fields))


def body(**fields: Any) -> dict[str, Any]:
    """A source's content in today's shape, of which this is stated."""
    return SOURCE.present({"id": "1f598c52", "name": "A work", "kind": "journal-article", **fields})


_authors = st.lists(
    st.fixed_dictionaries({"family": nasty, "given": nasty, "initials": st.just("")}), max_size=3
)
_dates = st.sampled_from(["", "2018", "2018-02", "2018-02-21"])
_kinds = st.sampled_from(["journal-article", "book-chapter", "web-page", "label", "preprint", "x"])
items = st.builds(
    work,
    title=nasty,
    kind=_kinds,
    authors=_authors,
    container_title=nasty,
    publisher=nasty,
    volume=nasty,
    issue=nasty,
    pages=nasty,
    date=_dates,
    doi=nasty,
    url=nasty,
)
