"""The therapies and mechanisms that one document names: found or made, locked, each once."""

from collections.abc import Iterable

from editorial.models import User
from editorial.slugs import free_slug
from editorial.states import State
from extraction.names.vocabulary import Vocabulary
from publication.actions import APPROVE
from publication.models import Contribution, Entry
from therapies.drafting.finding import MODELS, Finder
from therapies.models import Mechanism, Subject, Therapy
from therapies.naming import Holder

__all__ = ["NamedRecords"]

Name = tuple[str, str]
"""Kind and canonical name."""


class NamedRecords:
    """Records by kind and name; call inside a transaction.

    ``by`` is the editor who drafts; none when a machine does alone, and then it keeps away from
    what a person works on.
    """

    def __init__(self, vocabulary: Vocabulary, *, by: User | None) -> None:
        self.made: list[Subject] = []
        """Records that were not there before, in order."""
        self._vocabulary = vocabulary
        self._by = by
        self._finder = Finder(vocabulary)
        self._found: dict[Name, Subject] = {}
        self._waits: dict[Name, str] = {}
        """Names of which a person has to say whose they are."""
        self._public: set[str] = set()
        self._worked_on: set[str] = set()

    def load(self, names: Iterable[Name], *, mentioned: Iterable[Name] = ()) -> None:
        """Find or make the records of these kinds and names, in one order for all processes.

        Those that are only ``mentioned`` may be asked for later, and are neither locked nor made.
        Their classes, to which they will refer, are locked with them where they are there.
        """
        wanted, mentioned = sorted(set(names)), list(mentioned)
        classes = {entry.name for _, name in wanted if (entry := self._vocabulary.class_of(name))}
        for kind, model in MODELS.items():
            spelled = {name for of_kind, name in wanted if of_kind == kind}
            spelled |= classes if kind == "therapy" else set()
            named = {name for of_kind, name in mentioned if of_kind == kind}
            if not spelled | named:
                continue
            self._finder.expect(kind, spelled | named)
            found = {name: self._finder.find(kind, name).holder for name in sorted(spelled)}
            keys = {holder.pk for holder in found.values() if holder}
            rows = model._default_manager.filter(pk__in=keys).order_by("name")
            locked = {row.pk: row for row in rows.select_for_update()}
            self._found |= {(kind, n): locked[h.pk] for n, h in found.items() if h}
        for kind, name in wanted:
            self._find_or_make(kind, name)
        ids = [subject.public_id for subject in self._found.values()]
        public = Entry.objects.filter(action=APPROVE, public_id__in=ids)
        self._public = set(public.values_list("public_id", flat=True))
        worked_on = Contribution.objects.filter(public_id__in=ids)
        self._worked_on = set(worked_on.values_list("public_id", flat=True))

    def get(self, kind: str | None, name: str | None) -> Subject | None:
        """The loaded record; None where the text or the name leaves the subject open."""
        return self._found.get((kind, name)) if kind and name else None

    def names_of(self, subject: Subject) -> list[str]:
        """The canonical names by which the document means the record."""
        return [name for (_, name), found in self._found.items() if found == subject]

    def is_anothers(self, form: str, subject: Subject) -> bool:
        """Whether another record of the type has this name already."""
        return self._finder.names(subject.record_type).is_anothers(form, subject)

    def mechanism(self, name: str) -> Mechanism | None:
        """None where a person has to say which is meant."""
        found = self._find_or_make("mechanism", name)
        return found if isinstance(found, Mechanism) else None

    def mechanism_here(self, name: str) -> str:
        """What the mechanism is called here; as the vocabulary has it where it is not there yet."""
        holder = self._finder.find("mechanism", name).holder if name else None
        return holder.name if holder else name

    def why_wait(self, kind: str | None, name: str | None, *, mechanism: str = "") -> str:
        """Why a proposal has to wait that names this subject and mechanism; empty when it may be
        drafted.
        """
        if not (kind and name):
            return "the text leaves the subject open"
        subject = self.get(kind, name)
        if subject is None:
            return self._waits[kind, name]
        if mechanism and ("mechanism", mechanism) not in self._found:
            why = self._finder.find("mechanism", mechanism).why
            if why:
                return f"{mechanism[:100]}: {why}"[:200]
        if self._by is not None and subject.is_editable:
            return ""
        return self._why_not_a_machine(subject)

    def is_untouched(self, subject: Subject) -> bool:
        """Whether no person has worked on it, so that a machine may change it."""
        return not self._why_not_a_machine(subject)

    def _why_not_a_machine(self, subject: Subject) -> str:
        if subject.state != State.DRAFT:
            return f"the record is {subject.get_state_display()}"
        if subject.public_id in self._public:
            return "the record is public"
        if subject.public_id in self._worked_on:
            return "an editor works on the record"
        return ""

    def _find_or_make(self, kind: str, name: str) -> Subject | None:
        if (kind, name) not in self._found:
            found = self._finder.find(kind, name)
            if found.why:
                self._waits[kind, name] = found.why
                return None
            holder = found.holder
            made = self._lock(holder) if holder else self._make(kind, name)
            self._found[kind, name] = made
        return self._found[kind, name]

    def _lock(self, holder: Holder) -> Subject:
        """One object for one record, under however many names it is meant."""
        for (kind, _), found in self._found.items():
            if (kind, found.pk) == (holder.kind, holder.pk):
                return found
        return MODELS[holder.kind]._default_manager.select_for_update().get(pk=holder.pk)

    def _make(self, kind: str, name: str) -> Subject:
        made = self._therapy(name) if kind == "therapy" else self._mechanism(name)
        made.save()
        self.made.append(made)
        self._finder.add(made)
        return made

    def _therapy(self, name: str) -> Therapy:
        entry = self._vocabulary.therapy(name)
        return Therapy(
            name=name,
            slug=free_slug(Therapy, name),
            kind=entry.kind if entry else "drug",  # found by the stem of a drug's name
            identifiers=dict(entry.identifiers) if entry else {},
            machine_proposed=True,
        )

    def class_of(self, name: str) -> Therapy | None:
        """The record of its class, if it was there; none is made for the sake of a class."""
        entry = self._vocabulary.class_of(name)
        found = self._found.get(("therapy", entry.name)) if entry else None
        return found if isinstance(found, Therapy) else None

    def _mechanism(self, name: str) -> Mechanism:
        entry = self._vocabulary.mechanism(name)
        return Mechanism(
            name=name,
            slug=free_slug(Mechanism, name),
            kind=entry.kind if entry else "action",
            target=entry.target if entry else "",
            effect=entry.effect if entry else "",
            acts_in=entry.acts_in if entry else "",
            machine_proposed=True,
        )
