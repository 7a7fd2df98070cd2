"""Adding a document: what is shown is what is drafted, what is unticked stays out for good."""

import hashlib
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from editorial import actions
from editorial.editing import contributions
from editorial.models import User
from publication.models import Contribution, Entry
from sources.models import Document, FieldReading, Passage, Source
from tests.building import publish, source_with_text, therapy
from tests.html import attributes, texts
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Claim, Evidence, Mechanism, Proposal, Synonym, Therapy

pytestmark = pytest.mark.django_db

TEXT = """\
Ocrelizumab in relapsing multiple sclerosis

Abstract

Multiple sclerosis (MS) is a chronic disease of the central nervous system.
Ocrelizumab selectively depletes B cells. Ocrelizumab reduced the relapse rate in patients with
relapsing multiple sclerosis. Ocrelizumab may cause infusion reactions.
"""
RELAPSES = "Ocrelizumab reduced the relapse rate"
REACTIONS = "Ocrelizumab may cause infusion reactions."
OTHER = (
    "Psoriasis\n\nPsoriasis is a skin disease. Ustekinumab clears psoriasis in most patients with "
    "psoriasis. Natalizumab reduced psoriasis plaques."
)
MODELS = (
    Source, Document, Passage, FieldReading, Therapy, Mechanism, Claim, Evidence, Proposal,
    Contribution, Entry,
)  # fmt: skip


@pytest.fixture
def editor() -> User:
    return staff("editor", "Ann Example")


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in MODELS}


def address() -> str:
    return reverse("admin:sources_document_add")


def hand_in(user: User, text: str | bytes = TEXT, name: str = "ocrelizumab.txt") -> Any:
    data = text if isinstance(text, bytes) else text.encode()
    return signed_in(user).post(address(), {"file": SimpleUploadedFile(name, data)})


def paste(user: User, text: str = TEXT, name: str = "") -> Any:
    return signed_in(user).post(address(), {"text": text, "name": name})


def preview(answer: HttpResponse) -> dict[str, Any]:
    """What the page with the claims posts when nothing is changed on it."""
    return fields_of(answer.content.decode(), "preview_form")


def press(user: User, fields: dict[str, Any], action: str = "draft", **more: Any) -> Any:
    return signed_in(user).post(address(), {**fields, "action": action, **more})


def without(answer: HttpResponse, words: str) -> dict[str, Any]:
    """The page's fields with the ticks of every claim that says ``words`` taken away."""
    html = answer.content.decode().replace("<mark>", "").replace("</mark>", "")
    fields = preview(answer)
    labels = [part.split("</label>")[0] for part in html.split('<label for="keep-')[1:]]
    codes = {label.split('"')[0] for label in labels if words in label}
    assert codes
    fields["keep"] = [code for code in fields["keep"] if code not in codes]
    return fields


def seed(folder: Path, text: str | bytes = TEXT, name: str = "ocrelizumab.txt") -> str:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    out = StringIO()
    call_command("seed", str(folder / name), stdout=out)
    return out.getvalue()


def claims() -> list[dict[str, Any]]:
    fields = (
        "therapy__name",
        "mechanism__name",
        "topic",
        "text",
        "certainty",
        "outcome",
        "position",
    )
    return list(Claim.objects.order_by("pk").values(*fields, "courses", "acts_by__name"))


def sources() -> list[dict[str, Any]]:
    return list(Source.objects.values("title", "slug", "kind", "date", "authors"))


# What is handed in


def test_page_opens_for_editors_and_reviewers_and_for_nobody_else() -> None:
    roles = {role: signed_in(staff(role)).get(address()).status_code
             for role in ("editor", "reviewer", "administrator")}  # fmt: skip
    assert roles == {"editor": 200, "reviewer": 200, "administrator": 403}
    assert hand_in(staff("administrator")).status_code == 403


def test_button_leads_there_for_those_who_may() -> None:
    for name in ("admin:index", "admin:sources_source_changelist"):
        link = f'href="{address()}"'
        html = signed_in(staff("editor")).get(reverse(name)).content.decode()
        assert f"{link} class" in html or f'button" {link}' in html
        assert link not in signed_in(staff("administrator")).get(reverse(name)).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t", "no visible character"),
        (b"\x00\x01PNG\x00" * 50, "binary data"),
        pytest.param(b"%PDF-1.7 ...", "The PDF is damaged", marks=pytest.mark.process),
        (b"multiple sclerosis " * 300_000, "has 5,700,000 bytes; at most 5,000,000"),
    ],
)
def test_unreadable_file_gets_a_clear_line(editor: User, data: bytes, words: str) -> None:
    answer = hand_in(editor, data)
    assert answer.status_code == 200
    assert words in texts(answer, "ul", "errorlist")[0]
    assert set(counts().values()) == {0}


def test_nothing_and_two_documents_are_refused(editor: User) -> None:
    assert texts(paste(editor, ""), "ul", "errorlist") == ["Choose a file, or paste a text below."]
    both = {"file": SimpleUploadedFile("a.txt", b"One."), "text": "Two."}
    answer = signed_in(editor).post(address(), both)
    assert texts(answer, "ul", "errorlist") == [
        "This is a second document: choose a file or paste a text."
    ]
    assert texts(answer, "textarea") == ["Two."]


# What is shown


def test_preview_writes_nothing(editor: User) -> None:
    answer = hand_in(editor)
    assert answer.status_code == 200
    assert set(counts().values()) == {0}
    press(editor, preview(answer), "none")
    assert set(counts().values()) == {0}


def test_preview_shows_data_claims_and_text(editor: User) -> None:
    answer = hand_in(editor)
    cells = texts(answer, "td")
    assert cells[cells.index("Title") + 1] == "Ocrelizumab in relapsing multiple sclerosis"
    sentences = texts(answer, "p", "sentence")
    assert f"{REACTIONS}" in sentences
    assert "Ocrelizumab therapy, new record" in texts(answer, "legend")[0]
    assert any("Topic Safety Certainty hedged" in facts for facts in texts(answer, "dl", "facts"))
    shown = (
        answer.content.decode().split('<p class="document-text" dir="auto">')[1].split("</p>")[0]
    )
    assert re.sub(r"<[^>]+>", "", shown) == TEXT
    assert REACTIONS in "".join(re.findall(r'<mark class="claim[^>]*>(.*?)</mark>', shown))


def test_buttons_tick_and_untick_all(editor: User) -> None:
    fields = preview(hand_in(editor))
    assert len(fields["keep"]) == len(set(fields["keep"])) > 3
    unticked = preview(press(editor, fields, "none"))
    assert "keep" not in unticked
    assert preview(press(editor, unticked, "all"))["keep"] == fields["keep"]


def test_upload_with_bom_and_crlf_comes_back_byte_for_byte(editor: User) -> None:
    data = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    assert press(editor, preview(hand_in(editor, data))).status_code == 302
    document = Document.objects.get()
    assert (document.sha256, document.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert document.text == data.decode("utf-8-sig")


# What is drafted


def test_upload_drafts_what_the_command_drafts(editor: User, tmp_path: Path) -> None:
    with transaction.atomic():
        seed(tmp_path)
        wanted = (claims(), sources())
        transaction.set_rollback(True)
    assert (wanted[0] != [], claims()) == (True, [])
    press(editor, preview(hand_in(editor)))
    assert (claims(), sources()) == wanted


def test_editor_contributes_to_every_record_into_which_a_chosen_claim_goes(editor: User) -> None:
    answer = press(editor, preview(hand_in(editor)))
    source = Source.objects.get()
    assert answer.headers["Location"] == page(source, "change")
    records = [source, *Therapy.objects.all(), *Mechanism.objects.all()]
    assert {record.name: [c.user_id for c in contributions(record)] for record in records} == {
        source.name: [editor.pk], "Ocrelizumab": [editor.pk], "B-cell depletion": [editor.pk]
    }  # fmt: skip
    assert {c.machine_proposed for c in Claim.objects.all()} == {True}
    assert {record.revision for record in records} == {1}


def test_unticked_claims_are_dismissed_and_seeding_does_not_bring_them_back(
    editor: User, tmp_path: Path
) -> None:
    fields = without(hand_in(editor), RELAPSES)
    answer = signed_in(editor).post(address(), {**fields, "action": "draft"}, follow=True)
    assert Claim.objects.filter(text__startswith=RELAPSES).count() == 0
    dismissed = Proposal.objects.filter(fate="dismissed")
    assert {p.exact.split(" in ")[0] for p in dismissed} == {RELAPSES}
    assert f"{len(dismissed)} left out for good" in texts(answer, "li", "success")[0]
    before = counts()
    assert "unchanged" in seed(tmp_path)
    assert counts() == before


def test_record_of_unticked_claims_alone_is_not_made(editor: User) -> None:
    fields = preview(hand_in(editor))
    fields["keep"] = []
    assert press(editor, fields).status_code == 302
    assert (Source.objects.count(), Document.objects.count()) == (1, 1)
    assert (Therapy.objects.count(), Mechanism.objects.count(), Claim.objects.count()) == (0, 0, 0)
    assert {p.fate for p in Proposal.objects.all()} == {"dismissed"}


def test_second_upload_goes_into_the_draft_that_the_editor_began(editor: User) -> None:
    press(editor, preview(hand_in(editor)))
    text = "Ocrelizumab again\n\nIn multiple sclerosis ocrelizumab raises the risk of herpes.\n"
    answer = hand_in(staff("editor"), text, "again.txt")
    assert "Ocrelizumab therapy, draft" in texts(answer, "legend")[0]
    press(editor, preview(answer))
    assert Therapy.objects.get().claims.filter(text__contains="herpes").count() == 1


def test_claims_wait_where_the_record_is_frozen_and_the_page_says_so(editor: User) -> None:
    press(editor, preview(hand_in(editor)))
    actions.submit(Therapy.objects.get(), by=editor)
    text = "Ocrelizumab again\n\nIn multiple sclerosis ocrelizumab raises the risk of herpes.\n"
    answer = hand_in(editor, text, "again.txt")
    assert "the record is in review." in texts(answer, "p", "fate")[0]
    press(editor, preview(answer))
    waiting = Proposal.objects.filter(fate="waiting")
    assert {p.waits_because for p in waiting} == {"the record is in review"}


# Known, other, changed


def test_known_document_says_so_and_offers_nothing_twice(editor: User) -> None:
    press(editor, preview(hand_in(editor)))
    before = counts()
    answer = hand_in(staff("editor"))
    source = Source.objects.get()
    assert f'<a href="{page(source, "change")}">{source.name}</a>' in answer.content.decode()
    assert "keep" not in preview(answer)
    assert [a["value"] for a in attributes(answer, "button") if a.get("name") == "action"] == []
    assert {words.rsplit("  ", 1)[-1] for words in texts(answer, "span", "machine")} == {
        "drafted before"
    }
    press(editor, preview(answer))
    assert counts() == before


def test_known_document_offers_what_a_new_name_adds(editor: User) -> None:
    text = TEXT + "ZX-911 may cause headache in multiple sclerosis.\n"
    press(editor, preview(hand_in(editor, text)))
    Synonym.objects.create(
        kind="therapy", canonical="Ocrelizumab", term="ZX-911", user_id=1, user_name="Ann"
    )
    answer = hand_in(editor, text)
    assert len(preview(answer)["keep"]) > 0
    press(editor, preview(answer))
    assert Therapy.objects.get().claims.filter(text__contains="headache").count() == 1


def test_same_words_in_other_bytes_are_known(editor: User) -> None:
    press(editor, preview(hand_in(editor)))
    before = counts()
    answer = paste(editor, TEXT.replace("\n", "\r\n") + "\r\n")
    assert "The same words are here already" in texts(answer, "p", "errornote")[0]
    press(editor, preview(answer))
    assert counts() == before


def test_new_text_of_a_frozen_source_is_refused(editor: User) -> None:
    press(editor, preview(hand_in(editor)))
    publish(Source.objects.get())
    before = counts()
    answer = hand_in(editor, TEXT + "Ocrelizumab may cause headache.\n")
    assert "takes no new text now" in texts(answer, "p", "errornote")[0]
    assert press(editor, preview(answer)).status_code == 409
    assert counts() == before


def test_document_on_another_disease_needs_an_explicit_tick(editor: User) -> None:
    answer = hand_in(editor, OTHER)
    assert "Not about multiple sclerosis" in " ".join(texts(answer, "p", "notice"))
    refused = press(editor, preview(answer))
    assert (refused.status_code, Document.objects.count()) == (409, 0)
    assert "Draft it anyway" in texts(refused, "p", "errornote")[0]
    assert press(editor, preview(refused), anyway="on").status_code == 302
    assert Document.objects.count() == 1


def test_text_that_is_read_differently_meanwhile_is_shown_again(editor: User) -> None:
    text = TEXT + "ZX-911 may cause headache in multiple sclerosis.\n"
    fields = without(hand_in(editor, text), RELAPSES)
    Synonym.objects.create(
        kind="therapy", canonical="Ocrelizumab", term="ZX-911", user_id=1, user_name="Ann"
    )
    answer = press(editor, fields)
    assert (answer.status_code, Claim.objects.count()) == (409, 0)
    assert "read differently than a moment ago" in texts(answer, "p", "errornote")[0]
    again = preview(answer)
    new, gone = set(again["keep"]) - set(fields["keep"]), set(fields["keep"]) - set(again["keep"])
    assert (len(new), len(gone)) == (1, 1)
    assert press(editor, again).status_code == 302
    assert str(Claim.objects.get(text__contains="headache").subject) == "Ocrelizumab"
    assert Claim.objects.filter(text__startswith=RELAPSES).count() == 0


@pytest.mark.parametrize(
    "changed",
    [{"sha256": "0" * 64}, {"packed": "AAAA"}, {"packed": "§"}, {"name": ""}, {"name": "x" * 300}],
)
def test_text_that_does_not_come_back_whole_is_not_drafted(
    editor: User, changed: dict[str, str]
) -> None:
    answer = press(editor, {**preview(hand_in(editor)), **changed})
    assert (answer.status_code, Document.objects.count()) == (200, 0)
    assert [problem.why for problem in answer.context["problems"]] == [
        "The text did not come back whole. Hand it in again."
    ]


def test_text_without_a_claim_can_be_kept(editor: User) -> None:
    text = "Multiple sclerosis: a note on multiple sclerosis\n\nNothing is claimed here of MS.\n"
    answer = paste(editor, text, "note.txt")
    assert "No claim was found" in answer.content.decode()
    press(editor, preview(answer))
    assert Document.objects.get().file_name == "note.txt"


def test_mark_up_in_a_text_is_shown_as_text(editor: User) -> None:
    answer = paste(editor, TEXT + "\n<script>alert(1)</script> & <b>MS</b>\n")
    html = answer.content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_page_names_the_record_that_drafting_takes(editor: User) -> None:
    record = therapy("Ocrevus")
    answer = hand_in(editor)
    legends = texts(answer, "legend")
    assert any(
        legend.startswith("Ocrelizumab therapy, here “Ocrevus”, draft") for legend in legends
    )
    assert page(record, "change") in answer.content.decode()
    press(editor, preview(answer))
    assert Therapy.objects.get() == record
    assert record.claims.exists()


def test_page_says_that_a_near_name_waits(editor: User) -> None:
    therapy("Ocrelizumab")
    answer = hand_in(editor, TEXT.replace("Ocrelizumab", "The antibody ocrelizimab"))
    [legend] = [text for text in texts(answer, "legend") if "Ocrelizimab" in text]
    assert "nearly the name of “Ocrelizumab”" in legend
    press(editor, preview(answer))
    assert Therapy.objects.count() == 1


def test_preview_shows_what_is_noticed_about_the_text(editor: User) -> None:
    html = hand_in(editor, TEXT.encode() + "Sjögren’s".encode() + b" na\xefve.").content.decode()
    assert "A byte is not UTF-8" in html
    assert "a letter was lost there" in html


def test_bytes_that_were_read_in_another_encoding_are_drafted_no_more(editor: User) -> None:
    data = TEXT.encode() + "Sjögren’s".encode() + b" na\xefve."
    source = source_with_text("A text.", title="A source of its own", slug="own")
    Document.objects.create(
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        file_name="old.txt",
        encoding="windows-1252",
        size=len(data),
        text=data.decode("windows-1252"),
    )
    assert "read in another encoding then" in hand_in(editor, data).content.decode()


def test_claim_is_shown_in_the_words_that_are_drafted(editor: User) -> None:
    entry = (
        "@article{a,\n  title = {Ocrelizumab in multiple sclerosis},\n"
        "  abstract = {Ocrelizumab reduced relapses by 50\\% in multiple sclerosis.}\n}\n"
    )
    answer = hand_in(editor, entry, "a.bib")
    words = "Ocrelizumab reduced relapses by 50% in multiple sclerosis."
    assert words in " ".join(texts(answer, "fieldset"))
    press(editor, preview(answer))
    assert Claim.objects.get().text == words
    assert Evidence.objects.get().passage.exact == words.replace("%", "\\%")
