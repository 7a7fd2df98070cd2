"""Whatever staff send to any address of the workroom is answered, and refused it changes nothing.

The addresses are the workroom's own, the forms those that its pages serve: a new page, field or
button is attacked without a word here. The long lane draws more values, for each place and for
pairs of places, from the seed that it prints.
"""

import random
import re
from urllib.parse import parse_qsl, quote_plus, urlsplit

import pytest
from django.contrib import admin
from django.db import connection

from tests.attacks import forms
from tests.attacks.addresses import PAGES
from tests.attacks.attack import Attack, said
from tests.attacks.forms import Fields, Form
from tests.attacks.scene import Scene, set_up
from tests.attacks.values import EVERYWHERE, HUGE, SOMEWHERE, Turn
from tests.lanes import LANE
from tests.small_base import Base

pytestmark = [
    pytest.mark.process,
    pytest.mark.django_db,
    # A day that is asked for without its zone is read in the site's own.
    pytest.mark.filterwarnings("ignore:DateTimeField .* received a naive datetime:RuntimeWarning"),
]

ASKED = (
    "q", "p", "o", "all", "e", "_popup", "_to_field", "_changelist_filters", "_facets", "start",
    "end", "next", "term", "app_label", "model_name", "field_name", "therapy", "mechanism",
    "title", "pk", "id__in", "state__in", "state__isnull", "public_id__regex", "at__gte",
    "unknown", "a__b__c", "a\0b", "x" * 300,
)  # fmt: skip
"""Names in a query; those that a page links and filters by come to it."""
UNFORMED: tuple[tuple[str, bytes], ...] = (
    ("application/json", b'{"action": ["approve"], "x": "\\ud800"}'),
    ("application/json", b"{" * 10_000),
    ("text/plain", b"\x00\xff"),
    ("", b"a=1"),
    (forms.MULTIPART, forms.multipart([("action", "approve")], [])[:60]),
    (forms.MULTIPART, b""),
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x\r\n"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"action=+AAA-"),
    ("application/x-www-form-urlencoded", b"&&&=&%&%zz=%00&action"),
    ("application/x-www-form-urlencoded", b"action=approve&action=%00&note=%ff&seen=%C2%B2"),
)
"""Bodies that no form of ours sends."""
MS_TEXT = (
    "Ocrelizumab in multiple sclerosis\n\nMultiple sclerosis (MS) is a disease. Ocrelizumab "
    "reduced the relapse rate in patients with relapsing multiple sclerosis.\n"
)
FILE_NAMES = (
    b"", b"\x00.txt", b"../../x", b"\xff\xfe", "\u202egpj.txt".encode(), b"a" * 5_000, b"a\nb.txt",
    "²".encode(), b".", b"C:\\x.txt",
)  # fmt: skip
LONG = LANE == "long"
STEP = 1 if LONG else 4
"""Every so-manieth field of a form is attacked; on the next form others of the same name are."""
BEGIN = 0 if connection.vendor == "sqlite" else 2
"""On the other database the fields between."""
UNREACHED = {"autocomplete", "view_on_site", "/admin/%(url)s"}
"""No model is looked up as one types or has a page of its own; the last answers all else."""


@pytest.fixture(scope="module")
def _scene(_published_base: Base) -> Scene:
    return set_up(_published_base.fresh())


@pytest.fixture
def scene(db: None, _scene: Scene) -> Scene:
    return _scene


@pytest.fixture(params=range(len(PAGES)), ids=lambda i: str(PAGES[i]))
def number(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def attack(number: int, scene: Scene) -> Attack:
    return Attack(PAGES[number], scene)


@pytest.fixture
def turn(number: int) -> Turn:
    return Turn(number)


def test_every_page_is_reached(scene: Scene) -> None:
    """An address with a part that no row's key fills would be attacked at its door alone."""
    missed = set()
    for page in PAGES:
        attack = Attack(page, scene)
        tries = ((who, address) for address in attack.addresses() for who in attack.clients)
        if not any(attack.get(*one).status_code in (200, 302, 405) for one in tries):
            missed.add(str(page))
        attack.told()
    never = {name for name in missed if name.endswith(("_add", "_delete"))}
    assert missed - never <= UNREACHED
    assert len(never) < len(PAGES) / 5


@pytest.mark.longer
def test_parts_of_the_address(attack: Attack, turn: Turn) -> None:
    page = attack.page
    for name in page.parameters:
        key = attack.scene.rows[page.model][0] if page.model else "1"
        for value in turn.values(3):
            address = page.at(**{**attack.given(key), name: value})
            attack.get("superuser", address, said(value))
            if page.name.endswith(("_act", "_decide", "_delete", "_password_change")):
                attack.post("superuser", address, b"action=submit&post=yes", said(value))
    attack.told()


@pytest.mark.longer
def test_queries(attack: Attack, turn: Turn, number: int) -> None:
    address = attack.addresses()[0]
    answers = ((who, attack.get(who, address)) for who in attack.clients)
    who, html = next(
        ((w, a.content.decode(errors="replace")) for w, a in answers if a.status_code == 200),
        ("", ""),
    )
    if not who:
        return attack.told()
    is_list = attack.page.name.endswith("_changelist")
    names = _names_asked(attack, html)
    for name in names if is_list or LONG else names[number % 6 :: 6]:
        for value in turn.values():
            asked = f"{quote_plus(name)}={quote_plus(value)}"
            attack.get(who, f"{address}?{asked}", f"{name[:40]}={said(value)}")
    attack.told()


def _names_asked(attack: Attack, html: str) -> list[str]:
    names = dict.fromkeys(ASKED)
    for link in forms.read(html)[1]:
        names |= dict.fromkeys(name for name, _ in parse_qsl(urlsplit(link).query, True))
    options = admin.site._registry.get(attack.page.model)
    if attack.page.name.endswith("_changelist") and options is not None:
        asked = [getattr(f, "parameter_name", f) for f in options.list_filter]
        asked += [name.split("__")[0] for name in options.search_fields]
        for name in asked:
            names |= dict.fromkeys((f"{name}__exact", f"{name}__in", f"{name}__gte", name))
    return list(names)


def test_forms(attack: Attack, turn: Turn) -> None:
    for who, address, form in attack.forms():
        if "logout" in address and attack.page.name != "index":
            continue  # it is on every page
        form.names.pop("csrfmiddlewaretoken", None)  # which the test client need not send
        _one_by_one(attack, turn, who, address, form)
    attack.told()


def _one_by_one(attack: Attack, turn: Turn, who: str, address: str, form: Form) -> None:
    """The form with each of its buttons, then with one field after the other in its stead."""
    buttons: list[Fields] = [[button] for button in form.buttons] or [[]]
    for press in buttons:
        body = forms.urlencoded(_sent(form, press))
        attack.post(who, address, body, f"as it stands, {press}")
    if form.like_another and not LONG:
        return
    names = _once_a_kind([*form.names, *dict.fromkeys(name for name, _ in form.buttons)])
    for i, name in enumerate(["unknown", *names][(turn.place + BEGIN) % STEP :: STEP]):
        whole = _sent(form, buttons[i % len(buttons)])
        without = [(n, v) for n, v in whole if n != name]
        if LONG or i % 5 == 0:
            attack.post(who, address, forms.urlencoded(without), f"without {name}")
        if LONG or i % 5 == 3:
            twice = [*whole, (name, EVERYWHERE[i % len(EVERYWHERE)])]
            attack.post(who, address, forms.urlencoded(twice), f"{name} twice")
        values = list(turn.values())
        values += HUGE if LONG else [turn.huge()] if i == len(names) // STEP // 2 else []
        for value in values:
            body = forms.urlencoded([*without, (name, value)])
            attack.post(who, address, body, f"{name}={said(value)}")
    for name in form.files:
        for file_name in FILE_NAMES:
            body = forms.multipart(form.fields, [(name, file_name, b"Multiple sclerosis.\x00")])
            attack.post(who, address, body, f"file {said(file_name)}", kind=forms.MULTIPART)


def _sent(form: Form, press: Fields) -> Fields:
    pressed = {name for name, _ in press}
    return [(name, value) for name, value in form.fields if name not in pressed] + press


NUMBERED = re.compile(r"(?<=[a-z-])\d+(?=-|$)|(?<=-)[0-9a-f]{64}$")
"""What tells the fields of one row, proposal or statement from those of another."""


def _once_a_kind(names: list[str]) -> list[str]:
    """Of the rows of a table the first and the last; in the long lane all."""
    if LONG:
        return names
    rows: dict[str, list[str]] = {}
    for name in names:
        rows.setdefault(NUMBERED.sub("#", name), []).append(name)
    return [name for row in rows.values() for name in dict.fromkeys((row[0], row[-1]))]


@pytest.mark.parametrize("text", [MS_TEXT, MS_TEXT * 40], ids=["short", "long"])
def test_second_step_of_an_upload(scene: Scene, text: str) -> None:
    """Its form is not served before a document was handed in."""
    number = next(i for i, page in enumerate(PAGES) if page.name == "sources_document_add")
    attack = Attack(PAGES[number], scene)
    address = attack.page.at()
    answer = scene.clients["editor"].post(address, {"text": text, "name": "a.txt"})
    found = [form for form in forms.read(answer.content.decode())[0] if "packed" in form.names]
    assert found
    for form in found:
        form.names.pop("csrfmiddlewaretoken", None)
        _one_by_one(attack, Turn(number), "editor", address, form)
    attack.told()


def test_bodies_that_are_no_form(attack: Attack, number: int) -> None:
    for i, (kind, body) in enumerate(UNFORMED):
        if LONG or (number + i) % 4 == 0:
            what = f"{kind[:40]} {said(body)}"
            attack.post("superuser", attack.addresses()[0], body, what, kind=kind)
    attack.told()


@pytest.mark.long
def test_two_fields_at_once(attack: Attack) -> None:
    """What one refusal hides: two places with hostile values, drawn anew in each run."""
    for who, address, form in attack.forms():
        names = list(form.names)
        for _ in range(min(200, len(names) ** 2)):
            press = [random.choice(form.buttons)] if form.buttons else []
            chosen = {name: random.choice(EVERYWHERE + SOMEWHERE) for name in
                      random.sample(names, k=min(2, len(names)))}  # fmt: skip
            rest = [(n, v) for n, v in _sent(form, press) if n not in chosen]
            body = forms.urlencoded([*rest, *chosen.items()])
            attack.post(who, address, body, {name: said(v) for name, v in chosen.items()})
    attack.told()
