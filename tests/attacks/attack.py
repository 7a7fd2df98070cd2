"""What is sent to one page of the workroom, and what is wrong with its answers."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.db.models import Model
from django.http import HttpResponse

from tests.attacks import forms
from tests.attacks.addresses import PAGES, Page
from tests.attacks.forms import Form
from tests.attacks.scene import BATCH, Scene, Watch, content, undone
from tests.lanes import LANE

FORM = "application/x-www-form-urlencoded"
_GIVEN = {
    **{"url": "nowhere", "app_label": "sources", "content_type_id": "1"},
    **{"page": "1", "batch": BATCH, "number": "1"},
}
"""What stands in addresses where no row's key does."""
_SHOWING = ("_change", "_review", "_history", "_proposals")
"""Ends of the names of pages that show one row."""


class Attack:
    """One page's faults, told all at once."""

    def __init__(self, page: Page, scene: Scene) -> None:
        self.page, self.scene = page, scene
        self.clients = scene.clients
        self.faults: list[str] = []
        self.sent = 0

    # What may stand in the address, and what it serves

    def addresses(self) -> list[str]:
        """The page's addresses, one for each state of a record."""
        if not self.page.parameters:
            return [self.page.at()]
        keys = self.scene.rows[self.page.model] if self.page.model else ["1"]
        return [self.page.at(**self.given(key)) for key in keys]

    def given(self, key: str) -> dict[str, str | bytes]:
        return {name: _GIVEN.get(name, key) for name in self.page.parameters}

    def forms(self) -> Iterator[tuple[str, str, Form]]:
        """Who is served which form, and where it is sent: each kind of form once."""
        known: set[object] = set()
        for address in self.addresses():
            for who in self.clients:
                answer = self.get(who, address)
                if answer.status_code != 200 or "html" not in answer["Content-Type"]:
                    continue
                for form in forms.read(answer.content.decode())[0]:
                    names = tuple(sorted(form.names))
                    mark = (names, tuple(form.buttons))
                    if form.method == "post" and mark not in known:
                        form.like_another = names in known
                        known |= {mark, names}
                        yield who, form.action or address, form

    # Sending

    def get(self, who: str, address: str, what: object = "") -> HttpResponse:
        self.sent += 1
        path, _, query = address.partition("?")
        with undone():  # PostgreSQL answers nothing more after a statement that failed
            answer = _whole(self.clients[who].get(path, QUERY_STRING=query))
        self._look(answer, f"GET {_short(address)} by {who}", what)
        return answer

    def post(self, who: str, address: str, body: bytes, what: object, *, kind: str = FORM) -> None:
        """Refused, it changed nothing; accepted, what it wrote can be shown."""
        self.sent += 1
        said = f"POST {_short(address)} by {who}"
        watch = Watch()
        with undone():
            with connection.execute_wrapper(watch):
                answer: Any = self.clients[who].generic("POST", address, body, content_type=kind)
            self._look(answer, said, what)
            changed = self._changed() if watch.wrote else []
            if changed and answer.status_code == 302:
                self._show(who, answer["Location"], what)
            elif changed:
                self.faults.append(f"{said}, {what}: {answer.status_code}, yet wrote {changed}")
        self.scene.stay_signed_in()

    def _changed(self) -> list[str]:
        before = self.scene.content
        return [name for name, rows in content().items() if rows != before[name]]

    def _show(self, who: str, location: str, what: object) -> None:
        """What was saved, on the pages that show it."""
        shown = {urlsplit(location).path}
        model = self.page.model
        for page in PAGES:
            if model is None or page.model is not model or not page.name.endswith(_SHOWING):
                continue
            if LANE != "long" and self.sent % 4 and not page.name.endswith(("_change", "_review")):
                continue
            shown.add(page.at(**dict.fromkeys(page.parameters, self._row(model))))
        if LANE == "long":
            shown |= {"/admin/", "/admin/queue/"}
            shown |= {p.at() for p in PAGES if p.model is model and not p.parameters}
        for address in sorted(shown):
            self.get(who, address, f"after {what}")

    def _row(self, model: type[Model]) -> str:
        """The row that was made, or the one whose page it is."""
        if self.page.parameters:
            return self.scene.rows[model][0]
        return str(model._default_manager.order_by("-pk").values_list("pk", flat=True)[0])

    # Looking

    def _look(self, answer: Any, said: str, what: object) -> None:
        fault = getattr(answer, "exc_info", None)
        if answer.status_code < 500 and b"Traceback (most recent" not in answer.content:
            return
        why = f"{fault[0].__name__}: {str(fault[1])[:200]} at {_place(fault[2])}" if fault else ""
        self.faults.append(f"{said}, {what}: {answer.status_code} {why}")

    def told(self) -> None:
        assert not self.faults, f"{len(self.faults)} of {self.sent}:\n" + "\n".join(self.faults)


def _whole(answer: Any) -> Any:
    """The answer; of one that is streamed, all of it."""
    if not answer.streaming:
        return answer
    body = b"".join(answer.streaming_content)
    return HttpResponse(body, status=answer.status_code, headers=answer.headers)


def _short(text: str) -> str:
    return text if len(text) < 120 else text[:119] + "…"


def _place(trace: Any) -> str:
    """The last two lines that ran, and the last of our own."""
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    ours = [place for place in places if "site-packages" not in place and "/lib/" not in place]
    return " < ".join(dict.fromkeys([*places[-2:][::-1], *ours[-1:]]))


def said(value: bytes) -> str:
    """A value in a fault's line."""
    return repr(value if len(value) <= 40 else value[:24] + b"...")
