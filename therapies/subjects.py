"""What therapies and mechanisms are both made of."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet

from editorial.models import Record
from publication import log, published
from publication.glyphs import in_text
from therapies.names import key_of, keys_in, keys_together, tidy
from therapies.naming import Names, SameName


class Subject(Record):
    """What claims are about: a therapy or a mechanism."""

    name = models.CharField(max_length=200, unique=True)
    folded_name = models.CharField(max_length=400, unique=True, editable=False)
    """The name as ``publication.folding`` has it: one record of a type has it, however written."""
    folded_names = models.TextField(default="", editable=False)
    """Name, brand names and synonyms so, each once between line ends."""
    synonyms = models.JSONField(default=list, blank=True)
    """Other names, in the order in which readers should meet them."""
    not_stated = models.JSONField(default=list, blank=True)
    """``[{"topic", "sources", "until"}]``: topics looked for, in which sources, until which day."""
    machine_proposed = models.BooleanField(default=False, editable=False)

    above: ClassVar[str]
    """The field that names the record which this one is one of: a class, a broader mechanism."""
    judged = frozenset({"claims", "not_stated"})
    beside_content = Record.beside_content | {"folded_name", "folded_names"}
    kind: "models.CharField[str, str]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_text(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = key_of(self.name)
        self.folded_names = keys_together(name for _, name in self.all_names())
        named = kwargs.get("update_fields")
        if named is None:
            # A content may depend on no other record's: what the other is called later is its own.
            setattr(self, f"{self.above}_name", self.name_of(self.one_of))
        if named is not None and not _NAMES.isdisjoint(named):
            kwargs["update_fields"] = {*named, "folded_name", "folded_names"}
        super().save(*args, **kwargs)

    def all_names(self) -> list[tuple[str, str]]:
        """What it is called, each with its role in words; its name comes first."""
        brands = getattr(self, "brands", [])
        return [
            ("the name", self.name),
            *(("a brand name", brand) for brand in brands),
            *(("a synonym", synonym) for synonym in self.synonyms),
        ]

    def stored_keys(self) -> list[str]:
        """The keys of the names under which it is stored; none while it is not."""
        rows = type(self)._default_manager.filter(pk=self.pk)
        return keys_in(rows.values_list("folded_names", flat=True).first() or "")

    @property
    def one_of(self) -> "Subject | None":
        """The record that ``above`` names."""
        found: Subject | None = getattr(self, self.above)
        return found

    def renew(self) -> None:
        """The name of what it is one of: an older one may have been written by somebody else."""
        column, now = f"{self.above}_name", self.name_of(self.one_of)
        if getattr(self, column) != now:
            setattr(self, column, now)
            self.save(update_fields=[column])

    def borrowed(self) -> list[Record]:
        """What it is one of, while readers know that under no name of their own."""
        other = self.one_of
        never = other is not None and not log.latest_version(other.record_type, other.public_id)
        return [other] if other is not None and never else []

    def is_below_itself(self) -> bool:
        """Whether what it is one of is, by whatever steps, one of it, in drafts or in public."""
        waiting, seen = [self.one_of], set()
        while waiting:
            other = waiting.pop()
            if other is None or other.pk in seen:
                continue
            if other.pk == self.pk:
                return True
            seen.add(other.pk)
            waiting += [other.one_of, other.public_one_of()]
        return False

    def public_one_of(self) -> "Subject | None":
        """The record that readers are told it is one of."""
        table = published.tables()[self.record_type]
        rows = table._default_manager.filter(public_id=self.public_id, to_seq=None)
        row: Any = rows.filter(withdrawn=False).first()
        named = row.one_of_id if row else ""
        return type(self)._default_manager.filter(public_id=named).first()

    def name_of(self, other: "Subject | None") -> str:
        """What readers call it, or did; of one that they never saw, what editors do."""
        if other is None:
            return ""
        table = published.tables()[other.record_type]
        rows = table._default_manager.filter(to_seq=None)  # a tombstone has its name too
        shown = rows.filter(public_id=other.public_id).values_list("name", flat=True).first()
        return str(shown or other.name)

    @classmethod
    def called(cls, name: str) -> QuerySet[Self]:
        """The record of this name, if there is one; case, accents and hyphens do not count."""
        return cls._base_manager.filter(folded_name=key_of(name))

    def clean(self) -> None:
        super().clean()
        self._tidy_names()
        self._refuse_a_name_that_is_taken()
        if self.is_below_itself():
            chosen = self.one_of.name if self.one_of else ""
            raise ValidationError({self.above: f"“{chosen}” is of “{self.name}” itself."})

    def _tidy_names(self) -> None:
        self.name = tidy(self.name)
        for field in _LISTS:
            if hasattr(self, field):
                setattr(self, field, [tidy(name) for name in getattr(self, field)])

    def _refuse_a_name_that_is_taken(self) -> None:
        """Only a name that is new: a record that has it already can be edited otherwise."""
        if not self.name:
            return  # which is said of the field
        if not key_of(self.name):
            raise ValidationError({"name": "A name has at least one letter or digit."})
        # By its own key, which is another where the name was taken when names were folded anew.
        stored = type(self)._default_manager.filter(pk=self.pk)
        if stored.filter(folded_name=key_of(self.name)).exists():
            return
        like = Names(type(self), but=self.pk).same(self.name)
        if like is not None:
            raise ValidationError({"name": SameName(like)})


_LISTS = ("brands", "synonyms")
_NAMES = frozenset({"name", *_LISTS})
"""Fields of which the folded names are made."""
