"""The pages of the house as a whole, and what every public page has in common."""

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.test import Client

from editorial import actions
from msportal import errors, sitemaps
from publication import log
from tests.building import claim, mechanism, person, publish, therapy
from tests.html import attributes, links, texts
from tests.small_base import DEPLETES, RELAPSES, Base
from tests.workroom import signed_in, staff

pytestmark = pytest.mark.django_db

RECORD = "/therapies/ocrelizumab/"
PAGES = (
    "/", "/about/", "/about/design/", "/about/review/", "/about/log/", "/changes/",
    "/therapies/", "/mechanisms/", "/sources/", RECORD,
    f"{RECORD}history/", f"{RECORD}v/1/", f"{RECORD}diff/1/1/", "/mechanisms/b-cell-depletion/",
    "/sources/therapies-of-multiple-sclerosis/", f"{RECORD}?as_of=3", f"{RECORD}cite/",
    "/compare/", "/compare/?therapy=ocrelizumab", "/evidence-map/", "/mechanisms/map/",
    f"{RECORD}v/1/cite/", "/sources/therapies-of-multiple-sclerosis/cite/",
)  # fmt: skip
FORMS = (f"{RECORD}report/", "/reports/")
"""Kept in no cache."""
REFUSALS = (
    "/therapies/?kind=x", "/therapies/?page=x", "/?as_of=x",
    "/?as_of=1&as_of=2", "/therapies/nothing/", "/x",
    "/sources/therapies-of-multiple-sclerosis/text/",
)  # fmt: skip


@pytest.mark.parametrize("path", [*PAGES, *FORMS, *REFUSALS])
def test_page_has_what_every_page_has(client: Client, base: Base, path: str) -> None:
    page = client.get(path)
    assert attributes(page, "html") == [{"lang": "en"}]
    assert len(texts(page, "h1")) == 1
    for landmark in ("header", "main", "footer"):
        assert len([a for a in attributes(page, landmark) if a.get("class") != "opening"]) == 1
    assert links(page)[0] == "#main"
    assert attributes(page, "main")[0]["id"] == "main"
    (title,) = texts(page, "title")
    assert title.endswith(" – msportal")
    named = {a["name"]: a["content"] for a in attributes(page, "meta") if "name" in a}
    assert named["description"]
    assert texts(page, "footer")[0].startswith("Not medical advice.")
    tags = ("section", "article", "h2", "h3", "li")
    ids = [a["id"] for tag in tags for a in attributes(page, tag) if "id" in a]
    assert len(ids) == len(set(ids))
    if page.status_code == 200:
        canonical = [a["href"] for a in attributes(page, "link") if a["rel"] == "canonical"]
        kept = RECORD if path == f"{RECORD}v/1/" else path.partition("?")[0]
        assert canonical == [f"http://testserver{kept}"]
        shared = {a["property"]: a["content"] for a in attributes(page, "meta") if "property" in a}
        assert f"{shared['og:title']} – msportal" == title
        assert shared["og:description"] == named["description"]
        assert shared["og:url"] == canonical[0]
        assert shared["og:image"] == "http://testserver/static/msportal/share.png"
        assert shared["og:type"] == ("article" if b"ld+json" in page.content else "website")


@pytest.mark.parametrize("path", [*PAGES, *FORMS])
def test_headings_skip_no_level(client: Client, base: Base, path: str) -> None:
    text = client.get(path).content.decode()
    levels = [int(part[0]) for part in text.split("<h")[1:] if part[0].isdigit()]
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@pytest.mark.parametrize(
    "path", [*PAGES, "/changes.atom", "/sitemap.xml", "/robots.txt", "/llms.txt"]
)
def test_page_is_revalidated_and_the_same_for_everybody(
    client: Client, base: Base, path: str
) -> None:
    page = client.get(path)
    assert page["Cache-Control"] == "no-cache"
    assert page.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert page.cookies == {}
    assert page["ETag"].startswith('"3-')
    again = client.get(path, headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", page["ETag"])


def test_entity_tag_changes_with_address_and_log(client: Client, base: Base) -> None:
    paths = (RECORD, "/therapies/", f"{RECORD}?as_of=3", "/therapies/?as_of=3")
    before = [client.get(path)["ETag"] for path in paths]
    actions.withdraw(base.mechanism, by=base.reviewer, note="Wrong.")
    after = [client.get(path)["ETag"] for path in paths]
    assert len({*before, *after}) == 8
    assert client.get(RECORD, headers={"If-None-Match": before[0]}).status_code == 200


@pytest.mark.parametrize(("path", "status"), [("/therapies/?kind=x", 400), ("/therapies/no/", 404)])
def test_refusal_has_no_entity_tag(client: Client, base: Base, path: str, status: int) -> None:
    page = client.get(path, headers={"If-None-Match": "*"})
    assert page.status_code == status
    assert "ETag" not in page
    assert page["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/therapies/", RECORD, "/changes.atom"])
def test_page_is_read_only(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_banner_says_when_approvals_are_a_demonstration(client: Client, base: Base) -> None:
    banner = "Demonstration: these approvals were not made by clinicians."
    assert texts(client.get("/"), "aside", "demonstration") == []
    other = mechanism("Another")
    claim(other, DEPLETES, source=base.source)
    publish(other, reviewer=person("reviewer", demonstration=True))
    for path in PAGES:
        assert texts(client.get(path), "aside", "demonstration") == [banner]


def test_home_counts_what_is_public_and_shows_the_newest(client: Client, base: Base) -> None:
    therapy("Secret draft")
    page = client.get("/")
    assert texts(page, "ul", "figures") == ["1 therapy 1 mechanism 1 source"]
    assert [line.split(" Entry ")[0] for line in texts(page, "li", "line")] == [
        "New: Ocrelizumab, 4 statements from 1 source. therapy",
        "New: B-cell depletion, 1 statement from 1 source. mechanism",
        "New source: Therapies of multiple sclerosis (journal review, 2019). source",
    ]
    assert "The public log stands at entry 3." in texts(page, "footer")[0]


def test_home_leads_by_names_and_by_what_therapies_do_to_as_many_as_it_says(
    client: Client, base: Base
) -> None:
    for name, kind in (("Ältizumab", "drug"), ("4-aminopyridine", "drug"), ("Yoga", "approach")):
        row = therapy(name, kind=kind)
        claim(row, RELAPSES, source=base.source, topic="outcome", effect_direction="worse",
              outcome="Annualised relapse rate")  # fmt: skip
        for outcome in ("Annualised relapse rate", "Walking"):  # denied: nothing is counted
            claim(row, DEPLETES, source=base.source, topic="outcome", effect_direction="better",
                  outcome=outcome, certainty="negated")  # fmt: skip
        publish(row)
    page = client.get("/")
    assert texts(page, "dl", "letters") == ["0–9 4-aminopyridine A Ältizumab O Ocrelizumab Ocrevus"]
    assert texts(page, "ul", "outcomes") == ["Annualised relapse rate better 1 worse 3"]
    assert texts(page, "ul", "ways") == ["infusion 1", "B cells 1"]
    ways = [link for link in links(page) if link.startswith("/therapies/?")]
    assert len(ways) == 5
    for way, count in zip(ways, (4, 1, 3, 1, 1), strict=True):
        assert client.get(way).context["page"].paginator.count == count, way
    then = client.get("/?as_of=3")
    assert texts(then, "dl", "letters") == ["O Ocrelizumab Ocrevus"]
    assert "/therapies/?outcome=annualised+relapse+rate&as_of=3" in links(then)


def test_about_explains_the_words(client: Client) -> None:
    assert texts(client.get("/about/"), "dl", "glossary")[0].startswith(
        "Approved The editors of this site agreed"
    )


def test_sitemap_lists_what_is_current(client: Client, base: Base) -> None:
    therapy("Secret draft")
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(answer.content)
    found = [str(loc.text) for loc in root.iterfind("{*}url/{*}loc")]
    found = [address.removeprefix("http://testserver") for address in found]
    claims = [f"/claims/{c.public_id}/" for c in base.mechanism.claims.all()]
    assert found == [
        "/",
        "/about/",
        "/about/review/",
        "/about/terms/",
        "/about/log/",
        "/therapies/",
        "/mechanisms/",
        "/sources/",
        "/evidence-map/",
        "/mechanisms/map/",
        "/compare/",
        "/mechanisms/b-cell-depletion/",
        "/sources/therapies-of-multiple-sclerosis/",
        *claims,
    ]
    for path in found:
        assert client.get(path).status_code == 200


def listed(answer: Any, of: str) -> list[str]:
    """The paths that a map names, or an index of maps."""
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}" + of
    found = [str(loc.text) for loc in root.iterfind("{*}*/{*}loc")]
    return [address.removeprefix("http://testserver") for address in found]


@pytest.mark.parametrize("most", [1, 3, 5, 11, 13])
def test_more_than_a_sitemap_may_hold_is_in_several(
    client: Client, base: Base, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    whole = listed(client.get("/sitemap.xml"), "urlset")
    assert len(whole) > 13
    monkeypatch.setattr(sitemaps, "MOST", most)
    maps = listed(client.get("/sitemap.xml"), "sitemapindex")
    parts = [listed(client.get(path), "urlset") for path in maps]
    assert [path for part in parts for path in part] == whole
    assert {len(part) for part in parts[:-1]} == {most}
    for number in ("0", str(len(maps) + 1), "9" * 40):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_maps_of_a_look_back_are_of_the_same_entry(
    client: Client, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = listed(client.get("/sitemap.xml?as_of=2"), "urlset")
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    monkeypatch.setattr(sitemaps, "MOST", 5)
    maps = listed(client.get("/sitemap.xml?as_of=2"), "sitemapindex")
    parts = [listed(client.get(path), "urlset") for path in maps]
    assert [path for part in parts for path in part] == whole


def test_one_sitemap_is_no_part_of_several(client: Client, base: Base) -> None:
    assert client.get("/sitemap-1.xml").status_code == 404


def test_robots_names_the_sitemap(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in answer.content.decode()


def test_unknown_address_is_not_repeated(client: Client) -> None:
    page = client.get("/therapies/canary-text/?q=canary-text")
    assert page.status_code == 404
    assert "canary-text" not in page.content.decode()


def test_wrong_host_is_refused_in_the_site_s_look(client: Client) -> None:
    page = client.get("/", headers={"Host": "evil.example"})
    assert page.status_code == 400
    assert texts(page, "h1") == ["That was not understood"]


def test_error_pages_need_neither_request_nor_database() -> None:
    request = HttpRequest()
    found = [
        errors.bad_request(request, BadRequest("secret")),
        errors.permission_denied(request, PermissionError("secret")),
        errors.page_not_found(request, LookupError("secret")),
        errors.server_error(request),
    ]
    assert [page.status_code for page in found] == [400, 403, 404, 500]
    assert [page for page in found if b"secret" in page.content] == []


def test_failure_of_ours_shows_no_traceback(
    client: Client, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "entry_at", lambda seq: 1 / 0)
    client.raise_request_exception = False
    page = client.get(RECORD)
    assert page.status_code == 500
    assert texts(page, "h1") == ["Something broke"]
    assert "ZeroDivisionError" not in page.content.decode()


def test_home_costs_a_fixed_number_of_queries(
    client: Client, base: Base, django_assert_num_queries: object
) -> None:
    # Once its parts are remembered: head, three counts (each asks for the hash of its entry),
    # newest of therapies and mechanisms, hashes, demonstration. What the first reader after an
    # approval costs is told of lists.
    for more in (0, 30):
        for number in range(more):
            drug = therapy(f"Drug {number:02}", kind="drug")
            claim(drug, DEPLETES, source=base.source, acts_by=base.mechanism)
            publish(drug)
        client.get("/")
        with django_assert_num_queries(7):  # type: ignore[operator]
            client.get("/")


def test_form_without_its_token_is_refused_in_words() -> None:
    page = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert page.status_code == 403
    assert texts(page, "h1") == ["This form was not taken"]


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"a=" + b"1" * 12_000_001, "application/x-www-form-urlencoded", "more than 12 MB"),
        (b"a=1&" * 20_001, "application/x-www-form-urlencoded", "more than 20,000 fields"),
        (
            b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n1\r\n' * 101
            + b"--x--\r\n",
            "multipart/form-data; boundary=x",
            "or 100 files",
        ),
        (b"--x\r\n", "multipart/form-data; boundary=" + "x" * 300, "garbled"),
    ],
    ids=["text", "fields", "files", "garbled"],
)
def test_form_that_cannot_be_taken_is_told_why_and_what_to_do(
    body: bytes, kind: str, said: str
) -> None:
    answer = signed_in(staff()).generic("POST", "/admin/sources/document/add/", body, kind)
    assert answer.status_code == 400
    lead = texts(answer, "p")
    assert [text for text in lead if said in text and "Nothing was written. Go back" in text]
