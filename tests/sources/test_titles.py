"""A work that states no title has one that is made of its first words, and says so."""

import pytest
from django.test import Client

from editorial import actions, review
from editorial.errors import Blocked
from editorial.models import User
from publication import log
from sources.models import Source
from sources.titles import made_title
from tests.building import claim, document_of, mechanism, person, publish, source_with_text
from tests.html import text_of, texts
from tests.openapi import read
from tests.workroom import fields_of, page, signed_in, staff

pytestmark = pytest.mark.django_db

FIRST = (
    "Immune therapy for MS  seeks to address the autoimmune dysfunction that damages the nerves."
)
TEXT = f"{FIRST} Strategies like T-cell manipulation target it.\nMore follows.\n"
MADE = "Immune therapy for MS seeks to address the autoimmune dysfunction that damages…"
MARK = "(title made from its first words)"
BOX = "take_made_title"


@pytest.fixture
def editor() -> User:
    return staff("editor", "Ann Editor")


@pytest.fixture
def source() -> Source:
    row = Source.objects.create(slug="untitled", kind="web-page")
    document_of(row, TEXT)
    return row


def form_of(source: Source, by: User) -> tuple[dict[str, str], str]:
    html = signed_in(by).get(page(source, "change")).content.decode()
    return fields_of(html, "source_form"), html


def save(source: Source, by: User, **fields: str) -> Source:
    form, _ = form_of(source, by)
    answer = signed_in(by).post(page(source, "change"), {**form, **fields})
    assert answer.status_code == 302, text_of(answer)
    return Source.objects.get(pk=source.pk)


def test_untitled_work_is_not_submitted(source: Source, editor: User) -> None:
    with pytest.raises(Blocked, match="no title: type it, or take the one made of its first words"):
        actions.submit(source, by=editor)


def test_title_is_made_of_the_first_words_and_marked_for_every_reader(
    source: Source, editor: User, client: Client
) -> None:
    _, html = form_of(source, editor)
    assert f"Take a title made of its first words: “{MADE}”" in html
    source = save(source, editor, **{BOX: "on"})
    assert (source.title, source.title_made, source.name) == (MADE, True, f"{MADE} {MARK}")
    assert BOX not in form_of(source, editor)[1]
    publish(source, editor=editor, reviewer=person("reviewer", "Rob Reviewer"))
    entry = log.latest_approval("source", source.public_id)
    assert entry is not None
    assert (entry.stored["title"], entry.stored["title_made"]) == (MADE, True)
    acts = mechanism("B-cell depletion")
    claim(acts, "More follows.", source=source)
    publish(acts)
    for address in ("/sources/untitled/", "/sources/", "/mechanisms/b-cell-depletion/"):
        assert f"{MADE} {MARK}" in text_of(client.get(address))
    (data,) = texts(client.get("/sources/untitled/"), "dl", "bibliography")
    assert data.startswith(f"Title {MADE} {MARK} Vouched for by Ann Editor. Agreed by Rob Reviewer")
    served = read("sources/untitled/")
    assert (served["title"], served["title_made"]) == (MADE, True)
    assert read("sources/")["results"][0]["name"] == f"{MADE} {MARK}"
    assert read("sources/?q=immune")["count"] == 1
    assert read("sources/?q=words")["count"] == 0


def test_title_that_a_person_types_is_theirs(source: Source, editor: User) -> None:
    source = save(source, editor, **{BOX: "on"})
    source = save(source, editor, volume="7")
    assert source.title_made
    source = save(source, editor, title="Immune therapy")
    assert (source.title, source.title_made) == ("Immune therapy", False)


def test_typed_title_goes_before_the_made_one(source: Source, editor: User) -> None:
    source = save(source, editor, title="Immune therapy", **{BOX: "on"})
    assert (source.title, source.title_made) == ("Immune therapy", False)


def test_difference_says_that_a_title_was_made(
    source: Source, editor: User, client: Client
) -> None:
    publish(save(source, editor, **{BOX: "on"}), editor=editor)
    draft = actions.revise(Source.objects.get(), by=editor)
    publish(save(draft, editor, title="Immune therapy"), editor=editor)
    said = text_of(client.get("/sources/untitled/diff/1/2/"))
    assert "title made from its first words" in said
    assert read("sources/untitled/")["title_made"] is False


def test_judgement_on_a_title_is_void_when_it_is_no_more_made(source: Source, editor: User) -> None:
    source = save(source, editor, **{BOX: "on"})
    made = {pair.digest for pair in actions.submit(source, by=editor).pairs()}
    Source.objects.filter(pk=source.pk).update(state="draft")
    Source.objects.filter(pk=source.pk).update(title_made=False)
    source.refresh_from_db()
    assert source.unvouched() == ["title"]
    source.vouch(editor)
    assert len(made - {pair.digest for pair in source.pairs()}) == 1


@pytest.mark.parametrize(
    ("stated", "host"),
    [
        ({"url": "https://www.example.org/a?b"}, " (www.example.org)"),
        ({"url": "jneuroscience.com/jnen/articles"}, " (jneuroscience.com)"),
        ({"url": "example.org", "hosting_site": "Portal"}, " (example.org)"),
        ({"hosting_site": "Science Portal"}, " (Science Portal)"),
        ({"url": "http://[broken"}, ""),
    ],
)
def test_host_is_named_where_it_is_stated(
    source: Source, editor: User, stated: dict[str, str], host: str
) -> None:
    assert save(source, editor, **stated, **{BOX: "on"}).title == f"{MADE}{host}"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Few words.", "Few words."),
        ("\n \n  two\twords\nmore", "two words"),
        ("x" * 900, "x" * 200 + "…"),
        ("\n \n", ""),
        ("Οcrelizumab works.", ""),
    ],
)
def test_first_words_are_those_of_the_text(text: str, made: str) -> None:
    source = Source.objects.create(slug="untitled")
    document_of(source, text)
    assert made_title(source) == made


@pytest.mark.parametrize("text", ["The Осrevus trial began.", "5 ɡram of Nataliᴢumab."])
def test_title_that_nobody_could_type_is_not_offered(editor: User, text: str) -> None:
    source = Source.objects.create(slug="untitled", kind="web-page")
    document_of(source, text)
    form, html = form_of(source, editor)
    assert BOX not in html
    answer = signed_in(editor).post(page(source, "change"), {**form, BOX: "on"})
    assert "There is no text here of which a title could be made." in text_of(answer)


def test_box_without_a_text_is_refused_with_a_word(editor: User) -> None:
    source = Source.objects.create(slug="untitled", kind="web-page")
    form, html = form_of(source, editor)
    assert BOX not in html
    answer = signed_in(editor).post(page(source, "change"), {**form, BOX: "on"})
    assert "There is no text here of which a title could be made." in text_of(answer)


def test_discarded_draft_goes_back_to_the_made_title(source: Source, editor: User) -> None:
    publish(save(source, editor, **{BOX: "on"}), editor=editor)
    draft = actions.revise(Source.objects.get(), by=editor)
    before = draft.content()
    draft = save(draft, editor, title="Immune therapy")
    back = actions.discard(draft, by=editor, digest=review.content_digest(draft))
    assert back.content() == before


def test_title_is_not_offered_while_there_is_one_or_nothing_can_be_edited(editor: User) -> None:
    titled = source_with_text(TEXT)
    assert BOX not in form_of(titled, editor)[1]
    titled = Source.objects.get(pk=publish(titled).pk)
    assert BOX not in form_of(titled, editor)[1]
