"""The public side of therapies, mechanisms and claims: rows folded from the log."""

from therapies.published.parts import PublishedClaim, PublishedEvidence, PublishedFacet
from therapies.published.subjects import (
    IS_ONE,
    ONE,
    PublishedMechanism,
    PublishedSubject,
    PublishedTherapy,
    with_below,
)

__all__ = [
    "IS_ONE",
    "ONE",
    "PublishedClaim",
    "PublishedEvidence",
    "PublishedFacet",
    "PublishedMechanism",
    "PublishedSubject",
    "PublishedTherapy",
    "with_below",
]
