"""The public log in sentences: narrowed, by day, page by page; what the feed has of it as well."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.text import slugify

from publication import log
from publication.actions import APPROVE, WITHDRAW
from publication.coordinates import end_of
from publication.entries import Entry
from publication.published import PublishedAddress
from publication.search.tables import Findable
from sources.published import STANDING
from sources.wording import capital
from therapies.pages.called import MOST, called, is_called
from therapies.pages.filters import KEPT
from therapies.pages.kinds import KINDS
from therapies.pages.lists import BadPage, page_of, pager
from therapies.pages.log_lines import Line, lines
from therapies.pages.snapshot import Snapshot, bad_request, public_page

ACTIONS = ((APPROVE, "New and changed"), (WITHDRAW, "Withdrawn"), (STANDING, "Marks on sources"))
"""What a reader may narrow the log to."""
_NOBODY = "Nothing public is called so, and nothing has or had this address."


class Narrowing(forms.Form):
    """What the log is narrowed by; an empty field narrows nothing."""

    type = forms.ChoiceField(
        label="Kind of record",
        required=False,
        choices=[("", "Any"), *((name, capital(name)) for name in KINDS)],
    )
    action = forms.ChoiceField(
        label="Kind of change", required=False, choices=[("", "Any"), *ACTIONS]
    )
    record = forms.CharField(label="Therapy, mechanism or source", required=False, max_length=120)
    to = forms.DateField(label="To", required=False)
    after = forms.IntegerField(
        required=False, min_value=0, max_value=10**15 - 1, widget=forms.HiddenInput
    )
    field_order = ("type", "action", "record", "from", "to", "after")

    def __init__(self, data: Mapping[str, Any], *, seq: int) -> None:
        self.seq = seq
        super().__init__(data)
        self.fields["from"] = forms.DateField(label="From", required=False)  # no name in Python
        self.order_fields(self.field_order)
        for name in ("from", "to"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            self.fields[name].input_formats = ["%Y-%m-%d"]  # type: ignore[attr-defined]
        self.fields["record"].widget.attrs |= {"placeholder": "ocrelizumab", "autocomplete": "off"}
        self.addresses: list[tuple[str, str]] = []

    def clean_record(self) -> str:
        """The address of records that are or were public by then; a name leads to its record."""
        text: str = self.cleaned_data["record"]
        slug: str = slugify(text)
        if text:
            found = PublishedAddress.objects.filter(slug=slug, since_seq__lte=self.seq)
            self.addresses = list(found.values_list("record_type", "public_id"))
            if not self.addresses:
                row = self._called(text)
                slug, self.addresses = row.slug, [(row.record_type, row.public_id)]
        return slug

    def _called(self, text: str) -> Findable:
        """The one record that has this name; else an error with those that may be meant."""
        found = called(text, tuple(KINDS), self.seq)
        named = [row for row in found if is_called(row, text)]
        if len(named) == 1:
            return named[0]
        names = [row.name for row in named or found][:MOST]
        several = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
        said = "Several are called so." if named else _NOBODY
        raise forms.ValidationError(f"{said} Do you mean {several}?" if names else said)

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if chosen.get("from") and chosen.get("to") and chosen["from"] > chosen["to"]:
            self.add_error("to", "This day is before the one that the list begins with.")
        return chosen

    @property
    def unknown(self) -> list[str]:
        """Parameters that no filter has; they were left out of account."""
        return [name for name in self.data if name not in {*self.fields, *KEPT}]

    @property
    def chosen(self) -> dict[str, str]:
        """By field, what the reader narrowed by, as addresses have it."""
        found = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: str(value) for name, value in found.items() if value not in (None, "")}

    def entries(self) -> "QuerySet[Entry] | Sequence[Entry]":
        """The entries that fit, the newest first."""
        chosen = self.cleaned_data
        if not any(chosen[name] for name in ("type", "action", "record", "from", "to")):
            return log.Stretch(chosen["after"] or 0, self.seq, newest_first=True)
        rows = log.stretch(chosen["after"] or 0, self.seq).order_by("-seq")
        if chosen["type"]:
            rows = rows.filter(record_type=chosen["type"])
        if chosen["action"]:
            rows = rows.filter(action=chosen["action"])
        if chosen["record"]:
            wanted = Q()
            for record_type, public_id in self.addresses:
                wanted |= Q(record_type=record_type, public_id=public_id)
            rows = rows.filter(wanted)
        if chosen["from"]:
            rows = rows.filter(at__gte=f"{chosen['from'].isoformat()}T00:00:00.000000Z")
        if chosen["to"]:
            rows = rows.filter(at__lte=end_of(chosen["to"]))
        return rows


@public_page
def changes(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """What the log says, newest first."""
    chosen = Narrowing(request.GET, seq=snapshot.seq)
    context = {"form": chosen, "page": None, "noindex": bool(request.GET)} | snapshot.context()
    if not chosen.is_valid():
        context |= {"days": [], "stretches": [], "query": ""}
        return render(request, "site/changes.html", context, status=400)
    try:
        page = page_of(chosen.entries(), request)
    except BadPage as problem:
        return bad_request(request, str(problem))
    context |= {
        "page": page,
        "days": by_day(lines(list(page), keep=snapshot.keep)),
        "pager": pager(request, page),
        "query": f"?{urlencode(chosen.chosen)}" if chosen.chosen else "",
        "stretches": _stretches(chosen.chosen, snapshot),
    }
    return render(request, "site/changes.html", context)


def by_day(found: list[Line]) -> list[tuple[dt.date, list[Line]]]:
    """Lines by the day of their entry, in UTC."""
    return [(day, list(group)) for day, group in groupby(found, key=lambda line: line.at.date())]


def _stretches(chosen: dict[str, str], snapshot: Snapshot) -> list[tuple[str, str, bool]]:
    """Times that one click narrows to, everything else kept, and which of them it is now."""
    other = {name: value for name, value in chosen.items() if name not in ("from", "to", "after")}
    now = snapshot.today
    starts = {
        "This month": now.replace(day=1),
        "Last 30 days": max(now, dt.date(1, 2, 1)) - dt.timedelta(days=30),
        "This year": now.replace(month=1, day=1),
    }
    times = {name: value for name, value in chosen.items() if name not in other}
    narrowed = [(label, {"from": start.isoformat()}) for label, start in starts.items()]
    return [
        (label, f"?{urlencode(other | time | snapshot.kept)}", times == time)
        for label, time in [*narrowed, ("All", {})]
    ]
