"""Pages of whole documents: shown where a licence lets us, as received, each passage marked."""

import re
import time
from typing import Any

import pytest
from django.test import Client

from editorial import actions
from publication import limits
from sources.actions import set_standing
from sources.models import Passage, Source
from tests.building import claim, document_of, person, publish, source_with_text, therapy
from tests.html import attributes, links, text_of, texts
from therapies.models import Claim, Therapy

pytestmark = pytest.mark.django_db

TITLE = "An open review"
ONE = "Drug A lowers relapses in most people."
TWO = "relapses in most people. It is given by mouth."
LAST = "It is safe <b>& sound</b> in the \u200blong run."
TEXT = f"{TITLE}\n\nIn short: {ONE} It is given by mouth.\n\nOn safety.\nNothing.\n\n{LAST}\n"
PAGE = "/sources/an-open-review/text/"
BY = {"licence": "CC-BY-4.0", "abstract": f"In short: {ONE}\n\nIt is given by mouth."}


def at(quote: str) -> str:
    start = TEXT.index(quote)
    return f"p-{start}-{start + len(quote)}"


@pytest.fixture
def source() -> Source:
    fields: dict[str, Any] = {
        "authors": [{"family": "Doe", "given": "Jane", "affiliations": [1]}],
        "affiliations": [{"number": 1, "text": "One"}],
        "url": "https://journal.example/open",
        "container_title": "Journal of Examples",
    }
    return publish(source_with_text(TEXT, title=TITLE, **fields, **BY))


@pytest.fixture
def record(source: Source) -> Therapy:
    drug = therapy("Drug A")
    claim(drug, ONE, source=source, topic="outcome")
    claim(drug, TWO, source=source, topic="administration", certainty="hedged")
    claim(drug, LAST, source=source, topic="safety", text="Drug A is safe.")
    return publish(drug)


def shown(page: Any) -> str:
    (text,) = re.findall(r'<section class="received".*?</section>', page.content.decode(), re.S)
    return text


def test_text_is_shown_in_its_paragraphs_with_nothing_lost(client: Client, record: Therapy) -> None:
    page = client.get(PAGE)
    said = re.sub(r"<sup>.*?</sup>", "", shown(page))
    found = [re.sub(r"<[^>]+>", "", p) for p in re.findall(r'<p dir="auto">(.*?)</p>', said, re.S)]
    assert found == [
        TITLE,
        f"In short: {ONE} It is given by mouth.",
        "On safety.\nNothing.",
        "It is safe &lt;b&gt;&amp; sound&lt;/b&gt; in the U+200Blong run.",
    ]


def test_each_passage_is_marked_and_leads_to_its_claims(client: Client, record: Therapy) -> None:
    page = client.get(PAGE)
    marks = [(a.get("id"), t) for a, t in zip(attributes(page, "mark"), texts(page, "mark"),
                                              strict=True)]  # fmt: skip
    assert marks == [
        (at(ONE), "Drug A lowers"),
        (at(TWO), "relapses in most people."),
        (None, "It is given by mouth."),
        (at(LAST), "It is safe <b>& sound</b> in the U+200Blong run."),
    ]
    notes = texts(page, "ul", "margin")
    assert len(notes) == 2
    assert re.sub(r", the claim: [^·]+?…", "", notes[0]) == (
        "Back to passage 1 Drug A, What it does Back to passage 2 Drug A, How it is given "
        "· the source is not sure"
    )
    assert notes[1].endswith("Drug A is safe.")
    assert texts(page, "sup") == [f"Claims on passage {n}" for n in "123"]
    to = [a for a in links(page) if a.startswith("#")]
    ids = {a["id"] for tag in ("mark", "span", "li", "main") for a in attributes(page, tag)
           if a.get("id")}  # fmt: skip
    assert {a.removeprefix("#") for a in to} <= ids
    for row in record.claims.all():
        assert f"/claims/{row.public_id}/" in links(page)


def test_passages_that_begin_at_one_place_have_a_place_each(
    client: Client, record: Therapy
) -> None:
    drug = therapy("Drug B")
    claim(drug, "Drug A lowers", source=Source.objects.get())
    publish(drug)
    page = client.get(PAGE)
    ids = [a["id"] for tag in ("span", "mark") for a in attributes(page, tag) if a.get("id")]
    assert sorted(ids) == sorted({at(ONE), at(TWO), at(LAST), at("Drug A lowers")})


def test_page_names_authors_licence_original_and_digest(client: Client, record: Therapy) -> None:
    page = client.get(PAGE)
    assert texts(page, "h1") == [TITLE]
    assert texts(page, "p", "byline") == ["Jane Doe"]
    (said, digest) = texts(page, "p", "small")
    assert said == (
        "The original: https://journal.example/open. Licence: CC BY 4.0. The text is shown as "
        "received; the marks and their numbers are ours: 3 passages under approved claims."
    )
    document = Source.objects.get().documents.get()
    size = len(TEXT.encode())
    assert digest == f"{len(TEXT)} characters, {size} bytes, SHA-256 {document.sha256}"
    rels = {a["href"]: a.get("rel") for a in attributes(page, "a")}
    assert rels["https://creativecommons.org/licenses/by/4.0/"] == (
        "license external nofollow noopener"
    )
    assert rels["https://journal.example/open"] == "external nofollow noopener"


@pytest.mark.parametrize("rest", ["text/", "v/1/text/", "text/?as_of=1"])
def test_no_search_engine_keeps_the_copy(client: Client, record: Therapy, rest: str) -> None:
    page = client.get(f"/sources/an-open-review/{rest}")
    assert page.status_code == 200
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")
    assert "/text/" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("licence", ["", "all-rights-reserved"])
@pytest.mark.parametrize("rest", ["text/", "v/1/text/"])
def test_text_without_a_licence_for_it_is_nowhere(client: Client, licence: str, rest: str) -> None:
    publish(source_with_text(TEXT, title=TITLE, licence=licence))
    page = client.get(f"/sources/an-open-review/{rest}")
    assert (page.status_code, texts(page, "h1")) == (
        404,
        ["No text of this source may be shown here"],
    )
    assert "On safety" not in page.content.decode()
    source = client.get("/sources/an-open-review/")
    assert [a for a in links(source) if a.endswith("/text/")] == []
    assert "On safety" not in source.content.decode()


def test_text_of_nothing_is_nowhere(client: Client, source: Source) -> None:
    for path in ("/sources/none/text/", "/sources/an-open-review/v/2/text/"):
        assert client.get(path).status_code == 404


def test_source_page_shows_the_abstract_and_leads_to_the_text(
    client: Client, source: Source
) -> None:
    page = client.get("/sources/an-open-review/")
    assert texts(page, "blockquote")[0] == f"In short: {ONE} It is given by mouth."
    assert texts(page, "p", "basis")[0] == (
        "In the source’s own words, shown under its licence: CC BY 4.0."
    )
    assert PAGE in links(page)
    assert "/sources/an-open-review/v/1/text/" in links(client.get("/sources/an-open-review/v/1/"))
    assert "Licence CC BY 4.0" in texts(page, "dl", "facts")[0]


def test_context_of_a_statement_leads_into_the_document(client: Client, record: Therapy) -> None:
    page = client.get("/therapies/drug-a/")
    into = [a for a in links(page) if "/text/" in a]
    assert sorted(set(into)) == sorted(f"{PAGE}#{at(quote)}" for quote in (ONE, TWO, LAST))
    then = client.get("/therapies/drug-a/", {"as_of": "2"})
    assert f"{PAGE}?as_of=2#{at(ONE)}" in links(then)


def test_context_in_an_old_version_leads_to_the_document_as_it_was(
    client: Client, record: Therapy
) -> None:
    draft = actions.revise(record, by=person("editor"))
    draft.claims.order_by("pk")[0].delete()
    publish(draft)
    address = f"{PAGE}?as_of=2#{at(ONE)}"
    assert address in links(client.get("/therapies/drug-a/v/1/"))
    then, now = (client.get(PAGE, query) for query in ({"as_of": "2"}, {}))
    has = [at(ONE) in {a.get("id") for a in attributes(page, "mark")} for page in (then, now)]
    assert has == [True, False]


def test_context_without_a_shown_text_leads_nowhere(client: Client) -> None:
    drug = therapy("Drug A")
    claim(drug, ONE, source=publish(source_with_text(TEXT, title=TITLE)))
    publish(drug)
    assert [a for a in links(client.get("/therapies/drug-a/")) if "/text/" in a] == []


def test_passages_of_each_document_are_on_it(
    client: Client, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = actions.revise(source, by=person("editor"))
    second = f"{ONE} Another text."
    document_of(draft, second)
    document_of(draft, "Too long for here. " * 50)
    monkeypatch.setattr(limits, "TEXTS", len(TEXT) + len(second))
    publish(draft)
    drug = therapy("Drug A")
    for document, quote in zip(
        source.documents.order_by("pk"), (ONE, "Another text.", "Too long"), strict=True
    ):
        start = document.text.index(quote)
        row = Claim.objects.create(therapy=drug, topic="mechanism", text=quote, certainty="stated")
        row.evidence.create(passage=Passage.of(document, start, start + len(quote)))
    publish(drug)
    page = client.get(PAGE)
    assert texts(page, "h2") == [f"The document as received, {n} of 2" for n in (1, 2)]
    start = second.index("Another")
    place = f"p2-{start}-{len(second)}"
    assert place in {a.get("id") for a in attributes(page, "mark")}
    assert "Too long" not in page.content.decode()
    into = {a for a in links(client.get("/therapies/drug-a/")) if "/text/" in a}
    assert f"{PAGE}#{place}" in into
    assert len(into) == 2


def test_old_address_leads_to_the_text(client: Client, record: Therapy) -> None:
    draft = actions.revise(Source.objects.get(), by=person("editor"))
    Source.objects.filter(pk=draft.pk).update(slug="a-review")
    draft.refresh_from_db()
    publish(draft)
    for rest in ("text/", "v/1/text/"):
        moved = client.get(f"/sources/an-open-review/{rest}")
        assert (moved.status_code, moved["Location"]) == (301, f"/sources/a-review/{rest}")
        assert client.get(moved["Location"]).status_code == 200


def test_retracted_text_stays_with_a_warning(client: Client, source: Source) -> None:
    set_standing(source, standing="retracted", by=person("reviewer"), note="Made up.")
    for rest in ("text/", "v/1/text/"):
        page = client.get(f"/sources/an-open-review/{rest}")
        assert texts(page, "p", "warning")[0].startswith(
            "Take care: this source was retracted. “Made up.”"
        )


def test_withdrawn_text_is_gone_as_its_page_is(client: Client, record: Therapy) -> None:
    source = Source.objects.get()
    actions.withdraw(source, by=person("reviewer"), note="Not theirs to license.")
    gone = client.get(PAGE)
    assert gone.status_code == 410
    assert ONE not in gone.content.decode()
    assert [a for a in links(client.get("/therapies/drug-a/")) if "/text/" in a] == []
    kept = client.get("/sources/an-open-review/v/1/text/")
    assert kept.status_code == 404
    assert ONE not in kept.content.decode()


@pytest.mark.parametrize("licence", ["", "all-rights-reserved"])
def test_licence_that_was_wrong_ends_the_text_of_all_versions(
    client: Client, record: Therapy, licence: str
) -> None:
    then = {"as_of": "2"}
    assert client.get(PAGE, then).status_code == 200
    draft = actions.revise(Source.objects.get(), by=person("editor"))
    Source.objects.filter(pk=draft.pk).update(licence=licence, abstract="")
    draft.refresh_from_db()
    publish(draft)
    for path, query in ((PAGE, {}), (PAGE, then), ("/sources/an-open-review/v/1/text/", {})):
        page = client.get(path, query)
        assert page.status_code == 404
        assert ONE not in page.content.decode()
    record_of_it = client.get("/sources/an-open-review/v/1/")
    assert "Abstract" not in texts(record_of_it, "h2")
    assert [link for link in links(record_of_it) if "/text/" in link] == []
    for path in ("v/1/", "?as_of=2", "v/1/?as_of=2"):
        assert "Abstract" not in texts(client.get(f"/sources/an-open-review/{path}"), "dt")
    assert "In short:" not in text_of(client.get("/sources/an-open-review/diff/1/2/"))
    for path in ("v/1/", "?as_of=2"):
        assert [x for x in links(client.get(f"/therapies/drug-a/{path}")) if "/text/" in x] == []


def test_text_of_the_past_stays_what_it_was(client: Client, record: Therapy) -> None:
    then = {"as_of": "2"}
    before = client.get(PAGE, then).content.decode()
    publish(Source.objects.get())
    actions.withdraw(record, by=person("reviewer"), note="Wrong.")
    after = client.get(PAGE, then).content.decode()
    present = re.compile(r"at entry \d+| or <a [^>]*>what changed since</a>")
    assert present.sub("", after) == present.sub("", before)
    assert texts(client.get("/sources/an-open-review/v/1/text/"), "mark") == []


def test_page_costs_the_same_for_few_and_many_passages(
    client: Client, record: Therapy, django_assert_num_queries: Any
) -> None:
    # head, row, entry, licence now (2), passages, claims, demonstration
    with django_assert_num_queries(8):
        client.get(PAGE)


def test_large_text_is_shown_at_once(client: Client) -> None:
    sentences = [
        f"Drug A does thing {n} in most people, as a study of {n} says." for n in range(6000)
    ]
    text = "\n\n".join(sentences)
    source = publish(source_with_text(text, title="Large", licence="CC-BY-4.0"))
    drug = therapy("Drug A")
    for sentence in sentences[::60]:
        claim(drug, sentence, source=source)
    publish(drug)
    before = time.process_time()
    page = client.get("/sources/large/text/")
    assert time.process_time() - before < 2
    assert len(attributes(page, "mark")) == 100
    assert len(text) > 300_000
