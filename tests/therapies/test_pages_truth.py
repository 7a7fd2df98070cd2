"""What a record's page must neither say nor hide, whatever its claims are."""

import re
from typing import Any

import pytest
from django.test import Client

from editorial import actions, review
from sources.actions import set_standing
from sources.models import Passage, Source
from tests.building import (
    claim,
    evidence,
    mechanism,
    not_stated,
    person,
    publish,
    source_with_text,
    therapy,
)
from tests.html import attributes, links, text_of, texts
from therapies.models import Claim, Therapy
from therapies.pages.marks import CERTAINTY
from therapies.published import PublishedEvidence

pytestmark = pytest.mark.django_db

ONE, TWO = "D helps people with relapses.", "D does nothing for relapses."


def work(title: str, *sentences: str, kind: str = "journal-review") -> Source:
    return publish(source_with_text(" ".join((title, *sentences)), title=title, kind=kind))


@pytest.fixture
def first() -> Source:
    return work("First", ONE, kind="trial-report")


@pytest.fixture
def second() -> Source:
    return work("Second", TWO)


@pytest.fixture
def drug() -> Therapy:
    return therapy("D")


def shown(client: Client, drug: Therapy, path: str = "/therapies/d/") -> Any:
    publish(drug)
    return client.get(path)


def glance(page: Any) -> str:
    return texts(page, "dl", "glance")[0]


def anchors(page: Any) -> list[str]:
    tags = ("div", "span", "article", "li")
    ids = [str(a["id"]) for tag in tags for a in attributes(page, tag) if "id" in a]
    return [i for i in ids if i.startswith("claim-")]


def test_denied_benefit_is_no_benefit(client: Client, drug: Therapy, first: Source) -> None:
    claim(drug, ONE, source=first, topic="outcome", certainty="negated", outcome="Relapses",
          effect_direction="better")  # fmt: skip
    page = shown(client, drug)
    assert "What it does “D helps people with relapses.” (the source says no)." in glance(page)
    assert "better" not in page.content.decode().lower()


def test_denied_mechanism_is_none(client: Client, drug: Therapy, first: Source) -> None:
    acts = mechanism("B-cell depletion")
    claim(acts, ONE, source=first)
    publish(acts)
    claim(drug, ONE, source=first, certainty="negated", acts_by=acts)
    page = shown(client, drug)
    assert "How it acts The source says no: B-cell depletion." in glance(page)
    other = texts(client.get("/mechanisms/b-cell-depletion/"), "p", "absence")
    assert other == ["No approved claim says that a therapy acts by it."]


def test_disputed_and_retracted_support_is_not_summed_up(
    client: Client, drug: Therapy, first: Source, second: Source
) -> None:
    row = claim(drug, ONE, source=first, topic="status", status="licensed", weighing="Both.")
    evidence(row, TWO, source=second, direction="disputes")
    claim(drug, TWO, source=second, topic="status", certainty="negated")
    page = shown(client, drug)
    set_standing(first, standing="retracted", by=person("reviewer"), note="Notice.")
    page = client.get("/therapies/d/")
    assert "Licence Sources disagree. 1 of 2 rests only on a retracted" in glance(page)
    assert "Licensed" not in glance(page)


def test_retraction_of_what_disputes_is_said_of_that(
    client: Client, drug: Therapy, first: Source, second: Source
) -> None:
    row = claim(drug, ONE, source=first, topic="outcome", outcome="Relapses", weighing="Both.")
    evidence(row, TWO, source=second, direction="disputes")
    publish(drug)
    set_standing(second, standing="retracted", by=person("reviewer"), note="Notice.")
    page = client.get("/therapies/d/")
    assert "Source 2, which disputes it, was retracted" in texts(page, "p", "mark")
    assert "1 statement · 1 source" in glance(page)
    assert "1 trial report · disputed by 1 journal review" in texts(page, "p", "basis")


def test_topic_whose_claims_stand_elsewhere_is_not_called_open(
    client: Client, drug: Therapy
) -> None:
    words = "Children on D had infections."
    claim(drug, words, source=work("Third", words), topic="safety", harm="Infections")
    table = glance(shown(client, drug))
    assert "What it risks Told under Pregnancy and children." in table


def test_paraphrase_has_no_marks_anywhere(client: Client, drug: Therapy, first: Source) -> None:
    text = "It is of help."
    claim(drug, ONE, source=first, text=text, topic="research")
    claim(drug, ONE, source=first, text=text, topic="limitation")
    said = shown(client, drug).content.decode()
    assert f"“{text}" not in said
    assert texts(client.get("/therapies/d/"), "q") == []


def test_summary_hides_neither_dispute_nor_values_nor_claims(
    client: Client, drug: Therapy, first: Source, second: Source
) -> None:
    row = claim(drug, ONE, source=first, topic="summary", outcome="Relapses", courses=["rrms"],
                weighing="Because we weighed.")  # fmt: skip
    evidence(row, TWO, source=second, direction="disputes")
    other = claim(drug, ONE, source=first, topic="summary", outcome="Disability")
    page = shown(client, drug)
    (dispute,) = texts(page, "div", "dispute")
    assert TWO in dispute
    assert "Because we weighed." in dispute
    ids = [f"claim-{row.public_id}", f"claim-{other.public_id}"]
    assert sorted(anchors(page)) == sorted(ids)
    assert {f"/claims/{row.public_id}/", f"/claims/{other.public_id}/"} <= set(links(page))
    assert "relapsing-remitting MS" in page.content.decode()


def test_same_sentence_at_another_place_is_shown_there_too(client: Client, drug: Therapy) -> None:
    source = work("Twice", ONE, "In between.", ONE)
    claim(drug, ONE, source=source, topic="safety")
    row = claim(drug, ONE, source=source, topic="research")
    document = source.documents.get()
    start = document.text.rindex(ONE)
    row.evidence.update(passage=Passage.of(document, start, start + len(ONE)))
    page = shown(client, drug)
    captions = " ".join(texts(page, "figcaption"))
    assert f"Characters {start} to" in captions
    assert f"Characters {document.text.index(ONE)} to" in captions


def test_every_locator_is_shown(client: Client, drug: Therapy, first: Source) -> None:
    for topic, page in (("safety", "p. 3"), ("safety", "p. 7"), ("limitation", "p. 9")):
        row = claim(drug, ONE, source=first, topic=topic, harm="Rash" if page == "p. 7" else "")
        row.evidence.all().delete()
        row.evidence.create(passage=Passage.objects.create(source=first, exact=ONE, locator=page))
    said = " ".join(texts(shown(client, drug), "figcaption"))
    of_the_source = client.get("/sources/first/").content.decode()
    for page in ("p. 3", "p. 7", "p. 9"):
        assert page in said
        assert page in of_the_source


def test_claim_told_again_keeps_the_way_to_its_own_page(
    client: Client, drug: Therapy, first: Source
) -> None:
    rows = [claim(drug, ONE, source=first, topic=topic) for topic in ("safety", "research")]
    page = shown(client, drug)
    assert {f"/claims/{row.public_id}/" for row in rows} <= set(links(page))
    assert len(texts(page, "p", "again")) == 1


def test_counts_of_references_are_of_sentences(
    client: Client, drug: Therapy, first: Source, second: Source
) -> None:
    for words, source in ((ONE, first), (TWO, second)):
        claim(drug, words, source=source, topic="outcome", outcome="Relapses",
              effect_direction="better")  # fmt: skip
    listed = texts(shown(client, drug), "span", "kind")
    assert listed == ["Trial report · 1 statement", "Journal review · 1 statement"]


def test_source_without_kind_is_not_called_secret(client: Client, drug: Therapy) -> None:
    claim(drug, ONE, source=work("Bare", ONE, kind=""), topic="research")
    assert "1 source: 1 of no stated kind." in " ".join(texts(shown(client, drug), "p", "small"))


def test_who_agreed_to_an_absence_checked_no_quote(
    client: Client, drug: Therapy, first: Source
) -> None:
    claim(drug, ONE, source=first, topic="research")
    not_stated(drug, "safety")
    editor, rob, sue = person(), person("reviewer", "Rob One"), person("reviewer", "Sue Two")
    drug = actions.submit(drug, by=editor)
    for pair, who in zip(drug.pairs(), (rob, sue), strict=True):
        actions.judge(drug, pair=pair.digest, verdict="agree", by=who)
    actions.approve(drug, by=rob, digest=review.content_digest(drug), note="Checked.")
    page = client.get("/therapies/d/")
    assert "Every quote checked and version 1 approved by Rob One on" in page.content.decode()
    assert "Agreed by Sue Two" in glance(page)


def test_lead_that_is_supported_in_full_is_not_marked_as_partly(
    client: Client, drug: Therapy, first: Source
) -> None:
    other = work("Other", ONE)
    claim(drug, ONE, source=first, topic="research")
    row = claim(drug, ONE, text=ONE.rstrip("."), source=other, topic="research")
    row.evidence.update(direction="partly-supports")
    said = texts(shown(client, drug), "div", "said")
    assert said == [ONE]  # the mark stands beside the other's passage alone


def test_headings_skip_no_level_where_sources_disagree(
    client: Client, drug: Therapy, first: Source, second: Source
) -> None:
    row = claim(drug, ONE, source=first, topic="research", weighing="Both.")
    evidence(row, TWO, source=second, direction="disputes")
    text = shown(client, drug).content.decode()
    assert "<h4" not in text


@pytest.mark.parametrize("certainty", ["hedged", "negated", "intended"])
@pytest.mark.parametrize("topic", ["safety", "status", "research"])
def test_what_is_not_plainly_stated_is_told_with_its_mark_and_only_in_the_source_s_words(
    client: Client, drug: Therapy, first: Source, topic: str, certainty: str
) -> None:
    row = claim(drug, ONE, source=first, topic=topic, certainty=certainty)
    table = glance(shown(client, drug))
    assert f"“{ONE}” ({CERTAINTY[certainty].text.lower()})." in table
    drug = actions.revise(drug, by=person("editor"))
    Claim.objects.filter(pk=row.pk).update(text="It may well help.")
    table = glance(shown(client, drug))
    assert "It may well help" not in table
    assert "In the sources’ words, below." in table


@pytest.mark.parametrize(("text", "fields", "mark"), [
    ("D had no effect on relapses.", {"effect_direction": "no-difference", "outcome": "Relapses"},
     "No difference found"),
    ("D should not be used in pregnancy.", {"topic": "indication"},
     "The source advises against it"),
    ("D is contraindicated.", {"topic": "safety"}, "The source advises against it"),
    ("D does not stop relapses.", {"outcome": "Relapses"}, "The source says no"),
])  # fmt: skip
def test_no_of_a_source_is_told_as_what_it_is(
    client: Client, drug: Therapy, text: str, fields: dict[str, Any], mark: str
) -> None:
    source = work("Third", text)
    claim(drug, text, source=source, **{"topic": "outcome", "certainty": "negated", **fields})
    page = shown(client, drug)
    assert texts(page, "p", "mark") == [mark]
    assert "The source says no difference" not in text_of(page)


def test_dispute_is_told_where_all_support_was_retracted(
    client: Client, drug: Therapy, first: Source, second: Source
) -> None:
    row = claim(drug, ONE, source=first, topic="outcome", outcome="Relapses", weighing="Both.")
    evidence(row, TWO, source=second, direction="disputes")
    publish(drug)
    set_standing(first, standing="retracted", by=person("reviewer"), note="Notice.")
    page = client.get("/therapies/d/")
    assert "Only retracted or withdrawn sources say so. Sources disagree." in glance(page)
    assert "The only source for it was retracted" in texts(page, "p", "mark")


def test_what_only_a_retracted_source_calls_serious_is_not_headed_so(
    client: Client, drug: Therapy, first: Source, second: Source
) -> None:
    claim(drug, ONE, source=first, topic="safety", harm="Rash", serious=True)
    claim(drug, TWO, source=second, topic="safety", harm="Rash")
    publish(drug)
    assert texts(client.get("/therapies/d/"), "h3")[0] == "Rash a source calls it serious"
    set_standing(first, standing="retracted", by=person("reviewer"), note="Notice.")
    assert texts(client.get("/therapies/d/"), "h3")[0] == "Rash"


def test_retracted_source_does_not_say_so(client: Client, drug: Therapy) -> None:
    works = [work(title, ONE) for title in ("First", "Second", "Third")]
    for source in works:
        claim(drug, ONE, source=source, topic="outcome", outcome="Relapses")
    publish(drug)
    said = []
    for source in works:
        set_standing(source, standing="retracted", by=person("reviewer"), note="Notice.")
        told = texts(client.get("/therapies/d/"), "div", "margin")[0]
        said.append(re.search(r"(\d sources? says? so.*?|All .*?)\.", told)[1])  # type: ignore[index]
    assert said == [
        "2 sources say so; 1 more was retracted or withdrawn",
        "1 source says so; 2 more were retracted or withdrawn",
        "All 3 sources were retracted or withdrawn",
    ]


def test_sources_without_a_kind_are_no_kind(client: Client, drug: Therapy) -> None:
    for title in ("First", "Second"):
        claim(drug, ONE, source=work(title, ONE, kind=""), topic="outcome", outcome="Relapses")
    assert "2 of no stated kind" in texts(shown(client, drug), "div", "margin")[0]


@pytest.mark.parametrize("rest", ["", "v/1/", "v/1/cite/", "history/"])
def test_retraction_is_told_on_every_page_of_the_work_also_when_it_is_withdrawn(
    client: Client, first: Source, rest: str
) -> None:
    path = f"/sources/first/{rest}"
    set_standing(first, standing="retracted", by=person("reviewer"), note="Figures made up.")
    assert "retracted" in text_of(client.get(path)).lower()
    actions.withdraw(first, by=person("reviewer"), note="No use.")
    said = text_of(client.get(path)).lower()
    assert "retracted" in said
    assert "withdrawn" in said


def test_claim_whose_sources_were_retracted_is_titled_and_cited_so(
    client: Client, drug: Therapy, first: Source
) -> None:
    row = claim(drug, ONE, source=first, topic="outcome")
    publish(drug)
    path = f"/claims/{row.public_id}/"
    assert "retracted" not in texts(client.get(path), "title")[0]
    set_standing(first, standing="retracted", by=person("reviewer"), note="Figures made up.")
    assert "(sources retracted or withdrawn)" in texts(client.get(path), "title")[0]
    said = "Rests only on what was retracted or withdrawn"
    assert said in texts(client.get(f"{path}cite/"), "dl", "bibliography")[0]
    assert said in client.get(f"{path}cite/?format=bibtex").content.decode()


@pytest.mark.parametrize("rest", ["", "v/1/", "cite/", "v/1/cite/"])
def test_look_back_at_what_was_withdrawn_since_says_so_and_is_not_indexed(
    client: Client, drug: Therapy, first: Source, rest: str
) -> None:
    claim(drug, ONE, source=first, topic="outcome")
    publish(drug)
    path = f"/therapies/d/{rest}?as_of=2"
    assert "Withdrawn since." not in text_of(client.get(path))
    actions.withdraw(drug, by=person("reviewer"), note="All wrong.")
    page = client.get(path)
    assert "Withdrawn since." in text_of(page)
    assert "All wrong." in text_of(page)
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")
    if rest.endswith("cite/"):
        assert "[Withdrawn]" in texts(page, "dl", "bibliography")[0]


def test_evidence_of_a_claim_that_went_to_another_record_stays(
    client: Client, drug: Therapy, first: Source
) -> None:
    other = therapy("E")
    row = claim(drug, ONE, source=first, topic="outcome")
    claim(drug, ONE, source=first, topic="safety")
    claim(other, ONE, source=first, topic="safety")
    for record in (drug, other):
        publish(record)
    drafts = [actions.revise(record, by=person("editor")) for record in (drug, other)]
    Claim.objects.filter(pk=row.pk).update(therapy=other)
    for record in reversed(drafts):
        publish(record)
    kept = PublishedEvidence.objects.current().filter(claim_id=row.public_id)
    assert kept.count() == 1


def test_what_is_borne_out_in_part_is_not_told_plainly_and_settles_no_doubt(
    client: Client, drug: Therapy, first: Source, second: Source
) -> None:
    claim(drug, ONE, source=first, topic="outcome", outcome="Relapses", effect_direction="better",
          direction="partly-supports")  # fmt: skip
    claim(drug, TWO, source=second, topic="outcome", outcome="Relapses", certainty="hedged",
          effect_direction="better")  # fmt: skip
    table = glance(shown(client, drug))
    assert "What it does Not sure: relapses. Supported in part: relapses." in table


@pytest.mark.parametrize("text", [
    "D is not contraindicated in pregnancy.", "Pregnancy is not a contraindication to D.",
    "Breastfeeding need not be avoided.", "You do not need to stop D.",
    "D infusions do not cause liver injury.", "Most people do not develop PML.",
    "Symptoms may not return.", "PML cannot be avoided.", "D should not be stopped abruptly.",
    "Nobody who avoided the sun had it.",
])  # fmt: skip
def test_no_advice_is_read_into_a_no(client: Client, drug: Therapy, text: str) -> None:
    source = work("Third", text)
    claim(drug, text, source=source, topic="safety", certainty="negated")
    assert "advises against" not in text_of(shown(client, drug))


@pytest.mark.parametrize("text", [
    "D should not be used in pregnancy.", "D must never be given to children.",
    "D should never be given.", "It shouldn’t be used.", "D is strictly contraindicated in MS.",
    "Alcohol should be avoided.", "D is not recommended.", "Do not take D.",
])  # fmt: skip
def test_advice_against_a_use_is_told(client: Client, drug: Therapy, text: str) -> None:
    source = work("Third", text)
    claim(drug, text, source=source, topic="indication", certainty="negated")
    assert "The source advises against it" in texts(shown(client, drug), "p", "mark")


def test_a_no_among_plain_values_is_pointed_to(
    client: Client, drug: Therapy, first: Source, second: Source
) -> None:
    claim(drug, ONE, source=first, topic="status", status="licensed", jurisdiction="EMA",
          status_date="2010")  # fmt: skip
    claim(drug, TWO, source=second, topic="status", status="licensed", jurisdiction="FDA",
          certainty="negated")  # fmt: skip
    table = glance(shown(client, drug))
    assert "Licence Licensed, EMA, 2010. A source’s no stands below." in table


@pytest.mark.parametrize("rest", ["", "v/1/", "cite/", "v/1/cite/"])
def test_look_back_at_what_was_withdrawn_and_came_back_says_so_too(
    client: Client, drug: Therapy, first: Source, rest: str
) -> None:
    claim(drug, ONE, source=first, topic="outcome")
    publish(drug)
    actions.withdraw(drug, by=person("reviewer"), note="All wrong.")
    publish(drug)
    assert "All wrong." in text_of(client.get(f"/therapies/d/{rest}?as_of=2"))
    if rest.startswith("v/1/cite"):
        assert "[Withdrawn]" in texts(client.get(f"/therapies/d/{rest}"), "dl", "bibliography")[0]
    assert "All wrong." not in text_of(client.get("/therapies/d/?as_of=4"))


@pytest.mark.parametrize("rest", ["", "cite/"])
def test_claim_of_the_past_says_that_its_record_was_withdrawn_since(
    client: Client, drug: Therapy, first: Source, rest: str
) -> None:
    row = claim(drug, ONE, source=first, topic="outcome")
    publish(drug)
    path = f"/claims/{row.public_id}/{rest}?as_of=2"
    assert "Withdrawn since." not in text_of(client.get(path))
    actions.withdraw(drug, by=person("reviewer"), note="All wrong.")
    page = client.get(path)
    assert "Withdrawn since." in text_of(page)
    if rest:
        assert "[Withdrawn]" in texts(page, "dl", "bibliography")[0]
