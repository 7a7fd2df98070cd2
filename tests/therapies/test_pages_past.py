"""Looking back: which moment a page shows, how a reader gets there, and what was not there yet."""

import pytest
from django.test import Client

from tests import clocks
from tests.html import attributes, links, texts
from tests.small_base import DEPLETES, Base, later, small_base

pytestmark = pytest.mark.django_db

PAGE = "/therapies/ocrelizumab/"
NOW = "/therapies/ocrelizumab-iv/"
"""Where the record moved with entry 5."""


@pytest.fixture(scope="module")
def _published(module_rows: None) -> Base:
    """Entries 1 to 3 on 2 March, and what comes later (4 to 7) on the 4th."""
    with clocks.on("2026-03-02T12:00:00Z"):
        made = small_base()
    with clocks.on("2026-03-04T12:00:00Z"):
        later(made)
    return made


@pytest.fixture
def base(db: None, _published: Base) -> Base:
    """The same for each test anew."""
    return _published.fresh()


def look_back(client: Client, path: str) -> str:
    return texts(client.get(path), "aside", "look-back")[0]


def test_page_of_a_day_names_day_and_entry_and_keeps_the_day(client: Client, base: Base) -> None:
    page = client.get(f"{PAGE}?as_of=2026-03-03")
    assert texts(page, "aside", "look-back") == [
        "A look back: this page as it was at the end of 3 March 2026 (entry 3 of the public log). "
        "Show the present or what changed since."
    ]
    assert texts(page, "title") == ["Ocrelizumab, as of 3 March 2026 – msportal"]
    inner = [link for link in links(page) if link.startswith(("/therapies/", "/mechanisms/"))]
    assert [link for link in inner if "as_of=2026-03-03" not in link] == [f"{PAGE}diff/1/2/"]
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")


def test_title_of_an_entry_names_it(client: Client, base: Base) -> None:
    titles = [texts(client.get(f"{PAGE}?as_of={seq}"), "title")[0] for seq in (3, 4)]
    assert titles == [
        "Ocrelizumab, as of 2 March 2026 (entry 3) – msportal",
        "Ocrelizumab, as of 4 March 2026 (entry 4) – msportal",
    ]


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("/", "li", "Nothing had been approved then."),
        ("/changes/", "p", "Nothing had been approved then."),
        ("/therapies/", "div", "No approved therapy was public then."),
    ],
)
def test_what_was_empty_is_told_as_past(
    client: Client, base: Base, path: str, kind: str, said: str
) -> None:
    assert texts(client.get(f"{path}?as_of=0"), kind, "empty") == [said]


def test_form_and_links_keep_filters_and_page(client: Client, base: Base) -> None:
    page = client.get("/therapies/?q=ocrelizumab&page=1&kind=&as_of=2026-03-03")
    assert "?q=ocrelizumab&page=1" in links(page)
    fields = [(a["name"], a["value"]) for a in attributes(page, "input") if a["type"] == "hidden"]
    # those of search, filters and comparing, and those of the two forms at the foot
    assert fields == [*[("as_of", "2026-03-03")] * 3, *[("q", "ocrelizumab"), ("page", "1")] * 2]


@pytest.mark.parametrize("path", ["/", "/about/", "/changes/", f"{NOW}history/", "/sources/"])
def test_every_page_may_be_looked_back_from_to_yesterday(
    client: Client, base: Base, path: str
) -> None:
    with clocks.on("2026-03-10T00:00:01Z"):
        page = client.get(path)
    (day,) = [a for a in attributes(page, "input") if a.get("id") == "when-day"]
    assert (day["name"], day["max"]) == ("as_of", "2026-03-09")
    robots = {"name": "robots", "content": "noindex"}
    assert robots not in attributes(page, "meta")
    assert robots in attributes(client.get(f"{path}?as_of=7"), "meta")


@pytest.mark.parametrize(
    ("as_of", "what"),
    [
        ("2026-03-10", "10 March 2026 is not over yet"),
        ("2026-12-25", "25 December 2026 is not over yet"),
        ("2026-03-10T14:30Z", "14:30 UTC on 10 March 2026 has not come yet"),
        ("8", "The log has no entry 8 yet"),
    ],
)
def test_what_lies_ahead_is_refused_with_what_may_be_asked(
    client: Client, base: Base, as_of: str, what: str
) -> None:
    with clocks.on("2026-03-10T12:00:00Z"):
        page = client.get(f"{PAGE}?q=x&as_of={as_of}")
    assert page.status_code == 400
    assert texts(page, "h1") == [what]
    assert texts(page, "title") == [f"Error: {what} – msportal"]
    assert "?q=x" in links(page)
    assert [a for a in attributes(page, "input") if a.get("max") == "2026-03-09"]
    assert texts(page, "p", "lead") == [
        "The newest day that is over is 9 March 2026 (UTC), and the newest entry of the log is 7."
    ]


@pytest.mark.parametrize(
    ("path", "as_of", "entry", "version"),
    [
        (PAGE, "2", 3, f"{NOW}v/1/"),
        (f"{PAGE}history/", "2", 3, f"{NOW}v/1/"),
        (f"{PAGE}cite/", "2026-03-01", 3, f"{NOW}v/1/"),
        (f"{PAGE}v/2/", "3", 5, f"{PAGE}v/2/"),
        (f"{PAGE}diff/1/2/", "3", 5, f"{PAGE}v/2/"),
        ("/mechanisms/b-cell-depletion/", "1", 2, "/mechanisms/b-cell-depletion/v/1/"),
        ("/sources/10.1000/182", "0", 1, "/sources/therapies-of-multiple-sclerosis/v/1/"),
        ("/sources/another-source/", "2026-03-03", 4, "/sources/another-source/v/1/"),
    ],
)
def test_what_became_public_later_says_when(
    client: Client, base: Base, path: str, as_of: str, entry: int, version: str
) -> None:
    page = client.get(f"{path}?as_of={as_of}")
    assert page.status_code == 404
    assert texts(page, "h1") == ["Not yet public then"]
    assert f"as entry {entry} of the public log" in texts(page, "p", "lead")[0]
    assert version in links(page)
    now = page.context["later"].present
    assert now in links(page)
    assert client.get(now, follow=True).status_code in (200, 410)


def test_claim_that_became_public_later_says_when(client: Client, base: Base) -> None:
    claim = base.mechanism.claims.get(text=DEPLETES)
    page = client.get(f"/claims/{claim.public_id}/?as_of=1")
    assert page.status_code == 404
    assert texts(page, "p", "lead")[0].startswith(
        "This claim about B-cell depletion was first approved on 2 March 2026 as entry 2"
    )
    assert f"/mechanisms/b-cell-depletion/v/1/#claim-{claim.public_id}" in links(page)


def test_what_never_was_is_as_unknown_in_the_past(client: Client, base: Base) -> None:
    for path in ("/therapies/nothing/", "/claims/nothing/", f"{PAGE}v/9/", "/sources/10.1000/9"):
        page = client.get(f"{path}?as_of=3")
        assert (page.status_code, texts(page, "h1")) != (404, ["Not yet public then"])
        assert page.status_code == 404


@pytest.mark.parametrize("as_of", ["0", "2026-03-01"])
def test_before_the_first_entry_a_list_says_when_it_began(
    client: Client, base: Base, as_of: str
) -> None:
    for path in ("/", "/therapies/", "/mechanisms/", "/sources/", "/changes/"):
        said = look_back(client, f"{path}?as_of={as_of}")
        assert "nothing was public" in said
        assert "The public log begins on 2 March 2026, with entry 1." in said
