"""The workroom shows what would not be seen in a document, wherever it quotes one."""

import re

import pytest
from django.urls import reverse

from publication.writing import is_unseen
from tests.building import claim, source_with_text, therapy
from tests.workroom import page, signed_in, staff

pytestmark = pytest.mark.django_db

UNSEEN = "\x02\u200b\u202e\ufeff\uffff\u2028"
NAME = f"Drug{UNSEEN} title"
QUOTE = f"Ocrelizumab{UNSEEN} is given in multiple sclerosis as an infusion."
TEXT = f"{NAME}\n\n{QUOTE} It depletes{UNSEEN} B cells.\n"
FORM = re.compile(r' value="[^"]*"|(?s:(<textarea[^>]*>).*?</textarea>)')


def raw(html: str) -> set[str]:
    """What a page shows as it is; what a form sends back has to be."""
    return {
        f"U+{ord(c):04X}" for c in set(FORM.sub("", html)) if is_unseen(c) and c not in "\t\n\r"
    }


def test_every_page_that_quotes_a_document_marks_it() -> None:
    source = source_with_text(TEXT, title=NAME, slug="drug-title")
    drug = therapy("Ocrelizumab")
    row = claim(drug, QUOTE, source=source, text="It is given.", topic="administration")
    client = signed_in(staff())
    found = {}
    for address in (
        *(page(source, name) for name in ("change", "review", "history", "proposals")),
        *(page(drug, name) for name in ("change", "review", "history")),
        *(page(row, name) for name in ("change", "delete")),
        page(source.documents.get(), "change"),
        *(reverse(f"admin:sources_{name}_changelist") for name in ("source", "document")),
        *(reverse(f"admin:therapies_{name}_changelist") for name in ("therapy", "claim")),
        reverse("admin:queue"),
    ):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200
        found[address] = raw(answer.content.decode())
    assert [f"{address} {sorted(what)}" for address, what in found.items() if what] == []
    shown = client.get(page(drug, "review")).content.decode()
    assert 'title="U+202E RIGHT-TO-LEFT OVERRIDE"' in shown


def test_preview_of_a_document_marks_it() -> None:
    client = signed_in(staff())
    answer = client.post(reverse("admin:sources_document_add"), {"text": TEXT}, follow=True)
    html = answer.content.decode()
    assert "The text as received" in html
    assert raw(html) == set()
    assert "U+202E</bdi>" in html
