"""From a source to the claims that rest on it, through its text, and back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import actions
from editorial.models import User
from sources.models import Passage, Source
from tests.building import claim, evidence, mechanism, publish, source_with_text, therapy
from tests.workroom import page, signed_in, staff
from therapies.admin.resting import ON_A_PAGE, resting_url
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

TEXT = "A title\nIt reduced relapses in all <b>people</b>. It is given by infusion."
FELL = "It reduced relapses in all <b>people</b>."


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture
def source() -> Source:
    return source_with_text(TEXT, title="A title")


@pytest.fixture
def record(source: Source) -> Therapy:
    found = therapy("Ocrelizumab")
    claim(found, FELL, source=source, text="Relapses fell.", topic="outcome")
    return found


def resting(user: User, source: Source, query: str = "") -> str:
    answer = signed_in(user).get(page(source, "resting") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_claims_of_every_record_and_state_are_listed_by_passage(
    editor: User, source: Source, record: Therapy
) -> None:
    actions.submit(record, by=editor)
    draft = mechanism("B-cell depletion")
    against = claim(draft, FELL, source=source, text="They did not.", direction="disputes")
    html = resting(editor, source)
    first = record.claims.get()
    passage = first.evidence.get().passage
    assert f'id="passage-{passage.pk}"' in html
    assert "&lt;b&gt;people&lt;/b&gt;" in html
    for row, label in ((first, "in review"), (against, "draft")):
        assert f'<a href="{page(row, "change")}">{row.text}</a>' in html
        assert f'">{label}</span>' in html
    assert "<b>disputes</b>" in html
    assert page(record, "change") in html
    assert "Read from it: Title" in html
    assert "What rests on it (2)" in html


def test_passage_in_the_text_leads_to_its_claims_and_back(
    editor: User, source: Source, record: Therapy
) -> None:
    passage = record.claims.get().evidence.get().passage
    text = signed_in(editor).get(page(source.documents.get(), "change")).content.decode()
    place = f'<mark id="p{passage.pk}"><a href="{resting_url(passage)}">It reduced'
    assert place in text
    html = resting(editor, source, f"?passage={passage.pk}")
    assert f'href="{page(source.documents.get(), "change")}#p{passage.pk}"' in html


def test_passages_that_begin_together_all_have_a_place(
    editor: User, source: Source, record: Therapy
) -> None:
    row = record.claims.get()
    evidence(row, "It reduced relapses", source=source)
    text = signed_in(editor).get(page(source.documents.get(), "change")).content.decode()
    for passage in Passage.objects.all():
        assert len(re.findall(f'id="p{passage.pk}"', text)) == 1


def test_passage_without_a_text_is_listed_by_its_place(editor: User, record: Therapy) -> None:
    book = Source.objects.create(title="A book", slug="a-book")
    passage = Passage.objects.create(source=book, exact="Words.", locator="p. 7")
    record.claims.get().evidence.create(passage=passage)
    assert "p. 7 (not machine-checked)" in resting(editor, book)


def test_source_on_which_nothing_rests_says_so(editor: User) -> None:
    assert "Nothing rests on it yet." in resting(editor, source_with_text("Text.", title="None"))


def test_link_to_a_passage_finds_its_page(editor: User) -> None:
    sentences = [f"Sentence {number} is here." for number in range(ON_A_PAGE + 1)]
    source = source_with_text(" ".join(sentences), title="Long")
    record = therapy("Ocrelizumab")
    rows = [claim(record, sentence, source=source) for sentence in sentences]
    last = rows[-1].evidence.get().passage
    html = resting(editor, source, f"?passage={last.pk}")
    assert ("Page 2 of 2" in html, f'id="passage-{last.pk}"' in html) == (True, True)
    for nonsense in ("?passage=x", "?passage=99999", "?page=x"):
        assert "Page 1 of 2" in resting(editor, source, nonsense)


def test_more_claims_take_no_more_queries(editor: User, source: Source, record: Therapy) -> None:
    client, counts = signed_in(editor), []
    for text in ("One.", "Two."):
        claim(record, "It is given by infusion.", source=source, text=text)
        with CaptureQueriesContext(connection) as captured:
            client.get(page(source, "resting"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_public_records_stand_there_as_well(editor: User, source: Source, record: Therapy) -> None:
    publish(source)
    publish(record)
    assert "approved</span>" in resting(editor, source)
    assert signed_in(editor).post(page(source, "resting")).status_code == 405
