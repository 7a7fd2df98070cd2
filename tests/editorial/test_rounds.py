"""Second rounds: what changed since one looked, what was asked and disagreed with, and answers."""

import pytest

from editorial import actions, review, rounds
from editorial.editing import editing
from editorial.errors import NoSuchChoice, NotAllowed, NoteMissing, NotText
from editorial.models import Judgement, Reply, User
from editorial.replying import reply
from tests.building import agree, evidence
from tests.desk import Desk, desk, sentences
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Claim, Therapy

pytestmark = pytest.mark.django_db

REASON = "The passage says less."
TYPED = ("submission_note", "_submit_for_review")


@pytest.fixture
def base() -> Desk:
    return desk()


def second(record: Therapy) -> Claim:
    return record.claims.order_by("position", "pk")[1]


def disagree(base: Desk, by: User) -> Judgement:
    """With the second statement."""
    group = second(base.therapy).public_id
    pair = next(pair.digest for pair in base.therapy.pairs() if pair.group == group)
    actions.judge(base.therapy, pair=pair, verdict="disagree", by=by, note=REASON)
    return Judgement.objects.latest("pk")


def sent_back(base: Desk) -> Therapy:
    actions.request_changes(base.therapy, by=base.reviewer, note="Mend the second.")
    return Therapy.objects.get(pk=base.therapy.pk)


def mended(base: Desk, text: str = "Trial 2 said less.") -> Therapy:
    """The second statement says something else, and is submitted again."""
    record = sent_back(base)
    row = second(record)
    row.text = text
    row.save()
    return actions.submit(record, by=base.editor, note="Mended.")


def round_of(record: Therapy, by: User) -> rounds.Round | None:
    return rounds.last_round(record, by, review.events(record))


def test_first_look_is_no_second_round(base: Desk) -> None:
    assert round_of(base.therapy, base.reviewer) is None
    disagree(base, base.reviewer)
    assert round_of(base.therapy, base.reviewer) is None


def test_round_has_what_was_seen_and_asked(base: Desk) -> None:
    before = review.content_digest(base.therapy)
    record = mended(base)
    found = round_of(record, base.reviewer)
    assert found is not None
    assert found.submitted.digest == before != review.content_digest(record)
    assert found.asked is not None
    assert found.asked.note == "Mend the second."
    assert round_of(record, staff("reviewer")) is None


def test_who_only_judged_has_a_round_too(base: Desk) -> None:
    other = staff("reviewer")
    disagree(base, other)
    found = round_of(mended(base), other)
    assert found is not None
    assert found.asked is None


def test_approval_ends_the_rounds(base: Desk) -> None:
    record = mended(base)
    for one in (base.source, base.mechanism, record):
        agree(one, base.reviewer)
        digest = review.content_digest(one)
        actions.approve(one, by=base.reviewer, digest=digest, note="Good.")
    record = actions.submit(actions.revise(record, by=base.editor), by=base.editor)
    assert round_of(record, base.reviewer) is None


def test_disagreement_stays_at_its_statement_when_that_changes(base: Desk) -> None:
    disagree(base, base.reviewer)
    (now,) = rounds.of(base.therapy)
    claim = second(base.therapy)
    assert (now.group, now.stands, now.judgement.note) == (claim.public_id, True, REASON)
    (later,) = rounds.of(mended(base))
    assert (later.group, later.stands) == (claim.public_id, False)


def test_who_changed_their_mind_disagrees_no_more(base: Desk) -> None:
    given = disagree(base, base.reviewer)
    actions.judge(base.therapy, pair=given.pair, verdict="agree", by=base.reviewer)
    assert rounds.of(base.therapy) == []


def test_editor_answers_and_the_reviewer_is_shown_it(base: Desk) -> None:
    given = disagree(base, base.reviewer)
    record = mended(base)
    reply(record, judgement=given.pk, text="It says so on page 3.", by=base.editor)
    reply(record, judgement=given.pk, text="It says so on page 3.", by=base.editor)
    assert Reply.objects.count() == 1
    html = signed_in(base.reviewer).get(page(record, "review")).content.decode()
    for words in (
        *("Since your last review", "Mend the second.", "Mended."),
        *(REASON, "with what it said then", "It says so on page 3.", "Edda Brandt answered"),
        *("<del>", "Trial 2 said less."),
    ):
        assert words in html
    assert html.count("fate-changed") == 1
    assert html.count(">unchanged<") == 2


def test_answer_makes_nobody_a_contributor(base: Desk) -> None:
    given = disagree(base, base.reviewer)
    other = staff("reviewer")
    reply(base.therapy, judgement=given.pk, text="I read it so too.", by=other)
    assert other.pk not in {p.user_id for p in review.contributors(base.therapy)}


def test_answer_is_refused_where_there_is_nothing_to_answer(base: Desk) -> None:
    given = disagree(base, base.reviewer)
    with pytest.raises(NoteMissing):
        reply(base.therapy, judgement=given.pk, text=" ", by=base.editor)
    with pytest.raises(NotText):
        reply(base.therapy, judgement=given.pk, text="a\0", by=base.editor)
    with pytest.raises(NoSuchChoice):
        reply(base.mechanism, judgement=given.pk, text="Not this record.", by=base.editor)
    with pytest.raises(NotAllowed):
        reply(base.therapy, judgement=given.pk, text="Nor I.", by=staff("administrator"))
    assert not Reply.objects.exists()


def test_answer_is_posted_from_the_page_and_comes_back_when_refused(base: Desk) -> None:
    given = disagree(base, base.reviewer)
    client = signed_in(base.editor)
    posted = {"sheet": "1", "reply": str(given.pk), f"answer-{given.pk}": "On page 3."}
    answer = client.post(page(base.therapy, "act"), posted)
    assert answer.headers["Location"].endswith(f"#disagreement-{given.pk}")
    answer = client.post(
        page(base.therapy, "act"), posted | {f"answer-{given.pk}": "Hidden \u202e text"}
    )
    assert answer.status_code == 409
    assert "Hidden \u202e text</textarea>" in answer.content.decode()
    assert (
        client.post(
            page(base.therapy, "act"), posted | {"reply": "9999", "answer-9999": "What?"}
        ).status_code
        == 400
    )
    assert Reply.objects.count() == 1


def test_disagreement_with_what_is_gone_is_told(base: Desk) -> None:
    disagree(base, base.reviewer)
    record = sent_back(base)
    second(record).delete()
    html = signed_in(base.editor).get(page(record, "review")).content.decode()
    assert "Disagreed with, and gone since" in html
    assert REASON in html


def test_editor_meets_each_disagreement_at_its_claim(base: Desk) -> None:
    disagree(base, base.reviewer)
    record = sent_back(base)
    client = signed_in(base.editor)
    claim = second(record)
    for row in (record, claim):
        html = client.get(page(row, "change")).content.decode()
        assert REASON in html
        assert f"{page(record, 'review')}#disagreement-" in html
    other = record.claims.exclude(pk=claim.pk).first()
    assert REASON not in client.get(page(other, "change")).content.decode()


def test_note_to_the_reviewer_is_submitted_with_the_form_and_kept_when_refused(base: Desk) -> None:
    record = sent_back(base)
    client = signed_in(base.editor)
    fields = fields_of(client.get(page(record, "change")).content.decode(), "therapy_form")
    posted = {**fields, "submission_note": "See my answer.", "_submit_for_review": "1"}
    record.claims.all()[0].evidence.all().delete()
    html = client.post(page(record, "change"), posted, follow=True).content.decode()
    assert "Saved, but not submitted." in html
    assert "Your note was: See my answer." in html
    evidence(record.claims.all()[0], sentences(1)[0], source=base.source)
    fields = fields_of(client.get(page(record, "change")).content.decode(), "therapy_form")
    client.post(page(record, "change"), {**fields, **{k: posted[k] for k in TYPED}})
    sent = review.submission(record)
    assert sent is not None
    assert sent.note == "See my answer."


def test_what_else_was_typed_comes_back_with_an_answer(base: Desk) -> None:
    given = disagree(base, staff("reviewer"))
    pair = base.therapy.pairs()[0].digest
    posted = {"sheet": "1", "reply": str(given.pk), f"answer-{given.pk}": "I read it so too.",
              "note": "Half a decision.", f"verdict-{pair}": "agree",
              f"note-{second(base.therapy).pk:064}": "Hm."}  # fmt: skip
    html = signed_in(base.reviewer).post(page(base.therapy, "act"), posted).content.decode()
    assert Reply.objects.get().text == "I read it so too."
    assert Judgement.objects.filter(pair=pair, verdict="agree").exists()
    assert "Half a decision.</textarea>" in html
    assert "Hm." in html


def test_taking_the_review_keeps_what_was_typed(base: Desk) -> None:
    client = signed_in(base.reviewer)
    posted = fields_of(client.get(page(base.therapy, "review")).content.decode(), "sheet")
    answer = client.post(page(base.therapy, "act"), {**posted, "action": "take", "note": "Half."})
    assert "Half.</textarea>" in answer.content.decode()
    base.therapy.refresh_from_db()
    assert base.therapy.reviewer == base.reviewer


def test_disagreement_of_who_worked_on_it_since_is_told_and_does_not_count(base: Desk) -> None:
    other = staff("reviewer", "Bela Kun")
    disagree(base, other)
    record = sent_back(base)
    with editing(record, by=other, seen_revision=record.revision, what="edited"):
        pass
    record = actions.submit(Therapy.objects.get(pk=record.pk), by=base.editor)
    (found,) = rounds.of(record)
    assert (found.stands, found.counts) == (True, False)
    html = signed_in(base.reviewer).get(page(record, "review")).content.decode()
    assert "worked on this version since, so that it does not stand in the way" in html
