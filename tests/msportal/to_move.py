"""A database worth moving: whatever may go wrong on the way from one to another is in it."""

import datetime as dt
import hashlib

from axes.models import AccessAttempt
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils import timezone

from editorial.models import User
from extraction import FileText
from sources.models import Document, DocumentFile, Passage, Source
from tests.building import claim, person, publish, source_with_text, therapy
from tests.reporting import reported
from tests.small_base import later, small_base
from therapies.models import Claim, HandedIn, Therapy

ODD = (
    "tab\tand \\N and \\. and 'q' \"d\" | \u2028 \x01 \x7f \u00ad é e\u0301 \ufeff \U0001d6fd"
    "🧬\r\nend \\"
)
"""What one or another way of writing rows takes for a sign of its own."""
BYTES = bytes(range(256)) + b"\\x00\\N\t\n"
PASSWORD = "correct horse battery staple"


def fill() -> None:
    """The small base and what may come after it, drafts with odd values, and people."""
    base = small_base()
    later(base)
    source = source_with_text(f"{ODD} Drug Z was tried.", title="Odd")
    drug = therapy("Drug Z", synonyms=[], brands=[ODD], identifiers={"b": "1", "a": [ODD, None]})
    claim(drug, "Drug Z was tried.", source=source, text=ODD, serious=True)
    claim(drug, "Drug Z was tried.", source=source, topic="outcome").delete()
    _file(source_with_text("Drug X helps.", title="Filed"))
    chief = person("administrator", "Zoë Chief")
    chief.set_password(PASSWORD)
    chief.last_login = dt.datetime(2026, 1, 31, 9, 30, 0, 7, tzinfo=dt.UTC)
    chief.date_joined = dt.datetime(2026, 1, 31, 9, 30, tzinfo=dt.UTC)
    chief.save()
    about = ContentType.objects.get_for_model(Therapy)
    LogEntry.objects.create(
        user=chief, content_type=about, object_id=drug.pk, action_flag=CHANGE, object_repr="x"
    )
    reported("/therapies/ocrelizumab-iv/report/", ODD)
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=timezone.now())
    AccessAttempt.objects.create(username="ann", ip_address="127.0.0.1", failures_since_start=3)


def _file(source: Source) -> None:
    """A file of every byte, kept with what was made of it, and handed in once more."""
    file = FileText("Drug X helps.", "A reader 1", page_count=1, pages=((0, 1),)).as_json()
    document = Document.objects.create(
        source=source, sha256=hashlib.sha256(BYTES).hexdigest(), file_name="filed.pdf",
        encoding="pdf", size=len(BYTES), text=file["text"], reader=file["reader"], layout=file,
    )  # fmt: skip
    DocumentFile.objects.create(document=document, data=BYTES)
    Passage.of(document, 0, 6)
    HandedIn.objects.create(
        batch="b" * 22, number=1, by=person("editor"), name="filed.pdf", sha256=document.sha256,
        data=BYTES, file=file, told={"refusal": ""},
    )  # fmt: skip


def go_on() -> None:
    """One more approval, by the people who are there; prints the number of a new claim."""
    people = {
        "editor": User.objects.get(first_name="Ann"),
        "reviewer": User.objects.get(first_name="Rob"),
    }
    number = Source.objects.count()
    source = source_with_text("Drug Y helps.", title=f"Source {number}")
    publish(source, **people)
    drug = therapy(f"Drug {number}")
    claim(drug, "Drug Y helps.", source=source)
    publish(drug, **people)
    print(Claim.objects.order_by("pk").values_list("pk", flat=True).last())  # noqa: T201


def delete_the_newest() -> None:
    """Of the claims; prints the number that it had."""
    row = Claim.objects.order_by("pk").last()
    assert row is not None
    print(row.pk)  # noqa: T201
    row.delete()
