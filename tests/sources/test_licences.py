"""What a licence lets readers see of a source: its abstract and the texts of its documents."""

from typing import Any

import pytest

from editorial import actions, review, verify
from editorial.errors import Blocked
from editorial.models import User
from publication import limits, log
from publication.canonical import canonical, digest
from publication.difference import told
from publication.present import present
from publication.verify import unwatched
from sources.choices import LicenceCode
from sources.licences import LICENCES, shows_text, terms, texts_shown
from sources.models import FieldReading, Passage, PublishedSource, Source
from sources.verify import shown_texts
from sources.wording import SourceWords
from tests.building import document_of, person, publish, source_with_text
from tests.html import text_of
from tests.journeys.test_forgeries import rewritten, without_rules
from tests.workroom import fields_of, page, signed_in, staff

TEXT = "A source. It is open to all.\n\nA second paragraph; \u200bodd, and a b\u00adreak."
BY = LicenceCode.BY_4.value


# What a licence lets us do


def test_only_licences_of_the_table_show_a_text() -> None:
    assert {code for code in LicenceCode.values if not shows_text(code)} == {"all-rights-reserved"}
    assert [shows_text(code) for code in ("", "CC-BY-9.0")] == [False, False]
    assert {licence.url.split("/")[2] for licence in LICENCES.values()} == {"creativecommons.org"}


@pytest.mark.parametrize("code", LICENCES)
def test_terms_of_a_licence_are_those_of_its_code(code: str) -> None:
    words = {
        "NC": "not for profit",
        "ND": "only unchanged",
        "SA": "what is made of it under the same licence",
    }
    assert terms(code) == [said for part, said in words.items() if part in code.split("-")]


@pytest.mark.parametrize(
    ("lengths", "shown"),
    [
        ([], []),
        ([limits.TEXTS], [True]),
        ([limits.TEXTS + 1], [False]),
        ([1, limits.TEXTS, 1], [True, False, False]),
    ],
)
def test_texts_are_shown_whole_and_within_the_limit(lengths: list[int], shown: list[bool]) -> None:
    assert texts_shown(BY, lengths) == shown
    assert not any(texts_shown("", lengths))


# What a content holds


@pytest.fixture
def source(db: None) -> Source:
    return source_with_text(TEXT)


def stored(source: Source) -> dict[str, Any]:
    (document,) = source.content()["documents"]
    return dict(document)


@pytest.mark.parametrize("licence", ["", "all-rights-reserved", "CC-BY-9.0"])
def test_content_holds_no_text_that_no_licence_lets_us_show(source: Source, licence: str) -> None:
    source.licence = licence
    assert set(stored(source)) == {"sha256", "encoding", "size"}


def test_source_without_a_licence_is_stored_as_before(source: Source) -> None:
    assert not {"licence", "abstract"} & set(source.content())


def test_content_holds_the_text_as_offsets_count_it(source: Source) -> None:
    source.licence = BY
    passage = source.field_readings.get().passage
    assert stored(source)["text"] == TEXT
    assert stored(source)["text"][passage.start : passage.end] == passage.exact


def test_text_beyond_the_limit_is_left_out(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    source.licence = BY
    monkeypatch.setattr(limits, "TEXTS", len(TEXT) - 1)
    assert "text" not in stored(source)


def test_frozen_content_shows_what_it_showed(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the limit is later, and whatever text comes."""
    source.licence = BY
    source.save()
    source = publish(source)
    monkeypatch.setattr(limits, "TEXTS", 1)
    document_of(source, "Another.")
    assert stored(source)["text"] == TEXT
    assert list(verify.records(unwatched)) == []


@pytest.mark.parametrize(
    ("licence", "why"),
    [
        ("", "The abstract may not be shown: the source states no licence."),
        ("all-rights-reserved", "“all rights reserved” does not let us."),
    ],
)
def test_abstract_that_may_not_be_shown_stands_in_the_way(
    source: Source, licence: str, why: str
) -> None:
    source.abstract, source.licence = "In short.", licence
    source.save()
    (blocker,) = source.blockers()
    assert blocker.code == "abstract-not-shown"
    assert why in blocker.message
    with pytest.raises(Blocked):
        actions.submit(source, by=person("editor"))


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_abstract_may_be_longer_than_a_statement(source: Source, more: int, refused: bool) -> None:
    source.licence, source.abstract = BY, "a" * (limits.ABSTRACT + more)
    assert bool(review.submission_blockers(source)) == refused


def test_licence_and_abstract_are_vouched_for_judged_and_put_back(source: Source) -> None:
    source.licence, source.abstract = BY, "In short.\n\nIt is open."
    source.save()
    source = publish(source)
    entry = log.entry_at(1)
    assert {item["field"] for item in entry.body["vouched"]} == {"abstract", "licence"}
    assert {item["group"] for item in entry.judgement_list} == {"title", "abstract", "licence"}
    editor = person("editor")
    draft = actions.revise(source, by=editor)
    Source.objects.filter(pk=draft.pk).update(licence="", abstract="")
    draft.refresh_from_db()
    assert digest(canonical(draft.content())) != entry.digest
    done = actions.discard(draft, by=editor, digest=review.content_digest(draft))
    assert (done.licence, done.abstract) == (BY, "In short.\n\nIt is open.")
    assert review.content_digest(done) == entry.digest


def test_column_says_which_texts_are_shown(source: Source) -> None:
    source.licence = BY
    source.save()
    first, second = publish(source), publish(source_with_text("Closed.", title="Closed"))
    rows = dict(PublishedSource.objects.values_list("public_id", "shown_texts"))
    assert rows == {first.public_id: source.documents.get().sha256, second.public_id: ""}


def test_difference_tells_that_a_text_is_shown_and_not_the_text(source: Source) -> None:
    before = present(source.content())
    source.licence = BY
    rows = {row.label: row for group in told(before, present(source.content()), SourceWords())
            for row in group.rows}  # fmt: skip
    assert "".join(piece.text for piece in rows["licence"].after) == "CC BY 4.0"
    said = "".join(piece.text for piece in rows["documents"].after)
    assert said.endswith(f", all its {len(TEXT)} characters shown")
    assert "paragraph" not in said


# What editors and reviewers are told


@pytest.fixture
def editor(db: None) -> User:
    return staff("editor", "Ann Editor")


def test_reviewer_is_told_what_becomes_public(source: Source, editor: User) -> None:
    source.licence = "CC-BY-NC-ND-4.0"
    source.save()
    actions.submit(source, by=editor)
    said = text_of(signed_in(staff("reviewer")).get(page(source, "review")))
    told = (
        f"This version shows readers the whole text of 1 document, {len(TEXT)} characters, under "
        "CC BY-NC-ND 4.0, not for profit, only unchanged."
    )
    assert told in said
    assert said.index(told) < said.index("Decide")


def test_nothing_is_told_where_nothing_is_shown(source: Source, editor: User) -> None:
    for name in ("review", "change"):
        assert "readers are shown of the text" not in text_of(
            signed_in(editor).get(page(source, name))
        )


def test_editor_is_told_which_text_is_left_out(
    source: Source, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.licence = BY
    source.save()
    monkeypatch.setattr(limits, "TEXTS", len(TEXT) - 1)
    said = text_of(signed_in(editor).get(page(source, "change")))
    assert f"“a-source.txt” is not shown: its {len(TEXT)} characters are more than" in said
    assert "This version shows readers" not in said


def test_editor_types_licence_and_abstract_and_reads_a_long_one_from_the_text(
    editor: User,
) -> None:
    abstract = " ".join(["Open words."] * 400)
    source = source_with_text(f"A source.\n{abstract}\nThe end.")
    client = signed_in(editor)
    form = fields_of(client.get(page(source, "change")).content.decode(), "source_form")
    form |= {"licence": BY, "abstract": abstract, "_save": "1"}
    form |= {"field_readings-1-field": "abstract", "field_readings-1-quote": abstract}
    answer = client.post(page(source, "change"), form)
    assert answer.status_code == 302, text_of(answer)[:3000]
    source.refresh_from_db()
    assert (source.licence, source.abstract) == (BY, abstract)
    assert source.field_readings.get(field="abstract").passage.exact == abstract
    assert len(abstract) > limits.QUOTE
    assert source.blockers() == []


# What verify finds


def forged(**changed: Any) -> None:
    """The first entry written anew, as the owner of the tables can."""

    def change(entry: Any, members: Any) -> None:
        body = {**entry.stored, **changed}
        entry.content = canonical({key: value for key, value in body.items() if value})

    with without_rules():
        rewritten(change)


def found() -> list[str]:
    return [str(finding) for finding in shown_texts(unwatched)]


def test_verify_finds_a_text_that_is_another(source: Source) -> None:
    source.licence = BY
    source.save()
    publish(source)
    assert found() == []
    document = {**log.entry_at(1).stored["documents"][0], "text": "Another."}
    forged(documents=[document])
    (said,) = found()
    assert "is not the one of its digest" in said
    forged(documents=[{**document, "encoding": "cp1252"}])
    (said,) = found()
    assert "is not the one that was received" in said


def test_verify_finds_a_text_that_no_licence_shows(source: Source) -> None:
    source.licence = BY
    source.save()
    publish(source)
    forged(licence="")
    (said,) = found()
    assert "no licence lets us" in said


def test_reading_of_an_abstract_is_its_passage(source: Source) -> None:
    source.licence, source.abstract = BY, "It is open to all."
    source.save()
    at = TEXT.index(source.abstract)
    passage = Passage.of(source.documents.get(), at, at + len(source.abstract))
    FieldReading.objects.create(source=source, field="abstract", passage=passage)
    publish(source)
    assert [item["field"] for item in log.entry_at(1).body["vouched"]] == ["licence"]
