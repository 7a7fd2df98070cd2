"""The review page: what changed, what to judge, and decisions bound to what was shown."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from editorial import actions, review
from editorial.models import Judgement, User
from publication import log
from publication.models import Entry
from tests.building import agree, claim, evidence, publish, source_with_text, therapy
from tests.html import texts
from tests.small_base import small_base
from tests.workroom import fields_of, page, pressed, seen, signed_in, staff, superuser
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

TEXT = "A title\nOcrelizumab depletes B cells. Headache occurs. It is given by infusion."


@pytest.fixture
def editor() -> User:
    return staff("editor", "Edda Brandt")


@pytest.fixture
def reviewer() -> User:
    return staff("reviewer", "Ruth Vance")


@pytest.fixture
def record(editor: User) -> Therapy:
    source = source_with_text(TEXT, title="A title")
    publish(source)
    record = therapy("Ocrelizumab")
    first = claim(record, "Ocrelizumab depletes B cells.", source=source)
    evidence(first, "Headache occurs.", source=source, direction="disputes")
    return actions.submit(record, by=editor)


def act(user: User, record: Therapy, action: str, **fields: str) -> Any:
    known = action in {move.name for move in record.moves}
    posted = {"action": action, "seen": seen(record, action) if known else "", **fields}
    return signed_in(user).post(page(record, "act"), posted)


def shown(user: User, record: Therapy) -> str:
    return signed_in(user).get(page(record, "review")).content.decode()


def judge_all(user: User, record: Therapy) -> None:
    for pair in record.pairs():
        assert act(user, record, "judge", pair=pair.digest, verdict="agree").status_code == 302


def digest_on(html: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', html)
    assert found is not None
    return found[1]


def state(record: Therapy) -> str:
    record.refresh_from_db()
    return record.state


def test_review_from_the_first_look_to_the_public_version(reviewer: User, record: Therapy) -> None:
    assert act(reviewer, record, "take").status_code == 302
    assert "0 of 2 judged" in shown(reviewer, record)
    judge_all(reviewer, record)
    html = shown(reviewer, record)
    assert "2 of 2 judged, 2 agreed" in html
    assert "<mark>Ocrelizumab depletes B cells.</mark>" in html
    answer = act(reviewer, record, "approve", digest=digest_on(html), note="Read and compared.")
    assert answer.status_code == 302
    assert state(record) == "approved"
    (told,) = get_messages(answer.wsgi_request)
    assert str(told) == f"Ocrelizumab is approved and public. Head of the log: {log.head()}"
    entry = Entry.objects.get(record_type="therapy")
    assert (entry.approver_name, entry.note) == ("Ruth Vance", "Read and compared.")


def test_each_pair_is_judged_by_itself(reviewer: User, record: Therapy) -> None:
    _, second = record.pairs()
    answer = act(
        reviewer, record, "judge", pair=second.digest, verdict="disagree", note="It says nothing."
    )
    assert answer.headers["Location"].endswith(f"#pair-{second.digest[:12]}")
    row = Judgement.objects.get(record_type="therapy")
    assert (row.pair, row.verdict, row.note) == (second.digest, "disagree", "It says nothing.")
    assert "1 of 2 judged, 0 agreed" in shown(reviewer, record)


@pytest.mark.parametrize("verdict", ["", "maybe"])
def test_other_verdicts_are_refused(reviewer: User, record: Therapy, verdict: str) -> None:
    pair = record.pairs()[0].digest
    assert act(reviewer, record, "judge", pair=pair, verdict=verdict).status_code == 400
    assert Judgement.objects.filter(record_type="therapy").count() == 0


def test_role_is_asked_for_before_the_verdict(editor: User, record: Therapy) -> None:
    pair = record.pairs()[0].digest
    assert act(editor, record, "judge", pair=pair, verdict="maybe").status_code == 403


@pytest.mark.parametrize(
    ("action", "field"),
    [("approve", "note"), ("approve", "digest"), ("judge", "note"), ("judge", "pair")],
)
def test_what_no_database_could_keep_is_refused(
    reviewer: User, record: Therapy, action: str, field: str
) -> None:
    """PostgreSQL knows no NUL in a text."""
    judge_all(reviewer, record)
    digest = digest_on(shown(reviewer, record))
    pair = record.pairs()[0].digest
    given = {"note": "Read.", "digest": digest, "pair": pair, "verdict": "agree"}
    answer = act(reviewer, record, action, **given | {field: "a\0b"})
    assert answer.status_code == (409 if field == "note" else 400)
    assert ("[U+0000]" in answer.content.decode()) is (field == "note")
    assert state(record) == "in-review"


@pytest.mark.parametrize("action", ["approve_selected", "", "delete", "standing"])
def test_unknown_actions_do_not_exist(reviewer: User, record: Therapy, action: str) -> None:
    assert act(reviewer, record, action, note="x").status_code == 400


def test_get_never_writes(reviewer: User, record: Therapy) -> None:
    client = signed_in(reviewer)
    assert client.get(page(record, "act") + "?action=take").status_code == 405
    assert client.post(page(record, "review"), {"action": "take"}).status_code == 405
    record.refresh_from_db()
    assert record.reviewer is None


def test_contributor_sees_why_they_cannot_review(editor: User, record: Therapy) -> None:
    editor.groups.add(*staff("reviewer").groups.all())
    html = shown(editor, record)
    assert "You are one of them, so you cannot review it." in html
    assert 'name="verdict' not in html
    pair = record.pairs()[0].digest
    assert act(editor, record, "judge", pair=pair, verdict="agree").status_code == 403


@pytest.mark.parametrize("action", ["take", "approve", "reject", "request_changes", "withdraw"])
def test_editor_is_refused_what_reviewers_do(record: Therapy, action: str) -> None:
    other = staff("editor")
    fields = {"note": "No reason.", "digest": review.content_digest(record)}
    assert act(other, record, action, **fields).status_code == 403
    assert state(record) == "in-review"


@pytest.mark.parametrize("action", ["submit", "revise", "reopen", "discard", "take", "approve"])
def test_administrator_is_refused_everything(record: Therapy, action: str) -> None:
    assert act(staff("administrator"), record, action, note="x").status_code == 403


def test_superuser_does_not_approve_own_work(reviewer: User) -> None:
    root = superuser()
    source = source_with_text(TEXT, title="A title")
    actions.submit(source, by=root)
    agree(source, reviewer)
    html = signed_in(root).get(page(source, "review")).content.decode()
    assert "somebody else has to review it" in html
    answer = signed_in(root).post(
        page(source, "act"),
        {"action": "approve", "note": "Mine is fine.", "digest": review.content_digest(source)},
    )
    assert answer.status_code == 403
    assert "Mine is fine." in answer.content.decode()
    assert log.head_seq() == 0


@pytest.mark.parametrize("action", ["approve_selected", "approve", "publish_selected"])
def test_there_is_no_bulk_approval(record: Therapy, action: str) -> None:
    judge_all(staff("reviewer"), record)
    answer = signed_in(superuser()).post(
        reverse("admin:therapies_therapy_changelist"),
        {"action": action, "_selected_action": [record.pk], "note": "x"},
    )
    assert answer.status_code == 302
    assert state(record) == "in-review"


def test_bulk_submit_reports_each_refusal(record: Therapy) -> None:
    empty = therapy("Siponimod")
    ready, late, unseen = therapy("Ofatumumab"), therapy("Cladribine"), therapy("Teriflunomide")
    claim(ready, "Headache occurs.", source=record.claims.get().evidence.all()[0].passage.source)
    answer = signed_in(staff("editor")).post(
        reverse("admin:therapies_therapy_changelist"),
        {
            "action": "submit_selected",
            "confirmed": "1",
            "_selected_action": [record.pk, empty.pk, ready.pk, late.pk, unseen.pk],
            f"seen-{late.pk}": "7",
            **{f"seen-{r.pk}": str(r.revision) for r in (record, empty, ready)},
        },
        follow=True,
    )
    html = answer.content.decode()
    assert [state(r) for r in (record, empty, ready)] == ["in-review", "draft", "in-review"]
    assert (state(late), state(unseen)) == ("draft", "draft")
    assert "Cladribine: The record was changed after this page was opened" in html
    assert "Teriflunomide was not on the page that you looked at" in html
    assert ("Ocrelizumab: Cannot submit" in html, "Siponimod: Not ready" in html) == (True, True)
    assert "Ofatumumab: it waits for a reviewer." in html


def test_refused_decision_keeps_the_note(reviewer: User, record: Therapy) -> None:
    answer = act(
        reviewer,
        record,
        "approve",
        note="A long and careful note.",
        digest=review.content_digest(record),
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert ("Not judged" in html, "A long and careful note.</textarea>" in html) == (True, True)


@pytest.mark.parametrize("action", ["request_changes", "reject", "approve"])
def test_decision_without_a_note_is_refused(reviewer: User, record: Therapy, action: str) -> None:
    answer = act(reviewer, record, action, note="  ", digest=review.content_digest(record))
    assert answer.status_code == 409
    assert "write a note that gives the reason" in answer.content.decode()


def test_decision_on_content_that_changed_shows_the_difference(
    editor: User, reviewer: User, record: Therapy
) -> None:
    seen = digest_on(shown(reviewer, record))
    actions.request_changes(record, by=staff("reviewer"), note="Say which cells.")
    record.refresh_from_db()
    row = record.claims.get()
    row.text = "Ocrelizumab depletes CD20 cells."
    row.save()
    actions.submit(record, by=editor)
    judge_all(reviewer, record)
    answer = act(reviewer, record, "approve", note="As I saw it.", digest=seen)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The content changed since it was on your screen" in html
    assert ("<del>B</del>" in html, "<ins>CD20</ins>" in html) == (True, True)
    assert "As I saw it.</textarea>" in html
    assert digest_on(html) == review.content_digest(record)
    assert state(record) == "in-review"


def test_changes_since_the_public_version_are_in_words(
    editor: User, reviewer: User, record: Therapy
) -> None:
    judge_all(reviewer, record)
    act(reviewer, record, "approve", note="Good.", digest=review.content_digest(record))
    assert act(editor, record, "revise").status_code == 302
    record.refresh_from_db()
    row = record.claims.get()
    row.certainty = "hedged"
    row.save()
    html = shown(reviewer, record)
    assert "Nothing beside the statements below" in html
    assert "Certainty: " in html
    assert ("<del>stated</del>" in html, "<ins>hedged</ins>" in html) == (True, True)


def test_withdrawal_and_discard_are_on_the_page(
    editor: User, reviewer: User, record: Therapy
) -> None:
    judge_all(reviewer, record)
    act(reviewer, record, "approve", note="Good.", digest=review.content_digest(record))
    act(editor, record, "revise")
    assert state(record) == "draft"
    html = shown(editor, record)
    assert "The draft is lost" in html
    assert act(editor, record, "discard", digest=digest_on(html)).status_code == 302
    assert state(record) == "approved"
    assert act(reviewer, record, "withdraw", note="").status_code == 409
    assert act(reviewer, record, "withdraw", note="A grave error.").status_code == 302
    assert log.is_public("therapy", record.public_id) is False


def test_discard_on_an_old_page_loses_nobodys_work(
    editor: User, reviewer: User, record: Therapy
) -> None:
    judge_all(reviewer, record)
    act(reviewer, record, "approve", note="Good.", digest=review.content_digest(record))
    act(editor, record, "revise")
    old = digest_on(shown(editor, record))
    Therapy.objects.update(brands=["Hours of work"])
    answer = act(editor, record, "discard", digest=old)
    assert (answer.status_code, state(record)) == (409, "draft")
    assert "Nothing was decided" in answer.content.decode()
    assert Therapy.objects.get().brands == ["Hours of work"]


def test_reviewer_of_a_first_version_is_shown_what_no_pair_says(
    editor: User, reviewer: User, record: Therapy
) -> None:
    actions.request_changes(record, by=reviewer, note="Name its class.")
    Therapy.objects.update(brands=["A cure"], synonyms=["Panacea"], identifiers={"ATC": "L04AG08"})
    actions.submit(record, by=editor)
    answer = signed_in(reviewer).get(page(record, "review"))
    since, table = texts(answer, "table", "changes")
    assert ("A cure" in since, "Ocrelizumab" in since) == (True, False)
    for words in ("A cure", "Panacea", "L04AG08", "Ocrelizumab", "ocrelizumab", "drug"):
        assert words in table
    assert "depletes" not in table


def test_reviewer_of_a_new_source_is_shown_each_field_once(editor: User, reviewer: User) -> None:
    source = source_with_text("A text.", title="Typed by hand", publisher="Nobody")
    actions.submit(source, by=editor)
    answer = signed_in(reviewer).get(page(source, "review"))
    table = texts(answer, "table", "changes")[0]
    assert ("typed-by-hand" in table, "Nobody" in table) == (True, False)
    assert {pair.group for pair in source.pairs()} == {"title", "publisher"}
    assert answer.content.decode().count("Nobody") == 1


def test_reviewer_reads_other_records_under_the_names_that_readers_see(
    editor: User, reviewer: User
) -> None:
    base = small_base()
    for row, field in ((base.source, "title"), (base.mechanism, "name")):
        row = actions.revise(row, by=editor)
        setattr(row, field, "Renamed in a draft")
        row.save()
    drug = actions.submit(actions.revise(base.therapy, by=editor), by=editor)
    html = shown(reviewer, drug)  # type: ignore[arg-type]
    assert "Renamed in a draft" not in html
    assert "B-cell depletion" in html
    assert "Therapies of multiple sclerosis" in html


def test_history_shows_versions_steps_and_contributors(
    editor: User, reviewer: User, record: Therapy
) -> None:
    actions.request_changes(record, by=reviewer, note="Say which cells.")
    actions.submit(record, by=editor)
    judge_all(reviewer, record)
    act(reviewer, record, "approve", note="Good now.", digest=review.content_digest(record))
    html = signed_in(editor).get(page(record, "history")).content.decode()
    assert 'href="/therapies/ocrelizumab/v/1/"' in html
    for words in (
        str(log.head()),
        "Say which cells.",
        "Good now.",
        "Edda Brandt",
        "Ruth Vance",
        "in review → approved",
    ):
        assert words in html


@pytest.mark.parametrize(
    ("action", "became"), [("recall", "draft"), ("revise", "draft"), ("reopen", "draft")]
)
def test_button_on_the_page_of_a_frozen_record_does_what_it_says(
    editor: User, reviewer: User, record: Therapy, action: str, became: str
) -> None:
    if action == "revise":
        agree(record, reviewer)
        digest = review.content_digest(record)
        actions.approve(record, by=reviewer, digest=digest, note="Checked.")
    elif action == "reopen":
        actions.reject(record, by=reviewer, note="Too general.")
    client = signed_in(editor)
    posted = pressed(client.get(page(record, "change")).content.decode(), action)
    assert posted is not None
    answer = client.post(page(record, "act"), posted)
    assert (answer.status_code, state(record)) == (302, became)


def said_by_script(user: User, record: Therapy, *words: tuple[str, str, str]) -> Any:
    posted = {"action": "judge", "sheet": "1"}
    for pair, verdict, note in words:
        posted |= {f"verdict-{pair}": verdict, f"note-{pair}": note}
    accept = {"Accept": "application/json"}
    return signed_in(user).post(page(record, "act"), posted, headers=accept)


def test_script_is_answered_with_what_each_word_changed(reviewer: User, record: Therapy) -> None:
    first, second = (pair.digest for pair in record.pairs())
    answer = said_by_script(reviewer, record, (first, "agree", ""), (second, "unsure", "Hm."))
    said = answer.json()
    assert {pair: line["settled"] for pair, line in said["lines"].items()} == {
        first: True,
        second: False,
    }
    assert "Hm." in said["lines"][second]["said"]
    assert (said["judged"], said["ready"]) == (2, False)
    assert said["progress"] == "2 of 2 judged, 1 agreed"
    assert "1 of 2 not agreed to yet" in said["readiness"]
    done = said_by_script(reviewer, record, (second, "agree", "")).json()
    assert (list(done["lines"]), done["ready"]) == ([second], True)


def test_script_is_refused_in_a_sentence(editor: User, reviewer: User, record: Therapy) -> None:
    pair = record.pairs()[0].digest
    answer = said_by_script(reviewer, record, (pair, "disagree", " "))
    assert (answer.status_code, "write the reason" in answer.json()["refusal"]) == (409, True)
    answer = said_by_script(editor, record, (pair, "agree", ""))
    assert (answer.status_code, "active reviewer" in answer.json()["refusal"]) == (403, True)
    assert said_by_script(reviewer, record, ("x" * 64, "agree", "")).status_code == 400
    assert not Judgement.objects.filter(record_type="therapy").exists()


def test_one_form_keeps_all_words_or_none(reviewer: User, record: Therapy) -> None:
    first, second = (pair.digest for pair in record.pairs())
    posted = {
        "sheet": "1",
        "action": "judge",
        f"verdict-{first}": "agree",
        f"verdict-{second}": "disagree",
        "note": "Half a decision.",
    }
    answer = signed_in(reviewer).post(page(record, "act"), posted)
    html = answer.content.decode()
    assert (answer.status_code, Judgement.objects.filter(record_type="therapy").count()) == (409, 0)
    assert "Half a decision.</textarea>" in html
    fields = fields_of(html, "sheet")
    assert fields[f"verdict-{first}"] == ["agree"]
    assert fields[f"verdict-{second}"] == ["disagree"]
    rest = {**posted, f"verdict-{second}": "", "rest": f"{first} {second}"}
    answer = signed_in(reviewer).post(page(record, "act"), rest)
    assert "2 of 2 judged, 2 agreed" in answer.content.decode()
    assert "Half a decision.</textarea>" in answer.content.decode()


def test_decision_takes_the_words_that_came_with_it(reviewer: User, record: Therapy) -> None:
    html = shown(reviewer, record)
    posted = fields_of(html, "sheet")
    for pair in record.pairs():
        posted[f"verdict-{pair.digest}"] = "agree"
    posted |= {"action": "approve", "note": "Read."}
    assert signed_in(reviewer).post(page(record, "act"), posted).status_code == 302
    assert state(record) == "approved"


def test_note_without_a_verdict_waits_for_one(reviewer: User, record: Therapy) -> None:
    pair = record.pairs()[0].digest
    posted = {"sheet": "1", "action": "judge", f"note-{pair}": "Look at the dose."}
    answer = signed_in(reviewer).post(page(record, "act"), posted)
    assert "Beside a note of yours nothing is chosen" in answer.content.decode()
    assert fields_of(answer.content.decode(), "sheet")[f"note-{pair}"] == "Look at the dose."


def test_note_without_a_verdict_keeps_a_decision_back(reviewer: User, record: Therapy) -> None:
    judge_all(reviewer, record)
    posted = fields_of(shown(reviewer, record), "sheet")
    first = record.pairs()[0].digest
    doubt = {f"verdict-{first}": "", f"note-{first}": "A doubt.", "action": "approve", "note": "-"}
    answer = signed_in(reviewer).post(page(record, "act"), {**posted, **doubt})
    assert (answer.status_code, state(record)) == (409, "in-review")
    assert "Beside a note of yours nothing is chosen" in answer.content.decode()
    assert "A doubt." in answer.content.decode()


def test_script_that_says_nothing_is_told_so(reviewer: User, record: Therapy) -> None:
    first = record.pairs()[0].digest
    for word in ((), ((first, "", "Only a note."),)):
        answer = said_by_script(reviewer, record, *word)
        assert (answer.status_code, "nothing is chosen" in answer.json()["refusal"]) == (409, True)


def test_window_of_before_repeats_no_older_word(reviewer: User, record: Therapy) -> None:
    """Each form has every word; what was not given there is not said again."""
    judge_all(reviewer, record)
    before = fields_of(shown(reviewer, record), "sheet")
    first = record.pairs()[0].digest
    act(reviewer, record, "judge", pair=first, verdict="disagree", note="This is\r\nwrong.")
    words = Judgement.objects.filter(record_type="therapy").count()
    for action, note in (("judge", ""), ("approve", "Read.")):
        posted = {**before, "action": action, "note": note}
        answer = signed_in(reviewer).post(page(record, "act"), posted, follow=True)
        assert "This is" in answer.content.decode()
    again = fields_of(answer.content.decode(), "sheet")
    signed_in(reviewer).post(page(record, "act"), {**again, "action": "judge"})
    assert Judgement.objects.filter(record_type="therapy").count() == words
    assert state(record) == "in-review"


@pytest.mark.parametrize("action", ["judge", "approve", "take"])
def test_page_that_another_person_opened_does_nothing_in_ones_name(
    reviewer: User, record: Therapy, action: str
) -> None:
    judge_all(reviewer, record)
    posted = fields_of(shown(reviewer, record), "sheet")
    first = record.pairs()[0].digest
    theirs = {f"verdict-{first}": "unsure", "action": action, "note": "Ruth wrote this."}
    before = Judgement.objects.count()
    answer = signed_in(staff("reviewer", "Bela Kun")).post(page(record, "act"), posted | theirs)
    assert (answer.status_code, Judgement.objects.count()) == (409, before)
    assert "Another person than you, Bela Kun, opened this page." in answer.content.decode()
    assert "Ruth wrote this." in answer.content.decode()
    record.refresh_from_db()
    assert (record.state, record.reviewer) == ("in-review", None)


def test_answer_that_is_not_sent_keeps_a_decision_back(reviewer: User, record: Therapy) -> None:
    first = record.pairs()[0].digest
    act(staff("reviewer"), record, "judge", pair=first, verdict="disagree", note="No.")
    given = Judgement.objects.latest("pk")
    posted = fields_of(shown(reviewer, record), "sheet")
    posted |= {f"answer-{given.pk}": "It does.", "action": "request_changes", "note": "Mend it."}
    answer = signed_in(reviewer).post(page(record, "act"), posted)
    assert (answer.status_code, state(record)) == (409, "in-review")
    for words in ("is not sent", "It does.</textarea>", "Mend it.</textarea>"):
        assert words in answer.content.decode()


def test_note_beside_a_pair_is_no_agreement_to_the_rest(reviewer: User, record: Therapy) -> None:
    first, second = (pair.digest for pair in record.pairs())
    posted = {"sheet": "1", "rest": f"{first} {second}", f"note-{first}": "I doubt that."}
    answer = signed_in(reviewer).post(page(record, "act"), posted)
    assert [row.pair for row in Judgement.objects.filter(record_type="therapy")] == [second]
    assert "I doubt that." in answer.content.decode()
