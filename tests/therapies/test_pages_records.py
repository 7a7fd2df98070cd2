"""Pages of therapies and mechanisms: content, tombstones, moves, versions, the past."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from editorial import actions, review
from publication import log
from sources.actions import set_standing
from sources.choices import Standing
from sources.wording import date_in_words
from tests.building import claim, evidence, not_stated, person, publish, therapy
from tests.html import attributes, links, text_of, texts
from tests.small_base import DEPLETES, INFUSED, LICENSED, RELAPSES, Base
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

PAGE = "/therapies/ocrelizumab/"


def revised(base: Base, **changes: object) -> Therapy:
    """The base's therapy, changed and published again."""
    drug = actions.revise(base.therapy, by=base.editor)
    for name, value in changes.items():
        setattr(drug, name, value)
    drug.save()
    return publish(drug, editor=base.editor, reviewer=base.reviewer, note="Changed.")


def test_record_page_shows_what_readers_ask_in_their_order(client: Client, base: Base) -> None:
    page = client.get(PAGE)
    assert texts(page, "h1") == ["Ocrelizumab"]
    assert texts(page, "h2") == [
        "What it does", "How it is given", "How it acts", "Licence", "Compare", "Sources",
        "Cite and check",
    ]  # fmt: skip
    assert texts(page, "p", "say") == [
        f"{quoted}" for quoted in (RELAPSES, INFUSED, DEPLETES, LICENSED)
    ]
    assert texts(page, "h3")[0] == "Annualised relapse rate"


def test_one_table_is_contents_summary_counts_and_gaps(client: Client, base: Base) -> None:
    page = client.get(PAGE)
    table = texts(page, "dl", "glance")[0]
    (absent,) = log.entry_at(3).body["not_stated"]
    until = date_in_words(absent["until"])
    nobody = "Not reviewed yet. It means neither yes nor no."
    assert table.startswith(
        "What it does Not sure: annualised relapse rate (relapsing-remitting MS). "
        "1 statement · 1 source"
    )
    assert (
        "What it risks Not stated in our sources. We looked in the one. Where we looked for: "
        in table
    )
    assert f"Agreed by Rob Reviewer, {until} looked {until}" in table
    for gap in ("Pregnancy and children", "Who it is for", "What is watched", "What is not known"):
        assert f"{gap} {nobody}" in table
    assert "How it is given Supported in part: infusion. 1 statement" in table
    assert "How it acts B-cell depletion. 1 statement" in table
    assert "Licence Licensed, FDA, 2017. 1 statement" in table
    assert "#outcome" in links(page)
    assert "#safety" not in links(page)  # a gap has no section


def test_statement_shows_certainty_values_and_quote_in_context(client: Client, base: Base) -> None:
    page = client.get(PAGE)
    assert texts(page, "p", "mark") == [
        "The source is not sure",
        "Partly supported",
        "Partly supports",
    ]
    assert texts(page, "ul", "values")[0] == (
        "The source suggests better · Disease course relapsing-remitting MS"
    )
    assert texts(page, "mark") == [RELAPSES, INFUSED, DEPLETES, LICENSED]
    assert texts(page, "blockquote")[0] == (
        f"Therapies of multiple sclerosis Müller A 2019 {DEPLETES} {RELAPSES} "
        "It is given as an infusion every six months. It was licensed by the FDA in…"
    )


def test_passage_names_source_and_place(client: Client, base: Base) -> None:
    page = client.get(PAGE)
    caption = texts(page, "figcaption")[0]
    passage = base.therapy.claims.get(topic="outcome").evidence.get().passage
    assert passage.document is not None
    assert caption == (
        "1 Müller A, Journal of Examples, 2019. "
        f"Characters {passage.start} to {passage.end} of the document with SHA-256 "
        f"{passage.document.sha256[:12]}."
    )
    assert "/sources/therapies-of-multiple-sclerosis/" in links(page)
    assert texts(page, "ol", "references") == [
        "1 Therapies of multiple sclerosis. Müller A. Journal of Examples. 2019. doi:10.1000/182. "
        "Journal review · 4 statements"
    ]


def test_who_checked_every_quote_is_said_once(client: Client, base: Base) -> None:
    page = client.get(PAGE)
    said = "Every quote checked and version 1 approved by Rob Reviewer on "
    assert page.content.decode().count(said) == 1
    approved = dt.date.fromisoformat(log.entry_at(3).at[:10])
    due = approved + dt.timedelta(days=settings.REVIEW_INTERVAL_DAYS)
    assert f"next review due {due.day} {due:%B %Y}." in text_of(page)
    assert not [text for text in texts(page, "figcaption") if "Checked by" in text]


def test_another_reviewer_of_one_pair_is_named_there(client: Client, base: Base) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    claim(drug, DEPLETES, source=base.source, topic="research")
    drug = actions.submit(drug, by=base.editor)
    sue = person("reviewer", "Sue Second")
    actions.judge(drug, pair=drug.pairs()[-2].digest, verdict="agree", by=sue)
    actions.approve(drug, by=sue, digest=review.content_digest(drug), note="Looked at the new one.")
    page = client.get(PAGE)
    assert "Every quote checked by Rob Reviewer or Sue Second" in page.content.decode()
    captions = texts(page, "figcaption")
    assert [text for text in captions if "Checked by" in text] == captions[-1:]
    assert "Checked by Sue Second" in captions[-1]


def test_passages_that_dispute_stand_beside_those_that_support(client: Client, base: Base) -> None:
    drug = therapy("Other")
    evidence(
        claim(drug, DEPLETES, source=base.source), INFUSED, source=base.source, direction="disputes"
    )
    publish(drug)
    page = client.get("/therapies/other/")
    assert texts(page, "p", "direction") == ["Supports it", "Disputes it"]
    both = texts(page, "div", "side")
    assert DEPLETES in both[0]
    assert INFUSED in both[1]
    assert "Sources disagree" in texts(page, "p", "mark")


def test_record_page_says_who_wrote_and_who_approved(client: Client, base: Base) -> None:
    (box,) = texts(client.get(PAGE), "section", "provenance")
    entry = log.entry_at(3)
    assert "Written by Ann Editor. Approved by Rob Reviewer, who wrote none of it, on " in box
    assert "UTC: “Checked.”" in box
    assert f"Version 1, entry 3 of the public log Digest {entry.digest}" in box


def test_record_page_leads_to_history_version_mechanism_and_claims(
    client: Client, base: Base
) -> None:
    found = links(client.get(PAGE))
    ids = [c.public_id for c in base.therapy.claims.all()]
    wanted = {f"{PAGE}history/", f"{PAGE}v/1/", "/mechanisms/b-cell-depletion/"}
    assert wanted | {f"/claims/{i}/" for i in ids} <= set(found)


@pytest.mark.parametrize(
    ("standing", "warning"),
    [
        (Standing.RETRACTED, "was retracted"),
        (Standing.CORRECTED, "was corrected after publication"),
    ],
)
def test_claim_on_a_doubtful_source_is_marked_at_once(
    client: Client, base: Base, standing: Standing, warning: str
) -> None:
    set_standing(base.source, standing=standing, by=base.reviewer, note="Notice of 3 March.")
    for path in (PAGE, f"{PAGE}v/1/"):
        page = client.get(path)
        marks = [mark for mark in texts(page, "p", "mark") if warning in mark]
        assert marks == [f"The only source {warning}"] * 4
        (listed,) = texts(page, "ol", "references")
        assert f"This source {warning}. “Notice of 3 March.”" in listed
    before = client.get(f"{PAGE}?as_of=3").content.decode()
    assert warning not in before


def test_retraction_reaches_the_head_the_table_and_the_title(client: Client, base: Base) -> None:
    assert texts(client.get(PAGE), "div", "void") == []
    set_standing(base.source, standing=Standing.RETRACTED, by=base.reviewer, note="Notice.")
    page = client.get(PAGE)
    assert texts(page, "p", "warning") == [
        "Take care: 4 of 4 statements rest only on a retracted or withdrawn source."
    ]
    assert texts(page, "title") == ["Ocrelizumab (sources retracted or withdrawn) – msportal"]
    assert (
        "What it does Only retracted or withdrawn sources say so." in texts(page, "dl", "glance")[0]
    )
    assert len(texts(page, "div", "void")) == 4


def test_claim_on_a_withdrawn_source_is_marked(client: Client, base: Base) -> None:
    actions.withdraw(base.source, by=base.reviewer, note="Wrong file.")
    assert "The only source was withdrawn from this site" in texts(client.get(PAGE), "p", "mark")


def test_mechanism_page_lists_therapies_that_name_it(client: Client, base: Base) -> None:
    page = client.get("/mechanisms/b-cell-depletion/")
    assert texts(page, "ul", "plain") == ["Ocrelizumab"]
    assert texts(page, "h2")[0] == "Therapies that act by it"
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    page = client.get("/mechanisms/b-cell-depletion/")
    assert "No approved claim says that a therapy acts by it." in texts(page, "p", "absence")


def test_draft_is_as_unknown_as_any_address(client: Client, base: Base) -> None:
    therapy("Secret draft")
    secret, nothing = client.get("/therapies/secret-draft/"), client.get("/therapies/nothing/")
    assert (secret.status_code, secret.content) == (404, nothing.content)


@pytest.mark.parametrize("slug", ["Ocrevus", "ocrevus", "anti-cd20", "OCREL"])
def test_address_of_nobody_leads_to_who_is_called_so(client: Client, base: Base, slug: str) -> None:
    page = client.get(f"/therapies/{slug}/")
    assert page.status_code == 404
    assert texts(page, "h2") == ["Ocrelizumab"]
    assert PAGE in links(page)
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")
    assert "ETag" not in page


def test_address_in_another_room_leads_to_who_is_called_so(client: Client, base: Base) -> None:
    page = client.get("/therapies/b-cell-depletion/")
    assert page.status_code == 404
    assert texts(page, "h2") == ["B-cell depletion"]
    assert "/mechanisms/b-cell-depletion/" in links(page)


def test_names_tell_why_a_record_is_found(client: Client, base: Base) -> None:
    page = client.get("/therapies/ocrevus/")
    assert texts(page, "p", "synonyms") == ["Also called Ocrevus, anti-CD20 β-test"]


def test_capitals_in_an_address_are_no_other_address(client: Client, base: Base) -> None:
    for asked, found in {
        "/therapies/Ocrelizumab/": PAGE,
        "/therapies/OCRELIZUMAB/?as_of=3": f"{PAGE}?as_of=3",
        "/Therapies/Ocrelizumab/History/": f"{PAGE}history/",
        "/therapies/Ocrelizumab/v/1/": f"{PAGE}v/1/",
    }.items():
        answer = client.get(asked)
        assert (answer.status_code, answer["Location"]) == (301, found)
        assert client.get(found).status_code == 200


def test_edit_under_way_changes_nothing_for_readers(client: Client, base: Base) -> None:
    before = client.get(PAGE).content
    drug = actions.revise(base.therapy, by=base.editor)
    drug.name = "Leaked name"
    drug.save()
    assert client.get(PAGE).content == before


def test_withdrawn_record_answers_410_with_reason_and_history(client: Client, base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="The quote is another drug’s.")
    page = client.get(PAGE)
    assert page.status_code == 410
    assert texts(page, "h1") == ["Ocrelizumab was withdrawn"]
    (notice,) = texts(page, "p", "warning")
    assert notice.startswith("Withdrawn by Rob Reviewer on ")
    assert notice.endswith(": “The quote is another drug’s.”")
    assert {f"{PAGE}history/", f"{PAGE}v/1/"} <= set(links(page))
    assert RELAPSES not in page.content.decode()


def test_withdrawn_version_stays_at_its_address_marked_and_unindexed(
    client: Client, base: Base
) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    page = client.get(f"{PAGE}v/1/")
    assert page.status_code == 200
    assert texts(page, "p", "warning")[0].startswith("Withdrawn. This version was taken back")
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")
    assert client.get(f"{PAGE}history/").status_code == 200


def test_version_stays_marked_as_withdrawn_after_a_newer_one(client: Client, base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    revised(base, synonyms=["Ocrevus"])
    first = texts(client.get(f"{PAGE}v/1/"), "p", "warning")
    assert [w.split(".")[0] for w in first] == ["Withdrawn", "Not the current version"]
    assert client.get(PAGE).status_code == 200


def test_current_version_is_the_page_s_content(client: Client, base: Base) -> None:
    page = client.get(f"{PAGE}v/1/")
    assert texts(page, "h3") == texts(client.get(PAGE), "h3")
    assert texts(page, "p", "warning") == []
    assert {"name": "robots", "content": "noindex"} not in attributes(page, "meta")


def test_superseded_version_says_so_and_keeps_its_content(client: Client, base: Base) -> None:
    revised(base, brands=["Another brand"])
    page = client.get(f"{PAGE}v/1/")
    assert texts(page, "p", "warning") == [
        "Not the current version. This is version 1; the current one is version 2. "
        "What changed since"
    ]
    assert texts(page, "p", "kicker") == ["Therapies › Anti-CD20 antibody"]
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")
    assert "Brand name Another brand" in texts(client.get(PAGE), "p", "alias")


def test_version_names_sources_as_they_were_then(client: Client, base: Base) -> None:
    source = actions.revise(base.source, by=base.editor)
    source.title = "Renamed"
    source.field_readings.all()[0].delete()
    source.save()
    publish(source)
    assert texts(client.get(PAGE), "ol", "references")[0].startswith("1 Renamed")
    assert texts(client.get(f"{PAGE}v/1/"), "ol", "references")[0].startswith("1 Therapies of")


@pytest.mark.parametrize("path", ["v/0/", "v/2/", f"v/{'9' * 30}/", "diff/1/2/", "v/x/", "no/"])
def test_version_that_never_was_is_not_found(client: Client, base: Base, path: str) -> None:
    assert client.get(PAGE + path).status_code == 404


@pytest.mark.parametrize("path", ["v/2/", "diff/1/2/"])
def test_version_that_never_was_leads_to_its_record(client: Client, base: Base, path: str) -> None:
    page = client.get(PAGE + path)
    assert (page.status_code, texts(page, "h2")) == (404, ["Ocrelizumab"])
    assert PAGE in links(page)


def test_old_address_redirects_for_good_with_everything_below_it(
    client: Client, base: Base
) -> None:
    revised(base, slug="ocrelizumab-iv")
    new = "/therapies/ocrelizumab-iv/"
    for below in ("", "history/", "v/1/", "diff/1/2/"):
        answer = client.get(f"{PAGE}{below}")
        assert (answer.status_code, answer["Location"]) == (301, new + below)
    assert client.get(PAGE, {"as_of": "4"})["Location"] == f"{new}?as_of=4"


def test_history_lists_all_entries_newest_first(client: Client, base: Base) -> None:
    revised(base, synonyms=[])
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    page = client.get(f"{PAGE}history/")
    lines = texts(page, "li", "line")
    assert [line.split(" Entry ")[0] for line in lines] == [
        "Ocrelizumab: withdrawn, because “Wrong.”",
        "Ocrelizumab: synonyms removed.",
        "New: Ocrelizumab, 4 statements from 1 source.",
    ]
    assert "version 2 approved" in lines[1]
    assert "by Rob Reviewer; written by Ann Editor “Changed.”" in lines[1]
    assert log.entry_at(3).digest in lines[2]
    assert f"{PAGE}diff/1/2/" in links(page)


def test_history_of_a_source_shows_standing(client: Client, base: Base) -> None:
    set_standing(base.source, standing=Standing.RETRACTED, by=base.reviewer, note="Notice.")
    page = client.get("/sources/therapies-of-multiple-sclerosis/history/")
    lines = texts(page, "li", "line")
    assert lines[0].startswith(
        "The source “Therapies of multiple sclerosis” was marked as retracted: 5 statements on "
        "B-cell depletion and Ocrelizumab rest on it alone. Entry 4"
    )


def test_difference_is_told_in_words(client: Client, base: Base) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    changed = drug.claims.get(topic="status")
    changed.text, changed.status_date, changed.certainty = "Licensed in 2017.", "2017-03", "hedged"
    changed.save()
    drug.claims.get(topic="administration").delete()
    drug.synonyms = ["OCR", *drug.synonyms]
    not_stated(drug, "safety", "monitoring")
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    page = client.get(f"{PAGE}diff/1/2/")
    ids = [c["id"] for c in log.entry_at(3).body["claims"]]
    assert texts(page, "h2") == ["The record", "Claim removed", "Claim changed"]
    assert texts(page, "p", "claim-text") == ["Licensed in 2017."]
    record, removed, changed_rows = texts(page, "dl", "differences")
    until = date_in_words(log.entry_at(3).body["not_stated"][0]["until"])
    assert record == (
        f"not stated in the sources read Safety (1 source, until {until}); "
        f"Monitoring (1 source, until {until}) synonyms OCR; anti-CD20 β-test"
    )
    assert changed_rows == (
        "certainty stated hedged text It was licensed by the FDA in 2017. Licensed in 2017. "
        "date of status March 2017"
    )
    assert removed == f"claim Administration: {INFUSED}"
    assert [i for i in ids if i in page.content.decode()] == []


def test_difference_of_a_version_to_itself_is_nothing(client: Client, base: Base) -> None:
    page = client.get(f"{PAGE}diff/1/1/")
    assert texts(page, "p", "absence") == ["Nothing to compare: both are version 1."]


def test_difference_names_both_sides_and_steps_on(client: Client, base: Base) -> None:
    revised(base, brands=["One"])
    revised(base, brands=["One", "Two"])
    page = client.get(f"{PAGE}diff/1/2/")
    assert texts(page, "p", "lead") == ["Ocrelizumab: brand names changed."]
    before, after = texts(page, "dt")[:2]
    assert (before.split(",")[0], after.split(",")[0]) == ("Version 1", "Version 2")
    assert texts(page, "dd")[0] == "Approved by Rob Reviewer; written by Ann Editor"
    assert texts(page, "nav", "pager") == ["The next change"]
    assert f"{PAGE}diff/2/3/" in links(page)
    last = client.get(f"{PAGE}diff/2/3/")
    assert texts(last, "nav", "pager") == ["The change before"]
    past = client.get(f"{PAGE}diff/1/2/?as_of=4")
    assert texts(past, "nav", "pager") == []


def test_difference_begins_with_the_earlier_version(client: Client, base: Base) -> None:
    revised(base, brands=["One"])
    answer = client.get(f"{PAGE}diff/2/1/?as_of=4")
    assert (answer.status_code, answer["Location"]) == (301, f"{PAGE}diff/1/2/?as_of=4")
    assert client.get(f"{PAGE}diff/9/1/", follow=True).status_code == 404


def test_history_leads_to_the_difference_of_any_two_versions(client: Client, base: Base) -> None:
    assert (
        attributes(client.get(f"{PAGE}history/"), "table") == []
    )  # one version: nothing to choose
    revised(base, brands=["One"])
    revised(base, brands=["Two"])
    radios = [a for a in attributes(client.get(f"{PAGE}history/"), "input") if a["type"] == "radio"]
    chosen = [(a["name"], a["value"]) for a in radios if "checked" in a]
    assert (len(radios), chosen) == (6, [("after", "3"), ("before", "2")])
    for query in ("before=1&after=3", "before=3&after=1"):
        answer = client.get(f"{PAGE}history/?{query}")
        assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}diff/1/3/")
    kept = client.get(f"{PAGE}history/?before=1&after=2&as_of=4")
    assert kept["Location"] == f"{PAGE}diff/1/2/?as_of=4"
    for query in ("before=1", "before=1&after=x", "after=", "before=1&after=" + "9" * 10):
        assert client.get(f"{PAGE}history/?{query}").status_code == 400
    assert client.get(f"{PAGE}history/?before=1&after=9", follow=True).status_code == 404


def test_as_of_shows_the_past_and_keeps_to_it(client: Client, base: Base) -> None:
    revised(base, brands=["Another brand"])
    page = client.get(PAGE, {"as_of": "3"})
    assert texts(page, "p", "kicker") == ["Therapies › Anti-CD20 antibody"]
    day = date_format(timezone.now(), "j F Y")
    assert texts(page, "aside", "look-back") == [
        f"A look back: this page as it was at entry 3 of the public log, {day}. "
        "Show the present or what changed since."
    ]
    assert texts(page, "title") == [f"Ocrelizumab, as of {day} (entry 3) – msportal"]
    assert f"{PAGE}diff/1/2/" in links(page)
    inner = [a for a in links(page) if a.startswith(("/therapies", "/mechanisms", "/sources"))]
    assert [a for a in inner if "as_of=3" not in a] == [f"{PAGE}diff/1/2/"]


def test_as_of_before_the_withdrawal_still_answers(client: Client, base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    assert client.get(PAGE, {"as_of": "3"}).status_code == 200
    assert client.get(PAGE, {"as_of": "4"}).status_code == 410


@pytest.mark.parametrize("as_of", ["", "x", "2026-13-01", "\x00"])
@pytest.mark.parametrize("path", [PAGE, "/therapies/", "/claims/x/"])
def test_as_of_that_means_nothing_is_refused(client: Client, path: str, as_of: str) -> None:
    page = client.get(path, {"as_of": as_of})
    assert page.status_code == 400
    assert texts(page, "h1") == ["That was not understood"]
    assert texts(page, "title") == ["Error: That was not understood – msportal"]
    assert texts(page, "p", "lead")[0].startswith("as_of=")


def test_record_page_costs_the_same_for_few_and_many_claims(
    client: Client, base: Base, django_assert_num_queries: object
) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    for text in (DEPLETES, RELAPSES, INFUSED):
        claim(drug, text, source=base.source, topic="research", acts_by=base.mechanism)
    publish(drug)
    # head, row, entry, versions before (twice), who acts alike, keys of what it is made of, hash;
    # sources, mechanisms, class, members, who acts alike (2), what to compare with, demonstration
    with django_assert_num_queries(16):  # type: ignore[operator]
        client.get(PAGE)
    # Once its parts are remembered: head, row, entry, who acts alike, keys, hash, demonstration
    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get(PAGE)
    # head, row, version, fate, keys, hash, sources then and now, mechanisms, class, demonstration
    with django_assert_num_queries(11):  # type: ignore[operator]
        client.get(f"{PAGE}v/1/")
    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get(f"{PAGE}v/1/")


def test_others_that_act_by_the_same_mechanism_are_named_with_it(
    client: Client, base: Base
) -> None:
    assert "Others that act alike" not in texts(client.get(PAGE), "h2")
    drug = therapy("Other")
    claim(drug, DEPLETES, source=base.source, acts_by=base.mechanism)
    publish(drug)
    page = client.get(PAGE)
    assert "Others that act alike" in texts(page, "h2")
    assert "B-cell depletion: Other" in texts(page, "ul", "plain")
    assert "/therapies/other/" in links(page)
    actions.withdraw(drug, by=base.reviewer, note="Wrong.")
    assert "Others that act alike" not in texts(client.get(PAGE), "h2")
