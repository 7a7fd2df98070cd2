"""Ways round the second person: through another record, another text, another moment."""

from typing import Any

import pytest

from editorial import actions, editing, performing, review
from editorial.errors import Blocked, OwnWork
from editorial.models import User
from publication import log
from sources.actions import set_standing
from sources.models import Passage, Source
from sources.receiving import receive
from tests.building import agree, claim, document_of, person, publish, therapy
from tests.html import text_of
from tests.small_base import Base
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Claim, Evidence, Therapy

pytestmark = pytest.mark.django_db

FORGED = "Ocrelizumab cures everything."


def judged(record: Any, by: User) -> Any:
    agree(record, by)
    return record


def approve(record: Any, by: User) -> Any:
    digest = review.content_digest(record)
    return actions.approve(record, by=by, digest=digest, note="Checked.")


def citing(text: str, document: Any) -> Therapy:
    record = therapy("Drug A")
    row = Claim.objects.create(therapy=record, topic="research", text=text, certainty="stated")
    passage = Passage.of(document, 0, len(text))
    Evidence.objects.create(claim=row, passage=passage, direction="supports")
    return record


def test_text_that_came_after_the_approval_of_its_source_supports_nothing_public(
    base: Base,
) -> None:
    """A forged text with the identifiers of a public source: nobody reviewed that it is one."""
    record = actions.submit(citing(FORGED, document_of(base.source, FORGED)), by=base.editor)
    reviewer = person("reviewer")
    judged(record, reviewer)
    with pytest.raises(Blocked, match="is not part of the approved version of the source"):
        approve(record, reviewer)
    publish(base.source, editor=base.editor, reviewer=person("reviewer"))  # now somebody did
    assert approve(record, reviewer).state == "approved"


def test_words_of_a_class_that_was_never_public_are_not_approved_by_who_wrote_them(
    base: Base,
) -> None:
    ann, xena = person("editor"), person("reviewer", "Xena Writer")
    named = therapy("Cladribine class", kind="drug-class")
    with editing.editing(named, by=xena, seen_revision=named.revision, what="named it") as row:
        row.name = "Miracle cures that heal"
        row.save()
    record = therapy("Drug A", member_of=Therapy.objects.get(pk=named.pk))
    claim(record, "It is given as an infusion every six months.", source=base.source,
          topic="administration")  # fmt: skip
    record = actions.submit(record, by=ann)
    assert record.member_of_name == "Miracle cures that heal"
    for attempt in (lambda: judged(record, xena), lambda: approve(record, xena)):
        with pytest.raises(OwnWork):
            attempt()
    assert "wrote “Miracle cures that heal”" in text_of(
        signed_in(staff("reviewer")).get(page(record, "review"))
    )
    reviewer = person("reviewer")
    assert approve(judged(record, reviewer), reviewer).state == "approved"


def test_name_that_a_class_had_before_is_not_submitted(base: Base) -> None:
    """It was renamed before it was approved: its first name is nobody's word any more."""
    ann, rita = person("editor"), person("reviewer", "Rita Writer")
    named = therapy("Cure of all", kind="drug-class")
    editing.record_contribution(named, by=rita, what="created the record")
    words = "It is given as an infusion every six months."
    record = therapy("Drug A", member_of=named)
    claim(record, words, source=base.source, topic="administration")
    with editing.editing(named, by=ann, seen_revision=named.revision, what="renamed it") as row:
        row.name = "Anti-XY antibody"
        row.save()
    claim(named, words, source=base.source, topic="administration")
    publish(named, editor=ann)
    record = actions.submit(Therapy.objects.get(pk=record.pk), by=ann)
    assert record.content()["member_of"]["name"] == "Anti-XY antibody"
    assert approve(judged(record, rita), rita).state == "approved"


def test_nothing_is_appended_between_what_an_approval_reads_and_what_it_writes(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The head is held before anything of other records is read."""
    done: list[str] = []
    monkeypatch.setattr(log, "hold", lambda: done.append("held"))
    ready = actions._require_ready  # type: ignore[attr-defined]
    monkeypatch.setattr(
        actions, "_require_ready", lambda *a, **k: (done.append("read"), ready(*a, **k))
    )
    publish(base.therapy)
    assert done[-2:] == ["held", "read"]


def test_who_submitted_an_earlier_round_does_not_take_back_another_s(base: Base) -> None:
    ann, bob = staff("editor"), staff("editor")
    record = actions.submit(actions.revise(base.therapy, by=ann), by=ann)
    record = actions.request_changes(record, by=person("reviewer"), note="More.")
    record = actions.submit(record, by=bob)
    with pytest.raises(performing.NotSubmitter):
        actions.recall(record, by=ann)
    assert actions.recall(record, by=bob).state == "draft"


def test_account_with_an_odd_name_bars_nobody_else(base: Base) -> None:
    """An old account, or one made by a command; its contributions stay under its id."""
    odd = person("editor")
    odd.first_name, odd.last_name = "Sоf\u200bia", "Smith"
    odd.save()
    record = actions.submit(actions.revise(base.therapy, by=odd), by=odd)
    reviewer = person("reviewer")
    assert approve(judged(record, reviewer), reviewer).state == "approved"
    entry = log.latest_approval("therapy", record.public_id)
    assert entry is not None
    assert entry.contributor_list == [{"id": odd.pk, "name": "Sоfia Smith"}]


def test_names_in_two_scripts_are_names(base: Base) -> None:
    """Each of them is read alone: neither is a word of mixed letters."""
    base.reviewer.first_name, base.reviewer.last_name = "Сара", "Smith"
    base.reviewer.save()
    actions.withdraw(base.source, by=base.reviewer, note="Wrong.")
    assert log.newest_entry("source", base.source.public_id).approver_name == "Сара Smith"  # type: ignore[union-attr]


def test_text_of_a_work_that_was_made_twice_goes_to_the_one_that_is_kept(base: Base) -> None:
    from extraction import read

    title = "A work of which somebody made two records"
    said = f"TI  - {title}\nAU  - Moss, Ida\nPY  - 2019\nAB  - Ocrelizumab depletes B cells."
    text = f"TY  - JOUR\n{said}\nER  - \n"
    work = {"title": title, "date": "2019", "authors": [{"family": "Moss", "given": "Ida"}]}
    dropped = Source.objects.create(**work, slug="first")
    kept = Source.objects.create(**work, slug="second")
    actions.drop(dropped, by=base.editor, note="Twice.")
    reading = read(text.encode(), name="work.ris")
    assert (reading.metadata.title, reading.metadata.date) == (title, "2019")
    assert receive(reading, size=len(text), by=base.editor).document.source == kept


# What was typed comes back


def test_claim_that_was_deleted_meanwhile_gives_back_what_was_typed(base: Base) -> None:
    editor = staff("editor")
    record = actions.revise(base.therapy, by=editor)
    row = record.claims.get(topic="outcome")
    client = signed_in(editor)
    form = fields_of(client.get(page(row, "change")).content.decode(), "claim_form")
    row.delete()
    answer = client.post(page(row, "change"), {**form, "text": "Hard work & <more>"})
    assert answer.status_code == 409
    assert "This claim is not there any more" in text_of(answer)
    assert "Hard work &amp; &lt;more&gt;" in answer.content.decode()


def test_form_of_who_was_signed_out_gives_back_what_was_typed(base: Base) -> None:
    editor = staff("editor")
    record = actions.revise(base.therapy, by=editor)
    client = signed_in(editor)
    form = fields_of(client.get(page(record, "change")).content.decode(), "therapy_form")
    client.logout()
    answer = client.post(page(record, "change"), {**form, "synonyms": "Hard work"})
    assert answer.status_code == 403
    assert "You are not signed in any more" in text_of(answer)
    assert "Hard work" in text_of(answer)
    assert "Send it again" not in text_of(answer)
    record.refresh_from_db()
    assert record.synonyms != ["Hard work"]


def test_passwords_never_come_back(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    from editorial import accounts
    from editorial.errors import Busy

    def taken(**people: Any) -> Any:
        raise Busy("Somebody else is writing.")

    monkeypatch.setattr(accounts, "changing", taken)
    address = f"/admin/editorial/user/{base.editor.pk}/password/"
    posted = {"usable_password": "true", "password1": "s3cret-passphrase", "password2": "x"}
    answer = signed_in(staff("administrator")).post(address, posted)
    assert answer.status_code == 409
    assert "s3cret-passphrase" not in answer.content.decode()
    assert "Send it again" not in text_of(answer)


def test_same_claim_posted_twice_is_one(base: Base) -> None:
    editor = staff("editor")
    record = actions.revise(base.therapy, by=editor)
    client = signed_in(editor)
    address = "/admin/therapies/claim/add/"
    form = fields_of(client.get(address).content.decode(), "claim_form")
    posted = {**form, "therapy": record.pk, "topic": "research", "text": "It is studied.",
              "certainty": "stated"}  # fmt: skip
    assert client.post(address, posted).status_code == 302
    answer = client.post(address, posted)
    assert "This claim is there already, word for word" in text_of(answer)
    assert record.claims.filter(text="It is studied.").count() == 1


def test_author_whose_line_cannot_show_all_stays_as_held(base: Base) -> None:
    editor = staff("editor")
    source = Source.objects.create(
        title="T", slug="t", authors=[{"family": "A|B"}, {"family": "Second"}]
    )
    client = signed_in(editor)
    form = fields_of(client.get(page(source, "change")).content.decode(), "source_form")
    form["authors"] = form["authors"].replace("Second", "Third")
    assert client.post(page(source, "change"), form).status_code == 302
    source.refresh_from_db()
    assert [author["family"] for author in source.authors] == ["A|B", "Third"]


def test_note_is_counted_as_it_is_kept(base: Base) -> None:
    note = "line\r\n" * 800  # 4,800 characters as browsers send them, 3,999 as they are kept
    actions.withdraw(base.source, by=base.reviewer, note=note)
    assert len(log.newest_entry("source", base.source.public_id).note) == 3999  # type: ignore[union-attr]


def test_judgement_with_line_breaks_said_again_says_so(base: Base) -> None:
    record = actions.submit(actions.revise(base.therapy, by=base.editor), by=base.editor)
    reviewer = staff("reviewer")
    client, pair = signed_in(reviewer), record.pairs()[0].digest
    posted = {"action": "judge", "pair": pair, "verdict": "disagree", "note": "one\r\ntwo"}
    client.post(page(record, "act"), posted)
    again = client.post(page(record, "act"), posted, follow=True)
    assert "You said so already" in text_of(again)


def test_mark_set_while_an_approval_waits_is_seen(base: Base) -> None:
    record = actions.submit(actions.revise(base.therapy, by=base.editor), by=base.editor)
    reviewer = person("reviewer")
    judged(record, reviewer)
    set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
    with pytest.raises(Blocked, match="is retracted"):
        approve(record, reviewer)


@pytest.mark.parametrize("action", ["approve", "judge", "withdraw"])
def test_note_comes_back_where_its_form_is_gone(base: Base, action: str) -> None:
    """Two tabs: by the time of the second, the page has no field for the note any more."""
    record = actions.submit(actions.revise(base.therapy, by=base.editor), by=base.editor)
    reviewer = staff("reviewer")
    posted = {"action": action, "note": "Thought of for an hour", "verdict": "disagree",
              "pair": record.pairs()[0].digest, "seen": str(record.revision)}  # fmt: skip
    actions.request_changes(record, by=person("reviewer"), note="More.")
    actions.withdraw(record, by=person("reviewer"), note="Wrong.")
    answer = signed_in(reviewer).post(page(record, "act"), posted)
    assert answer.status_code == 409
    assert text_of(answer).count("Thought of for an hour") == 1
