"""Public addresses for new records: readable, free, and never somebody else's former one."""

from django.db.models import Q
from django.utils.text import slugify

from editorial.models import Record
from publication.published import PublishedAddress

LONGEST = 80
"""Characters of a proposed address."""


def free_slug(model: type[Record], words: str) -> str:
    """A slug from ``words`` that no record of this type has or ever had in public."""
    base = slugify(words)[:LONGEST].strip("-") or "record"
    slug, number = base, 1
    while _taken(model, slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _taken(model: type[Record], slug: str) -> bool:
    if slug in model.reserved_slugs:
        return True
    addresses = PublishedAddress.objects.filter(record_type=model.record_type, slug=slug)
    rows = model._default_manager.filter(Q(slug=slug) | Q(public_id=slug))
    return rows.exists() or addresses.exists()
