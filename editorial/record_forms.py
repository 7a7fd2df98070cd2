"""Forms of a record and of its parts: merged under its lock, refused while it is frozen."""

from typing import Any

from django.core.exceptions import ValidationError

from editorial import typed
from editorial.asking import AsksOnce
from editorial.errors import Locked
from editorial.forms import ColumnsField
from editorial.merged_forms import Carried, MergedForm
from editorial.models import Record
from editorial.slugs import free_slug
from publication.published import PublishedAddress


class TokenForm(MergedForm):
    """A form that is refused when its record was frozen after the form was opened."""

    seen_revision = Carried()
    frozen = False
    """True after ``clean`` when the record may not be edited any more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record = self.guarded_record()
        if record is not None:
            self.initial["seen_revision"] = record.revision

    def guarded_record(self) -> Record | None:
        """The record that the form changes; ``None`` when it makes a new one."""
        instance: Any = self.instance
        return instance if instance.pk else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._keep_what_only_looks_changed(cleaned)
        record = self.guarded_record()
        if record is not None:
            seen = typed.key(cleaned.get("seen_revision", ""))
            record.missed_saves = record.revision - (-1 if seen is None else seen)
            self._put("seen_revision", [str(record.revision)])
            self._refuse_when_frozen(record)
        return cleaned

    def _keep_what_only_looks_changed(self, cleaned: dict[str, Any]) -> None:
        """A list shown as lines comes back as equal lines, yet perhaps not as the same list."""
        if not self.instance.pk:
            return
        for name, field in self.fields.items():
            if name not in cleaned or not hasattr(field, "lossless"):
                continue
            held = getattr(self.instance, name, cleaned[name])
            if name not in self.changed_data:
                cleaned[name] = held
            elif isinstance(field, ColumnsField) and isinstance(held, list):
                cleaned[name] = field.with_held(cleaned[name], held)

    def _refuse_when_frozen(self, record: Record) -> None:
        if not record.is_editable:
            self.frozen = True
            raise ValidationError(
                str(
                    Locked(
                        f"{record.name} is {record.working_state.label} now and cannot be edited. "
                        "Nothing was saved; your text is still in the form."
                    )
                )
            )


class RecordForm(AsksOnce, TokenForm):
    """A record's own fields; an address left empty is made from the name."""

    named_by = "name"
    """The field that an address is made from."""

    @property
    def cannot_be_saved(self) -> bool:
        return self.frozen or bool(self.clashing)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].label = "Public address"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        model: type[Record] = type(self.instance)
        slug = cleaned.get("slug")
        if "slug" in self.fields and not slug and "slug" not in self.errors:
            cleaned["slug"] = self.instance.slug or free_slug(
                model, str(cleaned.get(self.named_by) or "")
            )
        elif slug and self._belongs_to_another(model, slug):
            self.add_error("slug", "Another record has, or once had, this public address.")
        return cleaned

    def _belongs_to_another(self, model: type[Record], slug: str) -> bool:
        rows = PublishedAddress.objects.filter(record_type=model.record_type, slug=slug)
        return rows.exclude(public_id=self.instance.public_id).exists()
