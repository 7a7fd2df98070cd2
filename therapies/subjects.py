"""What therapies and mechanisms are both made of."""

from django.core.exceptions import ValidationError
from django.db import models

from editorial.models import Record
from therapies.choices import FIXED_TOPICS


class Subject(Record):
    """What claims are about: a therapy or a mechanism."""

    name = models.CharField(max_length=200, unique=True)
    synonyms = models.JSONField(default=list, blank=True)
    """Other names, in the order in which readers should meet them."""
    not_stated = models.JSONField(default=list, blank=True)
    """Topics asserted as "not stated in the sources read"."""
    machine_proposed = models.BooleanField(default=False, editable=False)

    judged = frozenset({"claims", "not_stated"})
    kind: "models.CharField[str, str]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        unknown = set(self.not_stated) - {str(topic) for topic in FIXED_TOPICS}
        if unknown:
            raise ValidationError({"not_stated": f"Not a fixed topic: {', '.join(unknown)}."})
