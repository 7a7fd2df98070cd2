"""Citations of the API are the files that pages offer, and others read them."""

import json
from typing import Any

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON
from django.test import Client

from editorial import actions
from sources.actions import set_standing
from sources.citing import formatted
from tests.openapi import BASE, get, problems
from tests.small_base import RELAPSES, Base, later

pytestmark = pytest.mark.django_db

FORMATS = {
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl": "application/vnd.citationstyles.csl+json",
}
THERAPY = "therapies/ocrelizumab/"
SOURCE = "sources/therapies-of-multiple-sclerosis/"
HOST = "http://testserver"


def cited(path: str) -> list[dict[str, Any]]:
    """What a citation says, read as BibTeX, as RIS and as CSL-JSON: title, address or DOI, note."""
    library = bibtexparser.parse_string(text_of(path, "bibtex"))
    assert not library.failed_blocks
    ris = rispy.loads(text_of(path, "ris"))
    csl = json.loads(text_of(path, "csl"))
    assert len(library.entries) == len(ris) == len(csl)
    for entry, lines, item in zip(library.entries, ris, csl, strict=True):
        assert entry.key == lines["id"] == item["id"]
        assert lines["title"] == item["title"]
        assert entry.fields_dict["year"].value == lines["year"]
        assert str(item["issued"]["date-parts"][0][0]) == lines["year"]
    return list(csl)


def text_of(path: str, name: str) -> str:
    answer = get(path, Accept=FORMATS[name])
    assert answer["Content-Type"].partition(";")[0] == FORMATS[name]
    assert get(f"{path}{'&' if '?' in path else '?'}format={name}").content == answer.content
    return str(answer.content.decode("utf-8"))


def test_source_is_cited_as_the_work(base: Base) -> None:
    for path in (SOURCE, f"{SOURCE}versions/1/", f"{SOURCE}?as_of=1"):
        (work,) = cited(path)
        assert (work["title"], work["DOI"]) == ("Therapies of multiple sclerosis", "10.1000/182")
        assert work["author"] == [{"family": "Müller", "given": "A."}]


def test_record_and_version_are_cited_at_the_address_that_stays(base: Base) -> None:
    for path in (THERAPY, f"{THERAPY}versions/1/", f"{THERAPY}?as_of=3"):
        (page,) = cited(path)
        assert (page["title"], page["version"]) == ("Ocrelizumab", "1")
        assert page["URL"] == f"{HOST}/therapies/ocrelizumab/v/1/"


def test_claim_is_cited_as_a_part_of_its_version_with_its_works(base: Base) -> None:
    claim_id = base.therapy.claims.get(topic="outcome").public_id
    claim, work = cited(f"claims/{claim_id}/")
    assert (claim["title"], claim["container-title"]) == (f"“{RELAPSES}”", "Ocrelizumab")
    assert claim["URL"] == f"{HOST}/therapies/ocrelizumab/v/1/#claim-{claim_id}"
    assert work["DOI"] == "10.1000/182"


def test_a_style_takes_it(base: Base) -> None:
    style = CitationStylesStyle(str(formatted._FOLDER / "apa.csl"), validate=False)
    for path in (SOURCE, THERAPY):
        items = json.loads(text_of(path, "csl"))
        told = CitationStylesBibliography(style, CiteProcJSON(items), plain)
        told.register(Citation([CitationItem(items[0]["id"])]))
        (line,) = map(str, told.bibliography())
        assert items[0]["title"] in line


def test_file_has_a_name_of_what_it_cites(base: Base) -> None:
    claim_id = base.therapy.claims.get(topic="outcome").public_id
    for path, name in (
        (SOURCE, "therapies-of-multiple-sclerosis-v1"),
        (f"{THERAPY}versions/1/", "ocrelizumab-v1"),
        (f"claims/{claim_id}/", f"claim-{claim_id}-v1"),
    ):
        for wanted, ending in (("bibtex", "bib"), ("ris", "ris"), ("csl", "json")):
            answer = get(f"{path}?format={wanted}")
            assert answer["Content-Disposition"] == f'attachment; filename="{name}.{ending}"'
        for shown in (path, f"{path}?format=jsonld"):
            assert "Content-Disposition" not in get(shown)


def test_api_and_pages_cite_alike(client: Client, base: Base) -> None:
    """Byte for byte, whatever became of it."""
    claim_id = base.therapy.claims.get(topic="outcome").public_id
    moved = "therapies/ocrelizumab-iv/"
    pairs = [
        (SOURCE, f"{SOURCE}cite/"),
        (f"{SOURCE}versions/1/", f"{SOURCE}v/1/cite/"),
        (moved, f"{moved}cite/"),
        (f"{moved}?as_of=6", f"{moved}cite/?as_of=6"),
        (f"{moved}versions/1/", f"{moved}v/1/cite/"),
        (f"{THERAPY}?as_of=3", f"{THERAPY}cite/?as_of=3"),
        ("mechanisms/b-cell-depletion/versions/1/", "mechanisms/b-cell-depletion/v/1/cite/"),
        ("mechanisms/b-cell-depletion/?as_of=4", "mechanisms/b-cell-depletion/cite/?as_of=4"),
        (f"claims/{claim_id}/", f"claims/{claim_id}/cite/"),
        (f"claims/{claim_id}/?as_of=3", f"claims/{claim_id}/cite/?as_of=3"),
    ]
    later(base)
    notes = set()
    for ours, theirs in pairs:
        for name, offered in (("bibtex", "bibtex"), ("ris", "ris"), ("csl", "csl-json")):
            mark = "&" if "?" in theirs else "?"
            page = client.get(f"/{theirs}{mark}format={offered}")
            mark = "&" if "?" in ours else "?"
            answer = get(f"{ours}{mark}format={name}")
            assert (page.status_code, page.content) == (200, answer.content), ours
            assert page["Content-Disposition"] == answer["Content-Disposition"]
        notes |= {item.get("note", "") for item in json.loads(answer.content)}
    assert {"Retracted", "Withdrawn"} <= notes


def test_what_became_of_it_stands_in_every_citation(base: Base) -> None:
    claim_id = base.therapy.claims.get(topic="outcome").public_id
    set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
    assert [item["note"] for item in cited(SOURCE)] == ["Retracted"]
    assert [item["note"] for item in cited(f"claims/{claim_id}/")] == [
        "Rests only on what was retracted or withdrawn",
        "Retracted",
    ]
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    for path in (f"{THERAPY}versions/1/", f"{THERAPY}?as_of=3"):
        assert [item["note"] for item in cited(path)] == ["Withdrawn"]
    for path in (THERAPY, f"claims/{claim_id}/"):
        for media_type in FORMATS.values():
            answer = get(path, status=410, Accept=media_type)
            assert answer["Content-Type"] == "application/problem+json"


def test_old_address_leads_on_with_what_was_asked_for(base: Base) -> None:
    later(base)
    for rest in ("", "versions/1/"):
        answer = get(f"{THERAPY}{rest}?format=ris", status=301)
        assert answer["Location"] == f"{BASE}therapies/ocrelizumab-iv/{rest}?format=ris"


def test_format_that_is_not_here_is_refused(base: Base) -> None:
    said = "Say json, jsonld, csl, bibtex or ris."
    for path in (THERAPY, f"{THERAPY}versions/1/", SOURCE):
        assert problems(f"{path}?format=xml") == {"format": said}
        assert list(problems(f"{path}?format=ris&format=csl")) == ["format"]
        assert list(problems(f"{path}?format=")) == ["format"]
    for path in ("therapies/", f"{THERAPY}versions/", "log/1/", ""):
        assert list(problems(f"{path}?format=jsonld")) == ["format"]


def test_each_representation_has_a_tag_of_its_own(base: Base) -> None:
    claim_id = base.therapy.claims.get(topic="outcome").public_id
    accepts = ["application/json", "application/ld+json", *FORMATS.values()]
    for path in (THERAPY, f"{THERAPY}versions/1/", SOURCE, f"claims/{claim_id}/"):
        tags = [get(path, Accept=accept)["ETag"] for accept in accepts]
        assert len(set(tags)) == len(accepts)
        for accept, tag in zip(accepts, tags, strict=True):
            same = {"Accept": accept, "If-None-Match": tag}
            assert get(path, status=304, **same)["Vary"].startswith("Accept")
            head = get(path, method="HEAD", Accept=accept)
            assert (head["ETag"], head.content) == (tag, b"")
            others = ", ".join(other for other in tags if other != tag)
            assert get(path, **same | {"If-None-Match": others})["ETag"] == tag
            refused = get(path, status=406, **same | {"Accept": "text/html"})
            assert refused["Content-Type"] == "application/problem+json"
