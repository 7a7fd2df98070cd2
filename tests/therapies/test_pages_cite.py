"""How pages, versions, claims and works are cited: in styles to copy and in files to load."""

import json

import bibtexparser
import pytest
import rispy
from django.test import Client

from editorial import actions
from publication import log
from sources.actions import set_standing
from sources.choices import Standing
from sources.wording import date_in_words
from tests.building import claim, evidence, person, publish, source_with_text, therapy
from tests.html import attributes, links, text_of, texts
from tests.small_base import DEPLETES, INFUSED, RELAPSES, Base

pytestmark = pytest.mark.django_db

CITE = "/therapies/ocrelizumab/cite/"
SOURCE = "/sources/therapies-of-multiple-sclerosis/cite/"
KEPT = "http://testserver/therapies/ocrelizumab/v/1/"
WORK = "Müller A. Therapies of multiple sclerosis. Journal of Examples. 2019. doi:10.1000/182"


def vancouver(client: Client, path: str) -> list[str]:
    """What each part of the page that is one work shows in that style, the last of the three."""
    shown = texts(client.get(path), "dl", "bibliography")
    return [text.partition("Vancouver (NLM) ")[2] for text in shown]


def test_record_is_cited_at_its_version_and_its_works_beside_it(client: Client, base: Base) -> None:
    year = log.entry_at(3).at[:4]
    assert vancouver(client, CITE) == [
        f"msportal. Ocrelizumab (version 1) [Internet]. {year}. Available from: {KEPT}",
        WORK,
    ]
    page = client.get(CITE)
    assert texts(page, "h2") == ["This page", "Works cited"]
    assert f"Version 1, approved {date_in_words(log.entry_at(3).at[:10])}, is cited" in text_of(
        page
    )
    assert "/therapies/ocrelizumab/" in links(page)
    assert "/therapies/ocrelizumab/v/1/" in [
        link.removeprefix("http://testserver") for link in links(page)
    ]


def test_source_is_cited_as_the_work_first(client: Client, base: Base) -> None:
    page = client.get(SOURCE)
    assert texts(page, "h2") == ["The work itself", "msportal’s record of it"]
    assert vancouver(client, SOURCE)[0] == WORK
    (entry,) = rispy.loads(client.get(f"{SOURCE}?format=ris").content.decode())
    assert entry["title"] == "Therapies of multiple sclerosis"
    (entry,) = rispy.loads(client.get(f"{SOURCE}?format=ris&of=page").content.decode())
    assert entry["urls"] == ["http://testserver/sources/therapies-of-multiple-sclerosis/v/1/"]


def test_mechanism_is_cited_like_a_therapy(client: Client, base: Base) -> None:
    assert (
        "B-cell depletion (version 1)" in vancouver(client, "/mechanisms/b-cell-depletion/cite/")[0]
    )


def test_claim_is_cited_as_a_part_of_its_page_with_its_sources(client: Client, base: Base) -> None:
    public_id = base.therapy.claims.get(topic="outcome").public_id
    path = f"/claims/{public_id}/cite/"
    url = f"{KEPT}#claim-{public_id}"
    assert f"“{RELAPSES}” Available from: {url}" in vancouver(client, path)[0]
    assert vancouver(client, path)[1] == WORK
    own, work = json.loads(client.get(f"{path}?format=csl-json").content)
    assert (own["title"], own["container-title"]) == (f"“{RELAPSES}”", "Ocrelizumab")
    assert (own["URL"], own["version"]) == (url, "1")
    assert work["DOI"] == "10.1000/182"
    assert f'id="claim-{public_id}"' in client.get(KEPT).content.decode()


def test_statement_in_the_editors_words_is_in_no_marks_and_is_cut(
    client: Client, base: Base
) -> None:
    drug = therapy("Other")
    row = claim(drug, INFUSED, source=base.source)
    row.text = "In other words, " + "and so on " * 20
    row.save()
    publish(drug)
    (own, _) = json.loads(client.get(f"/claims/{row.public_id}/cite/?format=csl-json").content)
    assert own["title"].startswith("In other words, and so on")
    assert own["title"].endswith("…")
    assert len(own["title"]) <= 141


@pytest.mark.parametrize(
    ("kind", "media_type", "name"),
    [
        ("bibtex", "application/x-bibtex; charset=utf-8", "ocrelizumab-v1.bib"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "ocrelizumab-v1.ris"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "ocrelizumab-v1.json"),
    ],
)
def test_file_says_what_it_is(
    client: Client, base: Base, kind: str, media_type: str, name: str
) -> None:
    answer = client.get(f"{CITE}?format={kind}")
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["ETag"].startswith('"3-')
    assert answer["X-Robots-Tag"] == "noindex"
    works = client.get(f"{CITE}?format={kind}&of=works")
    assert works["Content-Disposition"] == f'attachment; filename="{name.replace(".", "-works.")}"'
    assert "Müller" in works.content.decode()


def test_files_are_read_by_others(client: Client, base: Base) -> None:
    library = bibtexparser.parse_string(client.get(f"{CITE}?format=bibtex").content.decode())
    assert [(entry.key, entry["url"]) for entry in library.entries] == [
        ("msportal-therapy-ocrelizumab-v1", KEPT)
    ]
    library = bibtexparser.parse_string(
        client.get(f"{CITE}?format=bibtex&of=works").content.decode()
    )
    assert [(e.entry_type, e["author"], e["doi"]) for e in library.entries] == [
        ("article", "Müller, A.", "10.1000/182")
    ]


@pytest.mark.parametrize("query", ["format=docx", "format=", "of=x", "format=ris&of=x", "as_of=x"])
def test_what_is_not_offered_is_refused_in_words(client: Client, base: Base, query: str) -> None:
    page = client.get(f"{CITE}?{query}")
    assert page.status_code == 400
    assert "is not understood" in texts(page, "p", "lead")[0]


def test_page_of_a_version_cites_that_version(client: Client, base: Base) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    drug.name = "Ocrelizumab iv"
    drug.save()
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    old = client.get("/therapies/ocrelizumab/v/1/cite/")
    assert "Not the current version." in text_of(old)
    assert "Ocrelizumab (version 1)" in text_of(old)
    assert "Ocrelizumab iv (version 2)" in text_of(client.get(CITE))
    assert client.get("/therapies/ocrelizumab/v/3/cite/").status_code == 404
    assert f"{CITE}?as_of=3" in links(client.get("/therapies/ocrelizumab/?as_of=3"))
    past = client.get(f"{CITE}?as_of=3")
    assert "Ocrelizumab (version 1)" in text_of(past)
    assert "?as_of=3&format=bibtex" in links(past)
    assert "version = {1}" in client.get(f"{CITE}?as_of=3&format=bibtex").content.decode()


def test_retraction_goes_with_the_work_wherever_it_is_cited(client: Client, base: Base) -> None:
    set_standing(base.source, standing=Standing.RETRACTED, by=base.reviewer, note="Notice.")
    public_id = base.therapy.claims.get(topic="outcome").public_id
    for path, of in (
        (CITE, "&of=works"),
        (SOURCE, ""),
        (f"/claims/{public_id}/cite/", "&of=works"),
    ):
        assert f"{WORK} [Retracted]" in text_of(client.get(path))
        for kind, note in (("bibtex", "note = {Retracted}"), ("ris", "N1  - Retracted")):
            assert note in client.get(f"{path}?format={kind}{of}").content.decode()
    assert "Retracted" not in text_of(client.get(f"{SOURCE}?as_of=3"))


def test_withdrawal_of_a_source_goes_with_its_work(client: Client, base: Base) -> None:
    actions.withdraw(base.source, by=base.reviewer, note="Wrong.")
    assert f"{WORK} [Withdrawn from msportal]" in text_of(client.get(CITE))
    assert client.get(SOURCE).status_code == 410


def test_claim_says_how_sure_it_is_and_what_disputes_it(client: Client, base: Base) -> None:
    other = source_with_text("It does not.", title="Another")
    publish(other, editor=base.editor, reviewer=base.reviewer)
    drug = therapy("Other")
    row = claim(drug, RELAPSES, source=base.source, certainty="hedged")
    evidence(row, "It does not.", source=other, direction="disputes")
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    page = client.get(f"/claims/{row.public_id}/cite/")
    assert texts(page, "p", "mark") == ["The source is not sure", "Sources disagree"]
    assert "2 works" in texts(page, "p", "basis")[0]


def test_withdrawn_record_answers_410_and_its_version_says_so(client: Client, base: Base) -> None:
    public_id = base.therapy.claims.get(topic="outcome").public_id
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    assert client.get(CITE).status_code == 410
    assert client.get(f"{CITE}?format=ris").status_code == 410
    assert client.get(f"/claims/{public_id}/cite/").status_code == 410
    page = client.get("/therapies/ocrelizumab/v/1/cite/")
    assert page.status_code == 200
    assert "[Withdrawn]" in text_of(page)


def test_moved_record_leads_on_with_its_query(client: Client, base: Base) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    drug.slug = "ocrelizumab-iv"
    drug.save()
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    moved = client.get(f"{CITE}?format=ris")
    assert (moved.status_code, moved["Location"]) == (
        301,
        "/therapies/ocrelizumab-iv/cite/?format=ris",
    )
    moved = client.get("/therapies/ocrelizumab/v/1/cite/")
    assert (moved.status_code, moved["Location"]) == (301, "/therapies/ocrelizumab-iv/v/1/cite/")


@pytest.mark.parametrize(
    "path", ["/therapies/nothing/cite/", "/claims/nothing/cite/", "/sources/x/v/1/cite/"]
)
def test_what_never_was_is_unknown(client: Client, base: Base, path: str) -> None:
    assert client.get(path).status_code == 404


def test_demonstration_says_so_in_the_page_and_in_every_citation_of_it(
    client: Client, base: Base
) -> None:
    drug = therapy("Other")
    claim(drug, DEPLETES, source=base.source)
    publish(drug, reviewer=person("reviewer", demonstration=True))
    page = client.get("/therapies/other/cite/")
    assert "this approval was not made by clinicians" in texts(page, "p", "warning")[0]
    own, work = vancouver(client, "/therapies/other/cite/")
    assert own.endswith(" [Demonstration: not approved by clinicians]")
    assert work == WORK


def test_cite_page_is_for_no_index_and_is_linked_where_it_belongs(
    client: Client, base: Base
) -> None:
    public_id = base.therapy.claims.get(topic="outcome").public_id
    for path in ("/therapies/ocrelizumab/", "/therapies/ocrelizumab/v/1/", f"/claims/{public_id}/"):
        assert f"{path}cite/" in links(client.get(path))
        meta = attributes(client.get(f"{path}cite/"), "meta")
        assert {"name": "robots", "content": "noindex"} in meta


def test_title_that_looks_like_mark_up_is_text(client: Client, base: Base) -> None:
    source = source_with_text("It works.", title="A <script>alert(1)</script> & <i>more</i>")
    publish(source, editor=base.editor, reviewer=base.reviewer)
    page = client.get(f"/sources/{source.slug}/cite/")
    assert "<script>alert" not in page.content.decode()
    assert "A <script>alert(1)</script> & <i>more</i>" in text_of(page)


def test_page_costs_no_more_queries_for_more_works(
    client: Client, base: Base, django_assert_num_queries: object
) -> None:
    other = source_with_text("Another says so.", title="Another")
    publish(other, editor=base.editor, reviewer=base.reviewer)
    drug = therapy("Other")
    claim(drug, DEPLETES, source=base.source, acts_by=base.mechanism)
    claim(drug, "Another says so.", source=other, topic="research")
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    for path in (CITE, "/therapies/other/cite/"):
        # head, address, entry, sources, mechanisms, the works' entries, demonstration
        with django_assert_num_queries(7):  # type: ignore[operator]
            client.get(path)
    assert "2 works, in the order of the numbers on the page." in text_of(
        client.get("/therapies/other/cite/")
    )
