"""Approves one small record, through the workflow, for tests of what may then be served."""

from editorial import actions
from editorial.models import User
from publication.canonical import digest_of
from sources.models import Source
from tests.building import agree


def approve_source(*, demonstration: bool) -> Source:
    author, reviewer = (
        User.objects.create_superuser(name, demonstration=demonstration)
        for name in ("author", "reviewer")
    )
    source = Source.objects.create(title="A citable work", slug="a-citable-work")
    source = actions.submit(source, by=author)
    agree(source, reviewer)
    return actions.approve(
        source, by=reviewer, digest=digest_of(source.content()), note="Checked by two."
    )
