"""A list of what may become claims, as one form: each row with its own fields, buttons and tick."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from editorial.admin.kept import Kept
from editorial.models import Record, User
from editorial.states import State
from sources.admin import text_address
from therapies.admin.deciding import CHECK, Asked, Decided, NotFilledIn, decide
from therapies.admin.drafted_forms import DraftedForm
from therapies.admin.records_by_name import RecordsByName
from therapies.models import Claim, Proposal, SeenSentence, Subject

__all__ = ["Done", "DraftedRows", "Row", "filled_in", "in_short"]

Item = Proposal | SeenSentence
LOOK = "Not written: look at what is said beside its fields."
_WHY: Mapping[State, str] = {
    State.APPROVED: "Revising opens a draft; readers keep the public version until the next "
    "approval.",
    State.IN_REVIEW: "It takes no claim while it is looked at. Who submitted it can take it back; "
    "a reviewer can ask for changes.",
    State.REJECTED: "It has to be reopened first.",
    State.DISCARDED: "It has to be reopened first.",
}


@dataclass(frozen=True, slots=True)
class Frozen:
    """The record that a row would go to, where it takes no claim as it is."""

    record: Subject

    @property
    def why(self) -> str:
        state = self.record.working_state
        return f"{self.record.name} is {state.label}. {_WHY[state]}"

    @property
    def can_be_revised(self) -> bool:
        return self.record.working_state == State.APPROVED

    @property
    def url(self) -> str:
        return reverse(f"admin:therapies_{self.record.record_type}_review", args=[self.record.pk])


@dataclass(frozen=True, slots=True)
class Done:
    """What a press made of one row."""

    what: str
    """Such as ``accepted``: how it is counted among others."""
    said: str


def in_short(done: Sequence[Done]) -> str:
    """One sentence for one, a count for several; empty for none."""
    if len(done) < 2:
        return done[0].said if done else ""
    counts = Counter(one.what for one in done)
    return f"{', '.join(f'{count} {what}' for what, count in counts.items())}.".capitalize()


@dataclass(slots=True)
class Row:
    """One proposal or sentence on the screen."""

    item: Any
    form: DraftedForm
    is_open: bool
    """It may still be decided."""
    is_ticked: bool = False
    is_mine: bool = False
    """It was decided by the press that this page answers."""
    refusal: str = ""

    @property
    def key(self) -> int:
        return int(self.item.pk)

    @property
    def text_url(self) -> str:
        return text_address(self.item.document_id, self.item.start, self.item.end)

    @property
    def claim(self) -> Claim | None:
        found: Claim | None = self.item.claim
        return found

    @property
    def is_typed(self) -> bool:
        """Whether there is something to keep of it, though it is decided."""
        return not self.is_mine and self.form.is_touched

    @property
    def frozen(self) -> Frozen | None:
        record = self.form.record_meant()
        return Frozen(record) if record is not None and not record.is_editable else None


class DraftedRows:
    """One page of a source's list, and what a press of its buttons does."""

    form_class: ClassVar[Callable[..., DraftedForm]]
    letter: ClassVar[str]
    """With which its fields begin, and the prefixes of its forms."""
    page_name: ClassVar[str]
    """What its page is called in addresses."""
    on_a_page: ClassVar[int]
    actions: ClassVar[frozenset[str]]
    """What can be done to one."""
    of_several: ClassVar[frozenset[str]]
    """What can be done to those that are ticked."""

    def __init__(
        self,
        source: Record,
        records: RecordsByName,
        *,
        page: str | int = 1,
        posted: QueryDict | None = None,
        asked: Asked | None = None,
        done: int | None = None,
    ) -> None:
        """``done`` is the key of one that was just decided: it says at its place what it became."""
        self.source, self.records, self.posted = source, records, posted
        self.asked, self.decided = asked, Decided[Done]()
        self.done_before: frozenset[int] = frozenset()
        self.page: Page[Any] = Paginator(self.waiting(), self.on_a_page).get_page(page)
        wanted = {*(asked.shown + asked.keys if asked else ()), *([done] if done else ())}
        here = {row.pk for row in self.page}
        items = [*self.page, *self.everything().filter(pk__in=wanted - here)]
        items.sort(key=lambda item: (item.document_id, item.start, item.pk))
        self.items: dict[int, Item] = {item.pk: item for item in items}
        self.look_up(list(self.items.values()))
        self.forms = {key: self._form(item) for key, item in self.items.items()}

    @classmethod
    def came(
        cls, source: Record, records: RecordsByName, posted: QueryDict, *, pressed: bool
    ) -> Self:
        """As it came back with a button, be it one of its own or of the other list."""
        asked = Asked.of(posted, cls.letter, pressed=pressed)
        return cls(source, records, page=posted.get(cls.page_name, ""), posted=posted, asked=asked)

    def after(self, kept: Kept) -> Self:
        """What was kept of a press of one of its own buttons."""
        self.done_before = frozenset(kept.done)
        self.decided.refused.update(kept.refused)
        return self

    # What a list knows of its rows

    def everything(self) -> Any:
        """All rows of the source, decided or not."""
        raise NotImplementedError

    def waiting(self) -> Any:
        """Those that may be decided, in the order of the text."""
        raise NotImplementedError

    def is_open(self, item: Any) -> bool:
        raise NotImplementedError

    def look_up(self, items: Sequence[Any]) -> None:
        """Read together the records that these name."""
        raise NotImplementedError

    def perform(self, action: str, item: Any, form: DraftedForm, by: User) -> Done:
        """Do it to one; raises ``EditorialError``."""
        raise NotImplementedError

    # A press

    @property
    def knows_action(self) -> bool:
        asked = self.asked
        if asked is None:
            return False
        return asked.action in (self.actions if asked.is_of_one else {CHECK, *self.of_several})

    def decide(self, by: User) -> Decided[Done]:
        """Do what is asked for to each, and read anew what became of them."""
        asked = self.asked
        if asked is None or asked.action == CHECK:
            return self.decided

        def act(item: Item) -> Done:
            return self.perform(asked.action, item, self.forms[item.pk], by)

        self.decided = decide(asked.keys, self.items, act)
        self.records.forget()
        for item in self.everything().filter(pk__in=self.items):
            self.items[item.pk] = item
        return self.decided

    @property
    def keeps_something(self) -> bool:
        """Whether there is more on the page than what was done: typed, refused or to be seen."""
        left = (form for key, form in self.forms.items() if key not in self.decided.done)
        is_check = self.asked is not None and self.asked.action == CHECK
        return is_check or bool(self.decided.refused) or any(form.is_touched for form in left)

    @property
    def rows(self) -> list[Row]:
        return [self._row(key, item) for key, item in self.items.items()]

    @property
    def refused(self) -> list[tuple[int, str, str]]:
        """Of each that was refused its key, its first words, and why."""
        return [
            (key, _opening(self.items[key].exact), why) for key, why in self.decided.refused.items()
        ]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    def _form(self, item: Item) -> DraftedForm:
        """With what came back of it, if anything did."""
        form = type(self).form_class(item, records=self.records, data=self.posted)
        came = self.posted is not None and form.add_prefix("text") in self.posted
        return form if came else type(self).form_class(item, records=self.records)

    def _row(self, key: int, item: Item) -> Row:
        form, asked = self.forms[key], self.asked
        acted_on = key in self.decided.refused
        if not (acted_on or form.is_touched):
            form = type(self).form_class(item, records=self.records)
        return Row(
            item=item,
            form=form,
            is_open=self.is_open(item),
            is_ticked=asked is not None and key in asked.ticked,
            is_mine=key in self.decided.done or key in self.done_before,
            refusal=self.decided.refused.get(key, ""),
        )


def _opening(words: str) -> str:
    first = words.split()[:_OPENING]
    return " ".join(first) + ("…" if len(words.split()) > _OPENING else "")


_OPENING = 6
"""Words by which a passage is told from others."""


def filled_in(form: DraftedForm) -> DraftedForm:
    """The form, without errors; raises ``NotFilledIn``."""
    if not form.is_valid():
        raise NotFilledIn(LOOK)
    return form
