"""Files handed in: PDF and Word files and many at once; listed, ticked and drafted, or refused."""

import datetime as dt
import json
from functools import cache
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial.models import User
from extraction import MAX_BINARY
from sources.models import Document, Source
from tests.building import publish
from tests.filed import DEPLETES, TITLE, report
from tests.html import texts
from tests.making import docx, pdf
from tests.workroom import fields_of, signed_in, staff
from therapies.admin.upload_files import MOST_AT_ONCE, MOST_IN_BATCH
from therapies.handed_in import DAYS
from therapies.models import Claim, HandedIn

pytestmark = [pytest.mark.django_db, pytest.mark.process]

TEXT = """\
Siponimod in progressive multiple sclerosis {0}

Multiple sclerosis (MS) is a chronic disease of the central nervous system.
Siponimod reduced the relapse rate by {0} percent in patients with multiple sclerosis.
"""
OTHER = (
    "Psoriasis\n\nPsoriasis is a skin disease. Ustekinumab clears psoriasis in most patients with "
    "psoriasis. Natalizumab reduced psoriasis plaques."
)
RECORDS = "".join(
    f"TY  - JOUR\nTI  - Trial {n} of ublituximab in multiple sclerosis\nDO  - 10.5555/trial.{n}\n"
    "AB  - Ublituximab reduced relapses in multiple sclerosis.\nER  -\n\n"
    for n in (1, 2)
)
Files = dict[str, bytes]


@cache
def _mixed() -> Files:
    return {
        "report.pdf": report(),
        "made.docx": docx.manuscript(),
        "siponimod.txt": text(1),
        "scan.pdf": pdf.scan(1),
        "locked.pdf": pdf.encrypted(user="secret", owner="other"),
        "records.ris": RECORDS.encode(),
        "psoriasis.txt": OTHER.encode(),
    }


def text(number: int) -> bytes:
    return TEXT.format(number).encode()


def several(count: int) -> Files:
    return {f"siponimod-{n}.txt": text(n) for n in range(1, count + 1)}


@pytest.fixture
def editor() -> User:
    return staff("editor", "Ann Example")


def add() -> str:
    return reverse("admin:sources_document_add")


def batch_page(batch: str) -> str:
    return reverse("admin:sources_document_files", args=[batch])


def file_page(row: HandedIn) -> str:
    return reverse("admin:sources_document_file", args=[row.batch, row.number])


def hand_in(user: User, files: Files) -> Any:
    """All in one request, as without a script."""
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return signed_in(user).post(add(), {"file": sent})


def send(user: User, name: str, data: bytes, batch: str = "") -> Any:
    """One of many, as the page's script does."""
    sent = {"batch": batch, "file": SimpleUploadedFile(name, data)}
    return signed_in(user).post(reverse("admin:sources_document_hand_in"), sent)


def listed(user: User, files: Files) -> str:
    """The batch of the files, handed in together."""
    answer = hand_in(user, files)
    assert answer.status_code == 302
    batch = HandedIn.objects.latest("pk").batch
    assert answer.headers["Location"] == batch_page(batch)
    return batch


def shown(user: User, batch: str) -> Any:
    answer = signed_in(user).get(batch_page(batch))
    assert answer.status_code == 200
    return answer


def rows(answer: Any) -> dict[str, str]:
    """What the list says of each file."""
    said = texts(answer, "tr")
    names = [(row.handed.number, row.handed.name) for row in answer.context["batch"].rows]
    return {name: next(row for row in said if row.startswith(_first(number, name, row)))
            for number, name in names}  # fmt: skip


def _first(number: int, name: str, row: str) -> str:
    offered = f"Draft {name}, file {number} "
    return offered if row.startswith(offered) else f"{number} "


def ticked(answer: Any) -> list[str]:
    found: list[str] = fields_of(answer.content.decode(), "files_form").get("keep", [])
    return found


def draft(user: User, batch: str, *keep: Any, **more: Any) -> Any:
    return signed_in(user).post(batch_page(batch), {"keep": [*keep], **more})


def closing(answer: Any) -> dict[str, int]:
    (table,) = texts(answer, "table", "closing")
    words = table.split()
    counted: dict[str, int] = {}
    name: list[str] = []
    for word in words:
        if word.isdigit():
            counted[" ".join(name)] = int(word)
            name = []
        else:
            name.append(word)
    return counted


# One file


def test_pdf_is_looked_through_before_it_is_drafted(editor: User) -> None:
    answer = signed_in(editor).post(add(), {"file": SimpleUploadedFile("r.pdf", report())})
    row = HandedIn.objects.get()
    assert answer.headers["Location"] == file_page(row)
    page = signed_in(editor).get(file_page(row))
    said = " ".join(texts(page, "main"))
    assert TITLE in said
    assert "2 pages" in said
    assert "PDF reader 1" in said
    assert not Document.objects.exists()
    sent = fields_of(page.content.decode(), "preview_form") | {"action": "draft"}
    assert "packed" not in sent or not sent["packed"]
    done = signed_in(editor).post(file_page(row), sent, follow=True)
    assert "The document is here." in texts(done, "li", "success")[0]
    document = Document.objects.get()
    assert bytes(document.file.data) == report()
    assert (document.file_name, document.source.title) == ("r.pdf", TITLE)
    evidence = Claim.objects.get(text=DEPLETES, therapy__isnull=False).evidence.get()
    assert evidence.passage.locator == "p. 1"


def test_bytes_of_what_is_drafted_are_kept_once(editor: User) -> None:
    batch = listed(editor, {"report.pdf": report(), "siponimod.txt": text(1)})
    draft(editor, batch, 1, 2)
    assert {(bytes(row.data), json.dumps(row.file)) for row in HandedIn.objects.all()} == {
        (b"", "{}")
    }
    assert bytes(Document.objects.get(encoding="pdf").file.data) == report()


@pytest.mark.parametrize("name", ["scan.pdf", "locked.pdf"])
def test_single_file_that_is_refused_is_named_and_not_kept(editor: User, name: str) -> None:
    answer = hand_in(editor, {name: _mixed()[name]})
    assert answer.status_code == 200
    assert texts(answer, "ul", "errorlist")[0].startswith("The PDF ")
    assert not HandedIn.objects.exists()


# Many files


def test_list_says_what_each_file_is(editor: User) -> None:
    batch = listed(editor, _mixed())
    answer = shown(editor, batch)
    said = rows(answer)
    assert list(said) == list(_mixed())
    assert TITLE in said["report.pdf"]
    assert docx.TITLE in said["made.docx"]
    assert "Siponimod in progressive multiple sclerosis 1" in said["siponimod.txt"]
    assert "Not read: The PDF holds pictures of pages and no text" in said["scan.pdf"]
    assert "Not read: The PDF asks for a password." in said["locked.pdf"]
    assert "Not read: It holds many records" in said["records.ris"]
    assert "Not about multiple sclerosis, it seems" in said["psoriasis.txt"]
    assert ticked(answer) == ["1", "2", "3"]
    assert not Document.objects.exists()


def test_bytes_of_what_is_refused_are_not_kept(editor: User) -> None:
    listed(editor, _mixed())
    kept = {row.name: bytes(row.data) for row in HandedIn.objects.all()}
    refused = {"scan.pdf", "locked.pdf", "records.ris"}
    assert kept == {n: b"" if n in refused else data for n, data in _mixed().items()}


def test_ticked_files_are_drafted_and_the_table_counts_them(editor: User) -> None:
    batch = listed(editor, _mixed())
    answer = draft(editor, batch, *ticked(shown(editor, batch)))
    assert answer.headers["Location"] == batch_page(batch)
    counted = closing(shown(editor, batch))
    assert {name: counted[name] for name in ("Files", "Drafted", "Not read", "Not drafted")} == {
        "Files": 7, "Drafted": 3, "Not read": 3, "Not drafted": 1
    }  # fmt: skip
    assert counted["Claims drafted"] == Claim.objects.count() > 0
    names = Document.objects.order_by("file_name").values_list("file_name", flat=True)
    assert list(names) == ["made.docx", "report.pdf", "siponimod.txt"]
    assert Source.objects.count() == 3
    said = rows(shown(editor, batch))
    assert all("Drafted: its source" in said[name] for name in names)
    assert ticked(shown(editor, batch)) == []


def test_file_that_does_not_seem_to_belong_is_drafted_when_it_is_ticked(editor: User) -> None:
    batch = listed(editor, {"psoriasis.txt": OTHER.encode(), "siponimod.txt": text(1)})
    assert ticked(shown(editor, batch)) == ["2"]
    draft(editor, batch, 1)
    assert Document.objects.get().file_name == "psoriasis.txt"


def test_one_of_many_is_looked_through_and_leads_back_to_the_list(editor: User) -> None:
    batch = listed(editor, several(2))
    row = HandedIn.objects.get(number=2)
    page = signed_in(editor).get(file_page(row))
    sent = fields_of(page.content.decode(), "preview_form") | {"action": "draft"}
    answer = signed_in(editor).post(file_page(row), sent)
    assert answer.headers["Location"] == batch_page(batch)
    assert closing(shown(editor, batch))["Drafted"] == 1


def test_file_that_is_here_already_is_said_to_be(editor: User) -> None:
    draft(editor, listed(editor, several(2)), 1, 2)
    HandedIn.objects.all().delete()
    batch = listed(editor, several(3))
    answer = shown(editor, batch)
    assert ticked(answer) == ["3"]
    assert "Here already, as a text of Siponimod" in rows(answer)["siponimod-1.txt"]
    draft(editor, batch, 1, 2, 3)
    assert Document.objects.count() == 3


def test_same_file_twice_is_one_document(editor: User) -> None:
    batch = listed(editor, {"first.txt": text(1), "second.txt": text(1)})
    draft(editor, batch, 1)
    assert "Here already" in rows(shown(editor, batch))["second.txt"]
    draft(editor, batch, 2)
    assert Document.objects.get().file_name == "first.txt"


def test_second_press_drafts_nothing(editor: User) -> None:
    batch = listed(editor, several(2))
    draft(editor, batch, 1)
    before = list(HandedIn.objects.values()), list(Claim.objects.values()), Document.objects.count()
    answer = draft(editor, batch, 1, one="1")
    assert answer.json() == {"said": "It is not offered any more."}
    answer = signed_in(editor).post(batch_page(batch), {"keep": ["1"]}, follow=True)
    assert "Nothing was written: no file is ticked." in texts(answer, "li", "warning")[0]
    after = list(HandedIn.objects.values()), list(Claim.objects.values()), Document.objects.count()
    assert after == before


def test_new_text_of_a_frozen_source_is_not_drafted_and_says_why(editor: User) -> None:
    with_doi = f"---\ntitle: Siponimod\ndoi: 10.5555/one\n---\n\n{TEXT.format(1)}".encode()
    draft(editor, listed(editor, {"one.txt": with_doi, "two.txt": text(2)}), 1)
    publish(Source.objects.get())
    batch = listed(editor, {"new.txt": with_doi + b"More of it.\n", "two.txt": text(2)})
    draft(editor, batch, 1)
    row = HandedIn.objects.get(batch=batch, number=1)
    assert row.fate == HandedIn.Fate.FAILED
    assert "Not drafted: This is a new text of “Siponimod”" in rows(shown(editor, batch))["new.txt"]
    assert closing(shown(editor, batch))["Not drafted"] == 2


# One by one, as the script sends them


def test_files_that_come_one_by_one_are_one_batch(editor: User) -> None:
    first = send(editor, "report.pdf", report()).json()
    assert first["said"] == "Read"
    second = send(editor, "scan.pdf", pdf.scan(1), first["batch"]).json()
    assert second["said"].startswith("Not read: The PDF holds pictures of pages")
    assert (second["batch"], second["url"]) == (first["batch"], batch_page(first["batch"]))
    assert list(HandedIn.objects.values_list("number", "name")) == [
        (1, "report.pdf"),
        (2, "scan.pdf"),
    ]


def test_answer_says_what_a_file_became(editor: User) -> None:
    batch = listed(editor, several(2))
    answer = draft(editor, batch, 2, one="1")
    claims = Claim.objects.count()
    assert answer.json() == {"said": f"Drafted: {claims} claims"}
    assert claims > 0


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file"),
        ({"file": "words"}, "Choose a file"),
    ],
    ids=["none", "no file"],
)
def test_what_is_no_file_is_refused_in_json(editor: User, sent: dict[str, Any], said: str) -> None:
    answer = signed_in(editor).post(reverse("admin:sources_document_hand_in"), sent)
    assert answer.status_code == 400
    assert said in answer.json()["said"]
    assert not HandedIn.objects.exists()


def test_file_that_is_too_large_is_refused_in_json(editor: User) -> None:
    answer = send(editor, "large.pdf", b"%PDF-1.7\n" + b" " * MAX_BINARY)
    assert answer.status_code == 400
    assert f"at most {MAX_BINARY:,} are read" in answer.json()["said"]
    assert not HandedIn.objects.exists()


def test_batch_is_full_at_some_number(editor: User) -> None:
    batch = listed(editor, several(2))
    row = HandedIn.objects.get(number=1)
    HandedIn.objects.bulk_create(
        HandedIn(batch=batch, number=n, by=editor, name="n", sha256="0", told=row.told)
        for n in range(3, MOST_IN_BATCH + 1)
    )
    answer = send(editor, "siponimod.txt", text(9), batch)
    assert answer.status_code == 400
    assert answer.json()["said"] == f"At most {MOST_IN_BATCH} files are handed in together."
    assert HandedIn.objects.count() == MOST_IN_BATCH


def test_hand_in_is_posted_only(editor: User) -> None:
    assert signed_in(editor).get(reverse("admin:sources_document_hand_in")).status_code == 405


# Too many, too large, too odd


def test_more_than_some_are_refused_in_one_request(editor: User) -> None:
    answer = hand_in(editor, several(MOST_AT_ONCE + 1))
    assert f"At most {MOST_AT_ONCE} files are read at once" in texts(answer, "ul", "errorlist")[0]
    assert not HandedIn.objects.exists()


def test_files_that_are_too_large_are_named(editor: User) -> None:
    large = {"large.pdf": b"%PDF-1.7\n" + b" " * MAX_BINARY, "siponimod.txt": text(1)}
    answer = hand_in(editor, large)
    (said,) = texts(answer, "ul", "errorlist")
    assert said.startswith(f"“large.pdf” has {MAX_BINARY + 9:,} bytes")
    assert not HandedIn.objects.exists()


def test_text_that_is_too_large_is_refused_among_others(editor: User) -> None:
    long = b"multiple sclerosis " * 300_000
    batch = listed(editor, {"long.txt": long, "siponimod.txt": text(1)})
    assert "Not read: " in rows(shown(editor, batch))["long.txt"]
    assert bytes(HandedIn.objects.get(number=1).data) == b""


@pytest.mark.parametrize("keep", ["x", "", "-1", "0", "99", "²", "1.0", " 1", "9" * 30, "\0"])
def test_tick_of_no_row_drafts_nothing(editor: User, keep: str) -> None:
    batch = listed(editor, several(2))
    assert draft(editor, batch, keep).status_code in (302, 400)
    assert not Document.objects.exists()


@pytest.mark.parametrize("batch", ["x", "-" * 22, "a" * 22, "0" * 300])
def test_batch_that_is_none_is_not_found(editor: User, batch: str) -> None:
    listed(editor, several(2))
    client = signed_in(editor)
    assert client.get(batch_page(batch)).status_code == 404
    assert client.post(batch_page(batch), {"keep": ["1"]}).status_code == 404
    row = HandedIn(batch=batch, number=1)
    assert client.get(file_page(row)).status_code == 404
    assert not Document.objects.exists()


@pytest.mark.parametrize("number", [0, 3, 2**15, 2**70])
def test_file_that_is_none_is_not_found(editor: User, number: int) -> None:
    batch = listed(editor, several(2))
    assert signed_in(editor).get(file_page(HandedIn(batch=batch, number=number))).status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"handed": "x/1"},
        {"handed": ""},
        {"handed": "/"},
        {"sha256": "0"},
        {"sha256": ""},
        {"handed": "{batch}/2"},
        {"handed": "{batch}/x"},
        {"handed": "{batch}/" + "9" * 40},
    ],
)
def test_page_that_comes_back_broken_drafts_nothing(editor: User, changed: dict[str, str]) -> None:
    batch = listed(editor, several(2))
    row = HandedIn.objects.get(number=1)
    sent = fields_of(signed_in(editor).get(file_page(row)).content.decode(), "preview_form") | {
        "action": "draft"
    }
    broken = {name: value.replace("{batch}", batch) for name, value in changed.items()}
    answer = signed_in(editor).post(file_page(row), sent | broken)
    assert answer.status_code == 200
    assert "did not come back whole" in " ".join(texts(answer, "body"))
    assert not Document.objects.exists()


@pytest.mark.parametrize("batch", ["x", "../../etc", "§" * 22, "a" * 21, "a" * 300])
def test_batch_that_is_no_name_begins_a_new_one(editor: User, batch: str) -> None:
    said = send(editor, "siponimod.txt", text(1), batch).json()
    assert said["batch"] != batch
    assert HandedIn.objects.get().batch == said["batch"]


# Whose they are


def test_another_editor_sees_nothing_of_a_batch(editor: User) -> None:
    batch = listed(editor, several(2))
    other = staff("editor")
    row = HandedIn.objects.get(number=1)
    client = signed_in(other)
    assert client.get(batch_page(batch)).status_code == 404
    assert client.get(file_page(row)).status_code == 404
    assert client.post(batch_page(batch), {"keep": ["1"]}).status_code == 404
    sent = fields_of(signed_in(editor).get(file_page(row)).content.decode(), "preview_form") | {
        "action": "draft"
    }
    for path in (file_page(row), add()):
        answer = client.post(path, sent)
        assert "did not come back whole" in " ".join(texts(answer, "body"))
    assert not Document.objects.exists()


def test_another_editor_hands_nothing_in_to_a_batch(editor: User) -> None:
    batch = listed(editor, several(2))
    assert send(staff("editor"), "siponimod.txt", text(9), batch).status_code == 400
    assert HandedIn.objects.filter(batch=batch).count() == 2
    assert HandedIn.objects.count() == 2


@pytest.mark.parametrize("role", ["administrator", ""])
def test_who_is_no_editor_hands_nothing_in(editor: User, role: str) -> None:
    batch = listed(editor, several(2))
    other = staff(role) if role else User.objects.create_user("nobody", is_staff=True)
    assert hand_in(other, several(2)).status_code == 403
    assert send(other, "siponimod.txt", text(9)).status_code == 403
    assert draft(other, batch, 1).status_code == 403
    row = HandedIn.objects.get(number=1)
    assert signed_in(other).get(file_page(row)).status_code == 403
    assert signed_in(other).get(batch_page(batch)).status_code == 403
    assert HandedIn.objects.count() == 2
    assert not Document.objects.exists()


def test_stranger_does_nothing(editor: User) -> None:
    batch = listed(editor, several(2))
    row = HandedIn.objects.get(number=1)
    for path in (batch_page(batch), file_page(row)):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{reverse('admin:login')}?next={path}"
        assert Client().post(path, {"keep": ["1"]}).status_code in (302, 403)
    sent = {"batch": batch, "file": SimpleUploadedFile("siponimod.txt", text(9))}
    answer = Client().post(reverse("admin:sources_document_hand_in"), sent)
    assert answer.status_code in (302, 403)
    assert HandedIn.objects.count() == 2
    assert not Document.objects.exists()


def test_forms_of_other_sites_do_nothing(editor: User) -> None:
    batch = listed(editor, several(2))
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    file = SimpleUploadedFile("siponimod.txt", text(9))
    hand_in_path = reverse("admin:sources_document_hand_in")
    assert client.post(hand_in_path, {"file": file}).status_code == 403
    assert client.post(batch_page(batch), {"keep": ["1"]}).status_code == 403
    assert HandedIn.objects.count() == 2
    assert not Document.objects.exists()


def test_files_are_forgotten_after_some_days(editor: User) -> None:
    old = listed(editor, several(2))
    day = HandedIn.objects.latest("at").at - dt.timedelta(days=DAYS, minutes=1)
    HandedIn.objects.update(at=day)
    new = listed(staff("editor"), several(2))
    assert set(HandedIn.objects.values_list("batch", flat=True)) == {new}
    assert signed_in(editor).get(batch_page(old)).status_code == 404


def test_files_are_kept_until_then(editor: User) -> None:
    batch = listed(editor, several(2))
    day = HandedIn.objects.latest("at").at - dt.timedelta(days=DAYS, minutes=-5)
    HandedIn.objects.update(at=day)
    listed(staff("editor"), several(2))
    assert ticked(shown(editor, batch)) == ["1", "2"]


# What it costs


def test_list_of_many_files_asks_no_more_of_the_database(editor: User) -> None:
    client = signed_in(editor)
    asked = []
    for count in (3, 12):
        batch = listed(editor, several(count))
        draft(editor, batch, 1, 2)
        client.get(batch_page(batch))  # what is kept from page to page is kept now
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(batch_page(batch)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
