"""Pages of therapies and mechanisms: content, tombstones, moves, versions, the past."""

import pytest
from django.test import Client

from editorial import actions
from publication import log
from sources.actions import set_standing
from sources.choices import Standing
from sources.wording import date_in_words
from tests.building import claim, evidence, not_stated, publish, therapy
from tests.html import attributes, links, texts
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


def test_record_page_shows_topics_in_the_readers_order(client: Client, base: Base) -> None:
    page = client.get(PAGE)
    assert texts(page, "h1") == ["Ocrelizumab"]
    assert texts(page, "h2") == [
        "Outcomes",
        "Safety",
        "Monitoring",
        "Indication",
        "Administration",
        "Status",
        "Mechanism",
        "Who wrote and checked this",
    ]
    assert texts(page, "h3") == [RELAPSES, INFUSED, LICENSED, DEPLETES]


def test_record_page_says_what_is_not_stated_and_what_nobody_reviewed(
    client: Client, base: Base
) -> None:
    sections = texts(client.get(PAGE), "section", "topic")
    (absent,) = log.entry_at(3).body["not_stated"]
    today = absent["until"]
    assert sections[1].startswith(
        f"Safety Not stated in the 1 source read until {date_in_words(today)}. "
        "The editors looked for it and found no statement. Agreed by Rob Reviewer,"
    )
    assert sections[2:4] == [
        "Monitoring No reviewed claim yet.",
        "Indication No reviewed claim yet.",
    ]


def test_claim_shows_certainty_values_and_quote_in_context(client: Client, base: Base) -> None:
    page = client.get(PAGE)
    assert texts(page, "p", "certainty")[0] == "Hedged by the source"
    assert texts(page, "dl", "facts")[1] == (
        "Disease course relapsing-remitting MS Outcome annualised relapse rate "
        "Change for the patient better"
    )
    assert texts(page, "mark") == [RELAPSES, INFUSED, LICENSED, DEPLETES]
    assert texts(page, "p", "direction") == [
        "Supports",
        "Partly supports",
        "Supports",
        "Supports",
    ]
    assert texts(page, "blockquote")[0] == (
        f"Therapies of multiple sclerosis Müller A 2019 {DEPLETES} {RELAPSES} "
        "It is given as an infusion every six months. It was licensed by the FDA in…"
    )


def test_evidence_names_source_place_and_judge(client: Client, base: Base) -> None:
    page = client.get(PAGE)
    today = log.entry_at(3).at[:4]
    caption = texts(page, "figcaption")[0]
    passage = base.therapy.claims.get(topic="outcome").evidence.get().passage
    assert passage.document is not None
    assert caption.startswith(
        "Therapies of multiple sclerosis Müller A, Journal of Examples, 2019 Agreed by Rob Reviewer"
    )
    assert today in caption
    assert f"Characters {passage.start} to {passage.end}" in caption
    assert f"SHA-256 {passage.document.sha256[:12]}…" in caption
    assert "/sources/therapies-of-multiple-sclerosis/" in links(page)


def test_evidence_that_disputes_stands_beside_what_supports(client: Client, base: Base) -> None:
    drug = therapy("Other")
    evidence(
        claim(drug, DEPLETES, source=base.source), INFUSED, source=base.source, direction="disputes"
    )
    publish(drug)
    page = client.get("/therapies/other/")
    assert texts(page, "p", "direction") == ["Supports", "Disputes"]


def test_record_page_says_who_wrote_and_who_approved(client: Client, base: Base) -> None:
    (box,) = texts(client.get(PAGE), "section", "provenance")
    entry = log.entry_at(3)
    assert "Written by Ann Editor Approved by Rob Reviewer, who wrote none of it" in box
    assert f"Reason Checked. Version 1, entry 3 of the public log Digest {entry.digest}" in box


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
    expected = (
        f"Take care: a source of this claim {warning}: "
        "Therapies of multiple sclerosis. “Notice of 3 March.”"
    )
    assert texts(client.get(PAGE), "p", "warning") == [expected] * 4
    assert texts(client.get(f"{PAGE}v/1/"), "p", "warning") == [expected] * 4
    assert texts(client.get(f"{PAGE}?as_of=3"), "p", "warning") == []


def test_claim_on_a_withdrawn_source_is_marked(client: Client, base: Base) -> None:
    actions.withdraw(base.source, by=base.reviewer, note="Wrong file.")
    (first, *_) = texts(client.get(PAGE), "p", "warning")
    assert first.startswith("Take care: a source of this claim was withdrawn from this site")


def test_mechanism_page_lists_therapies_that_name_it(client: Client, base: Base) -> None:
    page = client.get("/mechanisms/b-cell-depletion/")
    assert texts(page, "ul", "plain") == ["Ocrelizumab"]
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    page = client.get("/mechanisms/b-cell-depletion/")
    assert "No approved claim of a therapy names this mechanism." in texts(page, "p", "absence")


def test_draft_is_as_unknown_as_any_address(client: Client, base: Base) -> None:
    therapy("Secret draft")
    secret, nothing = client.get("/therapies/secret-draft/"), client.get("/therapies/nothing/")
    assert (secret.status_code, secret.content) == (404, nothing.content)


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
        "Not the current version. This is version 1; the current one is version 2."
    ]
    assert "Class Anti-CD20 antibody" in texts(page, "dl", "facts")[0]
    assert {"name": "robots", "content": "noindex"} in attributes(page, "meta")
    assert "Brand names Another brand" in texts(client.get(PAGE), "p", "synonyms")


def test_version_names_sources_as_they_were_then(client: Client, base: Base) -> None:
    source = actions.revise(base.source, by=base.editor)
    source.title = "Renamed"
    source.field_readings.all()[0].delete()
    source.save()
    publish(source)
    assert texts(client.get(PAGE), "p", "source")[0].startswith("Renamed")
    assert texts(client.get(f"{PAGE}v/1/"), "p", "source")[0].startswith("Therapies of")


@pytest.mark.parametrize("path", ["v/0/", "v/2/", f"v/{'9' * 30}/", "diff/1/2/", "v/x/", "no/"])
def test_version_that_never_was_is_not_found(client: Client, base: Base, path: str) -> None:
    assert client.get(PAGE + path).status_code == 404


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
        "version 2 withdrawn",
        "version 2 approved",
        "version 1 approved",
    ]
    assert "by Rob Reviewer; written by Ann Editor “Changed.”" in lines[1]
    assert log.entry_at(3).digest in lines[2]
    assert f"{PAGE}diff/1/2/" in links(page)


def test_history_of_a_source_shows_standing(client: Client, base: Base) -> None:
    set_standing(base.source, standing=Standing.RETRACTED, by=base.reviewer, note="Notice.")
    page = client.get("/sources/therapies-of-multiple-sclerosis/history/")
    lines = texts(page, "li", "line")
    assert lines[0].startswith("marked as retracted Entry 4")


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
    assert texts(page, "p", "absence") == ["Nothing: the two versions have the same content."]


def test_as_of_shows_the_past_and_keeps_to_it(client: Client, base: Base) -> None:
    revised(base, brands=["Another brand"])
    page = client.get(PAGE, {"as_of": "3"})
    assert "Class Anti-CD20 antibody" in texts(page, "dl", "facts")[0]
    assert texts(page, "p", "note") == [
        "A look back: this page shows everything as it was at entry 3 of the public log. "
        "The log now stands at entry 4. Show the present"
    ]
    inner = [a for a in links(page) if a.startswith(("/therapies", "/mechanisms", "/sources"))]
    assert [a for a in inner if "as_of=3" not in a] == []


def test_as_of_before_the_approval_is_not_found(client: Client, base: Base) -> None:
    assert client.get(PAGE, {"as_of": "2"}).status_code == 404


def test_as_of_before_the_withdrawal_still_answers(client: Client, base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    assert client.get(PAGE, {"as_of": "3"}).status_code == 200
    assert client.get(PAGE, {"as_of": "4"}).status_code == 410


@pytest.mark.parametrize("as_of", ["", "x", "99", "2026-13-01", "\x00"])
@pytest.mark.parametrize("path", [PAGE, "/therapies/", "/claims/x/"])
def test_as_of_that_means_nothing_is_refused(client: Client, path: str, as_of: str) -> None:
    page = client.get(path, {"as_of": as_of})
    assert page.status_code == 400
    assert texts(page, "h1") == ["That was not understood"]
    assert texts(page, "p", "lead")[0].startswith("as_of=")


def test_record_page_costs_the_same_for_few_and_many_claims(
    client: Client, base: Base, django_assert_num_queries: object
) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    for text in (DEPLETES, RELAPSES, INFUSED):
        claim(drug, text, source=base.source, topic="research", acts_by=base.mechanism)
    publish(drug)
    # head, row, entry, sources, mechanisms, class, members, demonstration
    with django_assert_num_queries(8):  # type: ignore[operator]
        client.get(PAGE)
    # head, row, version, fate, sources then and now, mechanisms, class, demonstration
    with django_assert_num_queries(9):  # type: ignore[operator]
        client.get(f"{PAGE}v/1/")
