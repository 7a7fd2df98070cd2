"""Every page of the workroom opens, for everybody who may open it, and for nobody else."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib import admin
from django.urls import reverse

from editorial import actions
from editorial.models import User
from sources.models import Document, Source
from tests.building import claim, mechanism, not_stated, publish, source_with_text, therapy
from tests.workroom import page, signed_in, staff, superuser
from therapies.models import Claim, Mechanism, Proposal, Therapy

pytestmark = pytest.mark.django_db

TEXT = "A title\nOcrelizumab depletes B cells. It is given by infusion. It depletes B cells."


@dataclass(frozen=True, slots=True)
class World:
    """One record of each kind, in different states."""

    source: Source
    document: Document
    public: Therapy
    draft: Mechanism
    in_review: Therapy
    claims: tuple[Claim, ...]


@pytest.fixture
def world() -> World:
    source = source_with_text(TEXT, title="A title")
    publish(source)
    public = therapy("Ocrelizumab", synonyms=["OCR"])
    first = claim(public, "Ocrelizumab depletes B cells.", source=source, courses=["rrms"])
    not_stated(public, "safety")
    publish(public)
    draft = mechanism("B-cell depletion", machine_proposed=True)
    second = claim(draft, "It depletes B cells.", source=source, machine_proposed=True)
    in_review = therapy("Ofatumumab")
    third = claim(in_review, "It is given by infusion.", source=source, topic="administration")
    actions.submit(in_review, by=staff("editor"))
    document = source.documents.get()
    Proposal.objects.create(
        document=document,
        start=document.text.index("It is"),
        end=document.text.index(" It depletes"),
        topic="administration",
        certainty="stated",
        exact="It is given by infusion.",
        fate="waiting",
        waits_because="the text leaves the subject open",
    )
    in_review.refresh_from_db()
    return World(source, document, public, draft, in_review, (first, second, third))


def record_pages(world: World) -> Iterator[str]:
    for record in (world.source, world.public, world.draft, world.in_review):
        yield from (page(record, name) for name in ("change", "review", "history"))
    yield page(world.source, "proposals")
    yield page(world.document, "change")
    yield from (page(row, "change") for row in world.claims)


def list_pages() -> Iterator[str]:
    names = ("sources_source", "sources_document", "therapies_therapy", "therapies_mechanism")
    for name in (*names, "therapies_claim", "therapies_synonym"):
        yield reverse(f"admin:{name}_changelist")
        yield reverse(f"admin:{name}_changelist") + "?q=ocrelizumab"
    for name in ("publication_entry", "publication_contribution"):
        yield reverse(f"admin:{name}_changelist")
    for name in ("reviewevent", "judgement"):
        yield reverse(f"admin:editorial_{name}_changelist")
    yield reverse("admin:index")
    yield reverse("admin:queue")


def statuses(user: User, addresses: list[str]) -> dict[str, int]:
    client = signed_in(user)
    return {address: client.get(address).status_code for address in addresses}


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator"])
def test_pages_open_for_staff(world: World, role: str) -> None:
    addresses = [*record_pages(world), *list_pages()]
    assert statuses(staff(role), addresses) == dict.fromkeys(addresses, 200)


def test_every_page_opens_for_a_superuser(world: World) -> None:
    addresses = [*record_pages(world), *list_pages()]
    for model, model_admin in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        addresses.append(reverse(f"admin:{name}_changelist"))
        row = model._default_manager.order_by("pk").first()
        if row is not None:
            addresses += [page(row, "change"), page(row, "history")]
        if model_admin.has_add_permission(_request(superuser())):
            addresses.append(reverse(f"admin:{name}_add"))
    client = signed_in(superuser())
    answers = {address: client.get(address) for address in addresses}
    found = {address: answer.status_code for address, answer in answers.items()}
    assert found == dict.fromkeys(addresses, 200)
    ours = [a for a in addresses if "/editorial/user/" not in a and "/auth/" not in a]
    cutting = [address for address in ours if b"maxlength" in answers[address].content]
    assert cutting == [], "a browser cuts what is typed there, without a word"


def _request(user: User):  # type: ignore[no-untyped-def]
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = user
    return request


@pytest.mark.parametrize(
    ("role", "expected"), [("editor", 200), ("reviewer", 200), ("administrator", 403)]
)
def test_pages_that_add_open_for_those_who_write(role: str, expected: int) -> None:
    records = ("sources_source", "therapies_therapy", "therapies_mechanism")
    names = (*records, "therapies_claim", "sources_document", "therapies_synonym")
    addresses = [reverse(f"admin:{name}_add") for name in names]
    assert statuses(staff(role), addresses) == dict.fromkeys(addresses, expected)


@pytest.mark.parametrize(
    ("role", "expected"), [("editor", 403), ("reviewer", 403), ("administrator", 200)]
)
def test_people_are_managed_by_administrators(role: str, expected: int) -> None:
    other = staff("editor")
    addresses = [
        reverse("admin:editorial_user_changelist"),
        reverse("admin:editorial_user_add"),
        page(other, "change"),
        page(other, "history"),
        reverse("admin:auth_user_password_change", args=[other.pk]),
    ]
    assert statuses(staff(role), addresses) == dict.fromkeys(addresses, expected)


def test_strangers_are_sent_to_sign_in(world: World) -> None:
    for address in [*record_pages(world), *list_pages()]:
        answer = signed_out().get(address)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (
            302,
            reverse("admin:login"),
        )


def signed_out():  # type: ignore[no-untyped-def]
    from django.test import Client

    return Client()


def test_pages_carry_nothing_that_the_policy_blocks(world: World) -> None:
    client = signed_in(staff("reviewer"))
    for address in record_pages(world):
        html = client.get(address).content.decode()
        assert (" style=" in html, " onclick=" in html, "<style" in html) == (False, False, False)
