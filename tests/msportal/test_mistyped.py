"""Addresses as people type and paste them lead to what was meant, whoever lives there."""

import pytest
from django.test import Client

from editorial import actions
from msportal.mistyped import meant, name_in
from tests.building import publish, source_with_text
from tests.html import attributes
from tests.small_base import Base

RECORD = "/therapies/ocrelizumab/"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("/Therapies/", "/therapies/"),
        ("/THERAPIES", "/therapies/"),
        ("/therapy/ocrelizumab/", RECORD),
        ("/therapy/", "/therapies/"),
        ("/therapies/ocrelizumab/.", RECORD),
        ("/therapies/ocrelizumab).", RECORD),
        ("/therapies/ocrelizumab/>", RECORD),
        ("/therapies/ocrelizumab”", RECORD),
        ("//therapies//ocrelizumab/", RECORD),
        ("/therapies/Ocrelizumab/v/2/,", f"{RECORD}v/2/"),
        ("/claim/abcdefghjkmn", "/claims/abcdefghjkmn/"),
        ("/About/Design", "/about/design/"),
        ("/Evidence-Map", "/evidence-map/"),
        ("/changes.atom.", "/changes.atom"),
        ("/Source/10.1000/182).", "/sources/10.1000/182/"),
    ],
)
def test_address_that_was_meant_is_told_from_the_address(typed: str, found: str) -> None:
    assert meant(typed) == found


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "/x", RECORD, "/ocrelizumab/", "/wp-admin/", "/therapies/a/b/c/d/", "/admin/x",
        "/API/v1/therapies/", "//evil.example/therapies/", "/therapies/%0d%0aX: y/", "/../etc",
    ],
)  # fmt: skip
def test_address_that_stands_for_no_other_leads_nowhere(path: str) -> None:
    assert meant(path) == ""


def test_redirect_stays_on_this_site_whatever_is_in_the_address() -> None:
    for path in ("/sources/10.1000/a?b#c/.", "/Sources/10.1000/\\evil", "/source/10.1000/é"):
        found = meant(path)
        assert found.startswith("/sources/10.1000/")
        assert found.isascii()
        assert not set(found) & set("?#\\ ")


@pytest.mark.parametrize("path", ["/interferon-beta", "/interferon-beta/", "/Interferon-Beta"])
def test_name_alone_is_told(path: str) -> None:
    assert name_in(path).casefold() == "interferon beta"


@pytest.mark.parametrize("path", ["/", "/x", "/a/b", "/favicon.png", "/<b>x", "/" + "a" * 41])
def test_what_is_no_name_is_not_told(path: str) -> None:
    assert name_in(path) == ""


@pytest.mark.django_db
def test_reader_lands_where_the_address_meant(client: Client, base: Base) -> None:
    for typed in ("/Therapy/Ocrelizumab", "/therapies/ocrelizumab/).", "/THERAPIES/OCRELIZUMAB/"):
        assert client.get(typed, follow=True).redirect_chain[-1] == (RECORD, 301)
    answer = client.get("/Therapies/?q=b&as_of=3")
    assert answer["Location"] == "/therapies/?q=b&as_of=3"
    assert answer["Cache-Control"] == "no-cache"
    assert client.post("/Therapies/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code",
    [
        "10.1000/182", "10.1000%2F182", "doi:10.1000/182", "DOI:10.1000/182/",
        "https://doi.org/10.1000/182", "10.1000/182).",
    ],
)  # fmt: skip
def test_doi_leads_to_its_source(client: Client, base: Base, code: str) -> None:
    page = client.get(f"/sources/{code}", follow=True)
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == "/sources/therapies-of-multiple-sclerosis/"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["1234567", "nct00000001", "NCT00000001"])
def test_number_in_pubmed_or_a_registry_leads_to_its_source(client: Client, code: str) -> None:
    work = source_with_text("A work.", title="A work", pmid="1234567", registry_id="NCT00000001")
    publish(work)
    page = client.get(f"/sources/{code}/")
    assert (page.status_code, page["Location"]) == (302, "/sources/a-work/")
    assert client.get(f"/therapies/{code}/").status_code != 302


@pytest.mark.django_db
def test_doi_of_a_withdrawn_source_leads_to_its_tombstone(client: Client, base: Base) -> None:
    actions.withdraw(base.source, by=base.reviewer, note="Wrong.")
    assert client.get("/sources/10.1000/182/", follow=True).status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["%00", "%0D%0AX:y", "a" * 5000, "a b", "%", "<b>"])
def test_doi_that_is_none_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/sources/10.1000/{code}", follow=True).status_code == 404


@pytest.mark.django_db
def test_doi_of_nobody_and_of_then_is_not_found(client: Client, base: Base) -> None:
    assert client.get("/sources/10.1000/183/").status_code == 404
    assert client.get("/sources/10.1000/182/?as_of=0").status_code == 404


def test_guessed_name_stands_in_the_search_field_and_asks_no_database(client: Client) -> None:
    page = client.get("/interferon-beta/")
    assert page.status_code == 404
    fields = [a for a in attributes(page, "input") if a.get("id") == "find"]
    assert [a["value"] for a in fields] == ["interferon beta"]
