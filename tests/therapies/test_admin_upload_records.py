"""Adding a file of many records: each is listed, looked through and drafted on its own."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editorial.models import User
from sources.models import Document, Source
from tests.html import texts
from tests.workroom import fields_of, signed_in, staff
from therapies.admin import upload, upload_records
from therapies.models import Claim

pytestmark = pytest.mark.django_db

RECORD = """TY  - JOUR
TI  - Trial number {0} of ublituximab in relapsing multiple sclerosis
AU  - Marsh, Kim
PY  - 2019
DO  - 10.5555/marsh.{0}
AB  - Ublituximab reduced relapses by {0} in people with multiple sclerosis.
ER  -
"""
OTHER = """TY  - JOUR
TI  - Hay fever in spring and its remedies
AB  - Natalizumab did not help with hay fever.
ER  -
"""


@pytest.fixture
def editor() -> User:
    return staff("editor", "Ann Example")


def address() -> str:
    return reverse("admin:sources_document_add")


def hand_in(user: User, *records: str) -> Any:
    file = SimpleUploadedFile("export.ris", "\n".join(records).encode())
    return signed_in(user).post(address(), {"file": file})


def fields(answer: Any) -> dict[str, Any]:
    return fields_of(answer.content.decode(), "records_form")


def seen(answer: Any) -> str:
    """All that the page says."""
    return " ".join(texts(answer, "main") or texts(answer, "body"))


def press(user: User, sent: dict[str, Any], **more: Any) -> Any:
    return signed_in(user).post(address(), sent | more)


def test_every_record_is_listed_and_nothing_is_written(editor: User) -> None:
    answer = hand_in(editor, *(RECORD.format(n) for n in (1, 2)), OTHER)
    shown = seen(answer)
    assert "export.ris holds 3 records." in shown
    assert "Marsh, Kim, 2019, doi:10.5555/marsh.2" in shown
    assert "Not about multiple sclerosis, it seems" in shown
    assert fields(answer)["keep"] == ["1", "2"]
    retracted = RECORD.format(1).replace("Trial", "RETRACTED: Trial")
    answer = hand_in(editor, retracted, RECORD.format(2))
    assert "The file says that this work was retracted." in seen(answer)
    assert fields(answer)["keep"] == ["2"]
    assert not Document.objects.exists()


def test_ticked_records_become_sources_of_their_own(editor: User) -> None:
    sent = fields(hand_in(editor, *(RECORD.format(n) for n in (1, 2, 3))))
    answer = press(editor, sent | {"keep": ["1", "3"]}, action="draft")
    assert "2 documents are here now. Claims: 2 drafted." in seen(answer)
    assert {source.doi for source in Source.objects.all()} == {"10.5555/marsh.1", "10.5555/marsh.3"}
    assert {document.file_name for document in Document.objects.all()} == {
        "export.ris#1",
        "export.ris#3",
    }
    for claim in Claim.objects.all():
        (evidence,) = claim.evidence.all()
        number = evidence.passage.source.doi[-1]
        assert f"by {number} in" in evidence.passage.exact
    assert seen(answer).count("Here already, as a text of") == 2
    again = press(editor, fields(answer) | {"keep": ["1", "2", "3"]}, action="draft")
    assert "1 document is here now." in seen(again)
    assert Document.objects.count() == 3


def test_what_was_unticked_stays_so(editor: User) -> None:
    sent = fields(hand_in(editor, *(RECORD.format(n) for n in (1, 2, 3))))
    answer = press(
        editor, {key: value for key, value in sent.items() if key != "keep"}, action="draft"
    )
    assert "Nothing was written: no record is ticked." in seen(answer)
    assert "keep" not in fields(answer)
    answer = press(editor, sent | {"keep": ["2"]}, action="draft")
    assert Document.objects.get().file_name == "export.ris#2"
    assert "keep" not in fields(answer)


def test_one_record_is_looked_through_like_any_document(editor: User) -> None:
    sent = fields(hand_in(editor, RECORD.format(1), RECORD.format(2)))
    answer = press(editor, sent, look="2")
    assert "Look through: export.ris#2" in seen(answer)
    preview = fields_of(answer.content.decode(), "preview_form")
    done = press(editor, preview, action="draft")
    assert done.status_code == 302
    assert Source.objects.get().doi == "10.5555/marsh.2"


def test_long_files_are_looked_at_page_by_page(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_records, "ON_A_PAGE", 2)
    sent = fields(hand_in(editor, *(RECORD.format(n) for n in range(1, 6))))
    answer = press(editor, sent, page="2")
    assert "Records 3 to 4 are on this page" in seen(answer)
    press(editor, fields(answer), action="draft")
    assert {source.doi[-1] for source in Source.objects.all()} == {"3", "4"}
    last = press(editor, sent, page="99")
    assert "Records 5 to 5 are on this page" in seen(last)


@pytest.mark.parametrize(
    "broken",
    [
        {"packed": "no"},
        {"sha256": "0"},
        {"name": ""},
        {"name": "a\0b"},
        {"name": "a\nb"},
        {"name": "a" * 201},
        {"record_page": "²"},
        {"look": "9"},
    ],
)
def test_what_comes_back_broken_writes_nothing(editor: User, broken: dict[str, str]) -> None:
    sent = fields(hand_in(editor, RECORD.format(1), RECORD.format(2)))
    answer = press(editor, {key: value for key, value in sent.items() if key != "keep"}, **broken)
    assert answer.status_code == 200
    assert not Document.objects.exists()


@pytest.mark.parametrize("records", [1, 3])
def test_file_that_no_page_could_carry_is_refused_at_once(
    editor: User, monkeypatch: pytest.MonkeyPatch, records: int
) -> None:
    monkeypatch.setattr(upload, "MOST_PACKED", 100)
    answer = hand_in(editor, *(RECORD.format(n) for n in range(records)))
    assert "cannot be packed small enough to go on. Cut it into its parts." in seen(answer)
    assert "records_form" not in answer.content.decode()


def test_records_of_a_file_with_a_long_name_are_what_they_are(editor: User) -> None:
    file = SimpleUploadedFile("n" * 240 + ".ris", (RECORD.format(1) + RECORD.format(2)).encode())
    answer = signed_in(editor).post(address(), {"file": file})
    press(editor, fields(answer), action="draft")
    names = sorted(Document.objects.values_list("file_name", flat=True))
    assert [(len(name), name[-6:]) for name in names] == [(200, ".ris#1"), (200, ".ris#2")]


def test_only_who_may_add_documents_may(editor: User) -> None:
    sent = fields(hand_in(editor, RECORD.format(1), RECORD.format(2)))
    assert press(User.objects.create_user("nobody", is_staff=True), sent).status_code == 403
    assert not Document.objects.exists()
