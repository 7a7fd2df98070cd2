"""Records in every state that has forms of its own, and the people who work on them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model
from django.test import Client

from editorial import actions, editing, interests
from editorial.models import Record, User
from sources.models import Source
from tests.building import claim, source_with_text, therapy
from tests.filed import received
from tests.reporting import reported
from tests.small_base import INFUSED, Base
from tests.workroom import signed_in, staff, superuser
from therapies.admin.upload_files import keep
from therapies.admin.upload_forms import Received
from therapies.models import Proposal, SeenSentence, Synonym

BATCH = "A" * 22
DRAFT_TEXT = (
    "A draft\nDrug D depletes B cells. It is given by infusion. Drug D lowered the relapse rate. "
    "It is given by infusion."
)


@dataclass(slots=True)
class Scene:
    """Who works, and which rows there are of each model."""

    people: dict[str, User]
    clients: dict[str, Client] = field(default_factory=dict)
    rows: dict[type[Model], list[str]] = field(default_factory=dict)
    content: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    """All that is kept, before anything is sent; each attack is undone."""
    _cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> None:
        for name, person in self.people.items():
            self.clients[name] = signed_in(person)
            self.clients[name].raise_request_exception = False
            self._cookies[name] = self.clients[name].cookies.output(header="")

    def stay_signed_in(self) -> None:
        """Their sessions are there again once what ended them is undone."""
        for name, client in self.clients.items():
            client.cookies = SimpleCookie(self._cookies[name])


def set_up(base: Base) -> Scene:
    people = {"superuser": superuser(), "reviewer": staff("reviewer"), "editor": staff("editor")}
    editor = people["editor"]
    source = source_with_text(DRAFT_TEXT, title="A draft", kind="web-page")
    drug = therapy("Drug D", synonyms=["D"], identifiers={"ATC": "L04"}, brands=["Dee"])
    claim(drug, "Drug D depletes B cells.", source=source)
    claim(drug, INFUSED, source=base.source, topic="administration", route="infusion")
    with editing.editing(drug, by=editor, seen_revision=drug.revision, what="wrote it"):
        pass
    waiting = therapy("Drug W")
    claim(waiting, INFUSED, source=base.source, topic="administration", route="infusion")
    actions.submit(waiting, by=editor)
    for sentence in ("It is given by infusion.", "Drug D lowered the relapse rate."):
        start = DRAFT_TEXT.index(sentence)
        Proposal.objects.create(
            document=source.documents.get(), start=start, end=start + len(sentence),
            topic="administration", certainty="stated", values={"route": "infusion"},
            exact=sentence, why="It says so.", fate="waiting", waits_because="it is open",
        )  # fmt: skip
    for sentence in ("Drug D depletes B cells.", "A draft"):
        start = DRAFT_TEXT.index(sentence)
        SeenSentence.objects.create(
            document=source.documents.get(), start=start, end=start + len(sentence),
            exact=sentence, names=["Drug D"], topics=["mechanism"],
        )  # fmt: skip
    Synonym.objects.create(
        kind="therapy", canonical="ocrelizumab", term="OcreX", user_id=editor.pk, user_name="Ann"
    )
    keep(Received("draft.txt", DRAFT_TEXT.encode()), batch=BATCH, by=editor)
    received()
    reported("/therapies/ocrelizumab/report/")
    interests.declare(text="None to declare.", by=people["reviewer"])
    scene = Scene(people)
    for model in apps.get_models():
        scene.rows[model] = _some(model)
    scene.sign_in()
    scene.content = content()
    return scene


def _some(model: Any) -> list[str]:
    """One row of each state; of a model without states the first and the last one."""
    rows = model._default_manager.order_by("pk")
    if not issubclass(model, Record):
        keys = list(rows.values_list("pk", flat=True))
        return [str(key) for key in dict.fromkeys([*keys[-1:], *keys[:1]])]
    found: dict[str, Any] = {}
    for key, state in rows.values_list("pk", "state"):
        if model is Source or state not in found:
            found[state] = key
    order = sorted(found, key=["draft", "in-review", "approved"].index)
    return [str(found[state]) for state in order]


_ASIDE = (Session, LogEntry, AccessAttempt)
"""What a refused post may write: that somebody is here, and that a password was wrong."""


def content() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that people and the program keep."""
    found = {}
    for model in apps.get_models():
        if model in _ASIDE or not model._meta.managed:
            continue
        names = [f.attname for f in model._meta.concrete_fields if f.attname != "last_login"]
        rows = model._default_manager.order_by("pk").values_list(*names)
        found[model._meta.label] = [tuple(map(repr, row)) for row in rows]
        for many in model._meta.many_to_many:
            through: Any = many.remote_field.through
            found[through._meta.label] = sorted(through._default_manager.values_list())
    return found


_WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)


class Watch:
    """Whether anything was to be written; most refusals come before."""

    def __init__(self) -> None:
        self.wrote = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if found := _WRITES.match(sql):
            self.wrote |= found[1] not in {model._meta.db_table for model in _ASIDE}
        return execute(sql, params, many, context)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
