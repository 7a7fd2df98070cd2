"""Narrowing of working records by whose turn it is; chains, on every type alike."""

from typing import Any, Self, TypeVar, cast

from django.db import models
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from editorial.models.people import User
from editorial.states import EDITABLE, State
from publication.actions import APPROVE
from publication.due import shown_overdue
from publication.entries import Entry
from publication.models import Contribution

R = TypeVar("R", bound=models.Model)


class WorkingQuerySet(models.QuerySet[R]):
    """Of one type of record. A draft is whose that contributed to the coming version."""

    def drafts(self) -> Self:
        """What can be edited: drafts, and what was sent back."""
        return self.filter(state__in=sorted(EDITABLE))

    def sent_back(self) -> Self:
        return self.filter(state=State.CHANGES_REQUESTED)

    def drafts_of(self, user: User) -> Self:
        return self.drafts()._with_newest().filter(Exists(self._to_coming(user_id=user.pk)))

    def drafts_of_nobody(self) -> Self:
        """What a machine drafted, or somebody only began to revise."""
        return self.drafts()._with_newest().exclude(Exists(self._to_coming()))

    def overdue(self) -> Self:
        """What readers see was approved too long ago."""
        shown = shown_overdue(self._type)
        return self.filter(public_id__in=shown.values("public_id"))

    def _with_newest(self) -> Self:
        """Each with the number of its newest approved version."""
        approved = Entry.objects.filter(
            record_type=self._type, public_id=OuterRef("public_id"), action=APPROVE
        )
        newest = Subquery(approved.order_by("-version").values("version")[:1])
        return self.annotate(newest_version=Coalesce(newest, Value(0)))

    def _to_coming(self, **by: Any) -> models.QuerySet[Contribution]:
        return Contribution.objects.filter(
            record_type=self._type,
            public_id=OuterRef("public_id"),
            version__gt=OuterRef("newest_version"),
            **by,
        )

    @property
    def _type(self) -> str:
        return str(cast(Any, self.model).record_type)
