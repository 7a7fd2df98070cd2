"""People who may enter the workroom, and forms posted as a browser posts them."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from editorial import review
from editorial.models import Record, User
from tests.building import person


def staff(role: str = "editor", name: str = "") -> User:
    """A new active account that may enter the workroom."""
    user = person(role, name)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    return user


def superuser() -> User:
    user = staff("administrator")
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(row: Any, name: str) -> str:
    """The address of one of a row's pages, such as ``change`` or ``review``."""
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[row.pk])


def seen(record: Record, action: str) -> str:
    """What the record's review page sends back with that action."""
    record.refresh_from_db()
    return review.token(record, next(m for m in record.moves if m.name == action))


class _Fields(HTMLParser):
    """The names and values that a browser would post from the page's main form."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.values: dict[str, Any] = {}
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        name = given.get("name") or ""
        if not self.inside:
            return
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.values[self._select] = given.get("value") or ""

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind = given.get("type", "text")
        if kind in ("submit", "file"):
            return
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                self.values.setdefault(name, []).append(given.get("value") or "on")
            return
        self.values[name] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.values[self._area] += data


class _Forms(HTMLParser):
    """Of each form, what may be filled in and what a press of each open button adds."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, str], list[tuple[str, str]]]] = []
        self.inside = False
        self.ids: dict[str, int] = {}
        self.elsewhere: list[tuple[str, str, str]] = []
        """Buttons that name their form: its id, their name and value."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.ids[given.get("id") or ""] = len(self.forms)
            self.forms.append(({}, []))
            self.inside = True
        elif tag == "button" and given.get("form") and "disabled" not in given:
            self.elsewhere.append((given["form"] or "", name, value))
        elif self.inside and tag in ("input", "textarea", "select") and name:
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.forms[-1][0][name] = value
        elif self.inside and tag == "button" and "disabled" not in given:
            self.forms[-1][1].append((name, value))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def presses(html: str) -> Iterator[dict[str, str]]:
    """What the page posts at a press of each open button, text areas and fields as yet empty."""
    parser = _Forms()
    parser.feed(html)
    for form_id, name, value in parser.elsewhere:
        parser.forms[parser.ids[form_id]][1].append((name, value))
    for fields, buttons in parser.forms:
        for name, value in buttons:
            yield {**fields, name: value} if name else fields


def pressed(html: str, action: str) -> dict[str, str] | None:
    """The same of the button that does ``action``; ``None`` when no open button does."""
    return next((posted for posted in presses(html) if posted.get("action") == action), None)


def fields_of(html: str, form_id: str) -> dict[str, Any]:
    """What the form on a page posts when nothing is changed, lines ended by CR LF."""
    parser = _Fields(form_id)
    parser.feed(html)
    return {
        name: value.removeprefix("\n").replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in parser.values.items()
        if "__prefix__" not in name
    }
