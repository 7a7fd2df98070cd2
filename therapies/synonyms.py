"""Names that editors added to the vocabulary."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from publication.folding import folded
from publication.rights import EDIT
from publication.triggers import Trigger, no_way_round
from therapies.vocabulary import Added, BadName, canonical_of, check


class Synonym(models.Model):
    """A name that editors added to the vocabulary: texts read from then on are read with it."""

    class Kind(models.TextChoices):
        THERAPY = "therapy", "therapy"
        MECHANISM = "mechanism", "mechanism"
        OUTCOME = "outcome", "outcome"
        COURSE = "course", "disease course"

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add", "change", "delete")
    administrators_may: ClassVar[tuple[str, ...]] = ("view",)
    web_may: ClassVar[frozenset[str]] = EDIT

    kind = models.CharField(max_length=10, choices=Kind.choices)
    canonical = models.CharField("another name for", max_length=200)
    """The vocabulary's own name."""
    term = models.CharField("name in documents", max_length=100)
    folded = models.CharField(max_length=600, unique=True, editable=False)
    """The form in which names are compared: neither case nor hyphens count."""
    user_id = models.BigIntegerField(editable=False)
    user_name = models.CharField("added by", max_length=300, editable=False)
    at = models.DateTimeField("added", auto_now_add=True)

    class Meta:
        ordering = ["kind", "canonical", "term"]

    def __str__(self) -> str:
        return f"{self.term} = {self.canonical}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = folded(self.term)
        super().save(*args, **kwargs)

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """Rows go one by one, or not at all."""
        return no_way_round(cls)

    @classmethod
    def added(cls, *, but: int | None = None) -> Added:
        """What vocabularies are extended with: all names, but one if its key is given."""
        rows = cls._default_manager.order_by("kind", "canonical", "term")
        rows = rows if but is None else rows.exclude(pk=but)
        return tuple(rows.values_list("kind", "canonical", "term"))

    def clean(self) -> None:
        """One name, one entry: in any spelling that reading takes for the same."""
        super().clean()
        self.term = " ".join(self.term.split())
        if not (self.term and self.canonical):
            return
        try:
            self.canonical = canonical_of(self.kind, self.canonical)
        except BadName as problem:
            raise ValidationError({"canonical": str(problem)}) from problem
        same = Synonym.objects.filter(folded=folded(self.term)).exclude(pk=self.pk).first()
        try:
            if same is not None:
                raise BadName(
                    f"{same.user_name} added it already, as a name of “{same.canonical}”."
                )
            check(self.kind, self.canonical, self.term, Synonym.added(but=self.pk))
        except BadName as problem:
            raise ValidationError({"term": str(problem)}) from problem
