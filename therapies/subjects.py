"""What therapies and mechanisms are both made of."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet

from editorial.models import Record
from publication.folding import folded
from therapies.choices import FIXED_TOPICS


def name_key(name: str) -> str:
    return folded(name)[:400]


class Subject(Record):
    """What claims are about: a therapy or a mechanism."""

    name = models.CharField(max_length=200, unique=True)
    folded_name = models.CharField(max_length=400, unique=True, editable=False)
    """The name as ``publication.folding`` has it: one record of a type has it, however written."""
    synonyms = models.JSONField(default=list, blank=True)
    """Other names, in the order in which readers should meet them."""
    not_stated = models.JSONField(default=list, blank=True)
    """``[{"topic", "sources", "until"}]``: topics looked for, in which sources, until which day."""
    machine_proposed = models.BooleanField(default=False, editable=False)

    above: ClassVar[str]
    """The field that names the record which this one is one of: a class, a broader mechanism."""
    judged = frozenset({"claims", "not_stated"})
    kind: "models.CharField[str, str]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = name_key(self.name)
        named = kwargs.get("update_fields")
        if named is None:
            # A content may depend on no other record's: what the other is called later is its own.
            other = self.one_of
            setattr(self, f"{self.above}_name", other.name if other else "")
        if named is not None and "name" in named:
            kwargs["update_fields"] = {*named, "folded_name"}
        super().save(*args, **kwargs)

    @property
    def one_of(self) -> "Subject | None":
        """The record that ``above`` names."""
        found: Subject | None = getattr(self, self.above)
        return found

    @classmethod
    def called(cls, name: str) -> QuerySet[Self]:
        """The record of this name, if there is one; case, accents and hyphens do not count."""
        return cls._default_manager.filter(folded_name=name_key(name))

    def clean(self) -> None:
        super().clean()
        same = type(self).called(self.name).exclude(pk=self.pk).first()
        if same is not None:
            raise ValidationError({"name": f"The {self.record_type} “{same.name}” has this name."})
        other, seen = self.one_of, {self.pk}
        while other is not None:
            if other.pk in seen:
                raise ValidationError(
                    {self.above: f"“{other.name}” is below this one, or is this one, already."}
                )
            seen.add(other.pk)
            other = other.one_of
        fixed = {str(topic) for topic in FIXED_TOPICS[self.record_type]}
        unknown = {item["topic"] for item in self.not_stated} - fixed
        if unknown:
            raise ValidationError({"not_stated": f"Not a fixed topic: {', '.join(unknown)}."})
