"""Claims about mechanisms that follow from claims about therapies that name them.

A sentence "X depletes B cells" is a claim about X; it is also what the source says of the
mechanism. Without a claim of its own a mechanism could never be reviewed.
"""

from dataclasses import replace

from extraction.types import ClaimValues, Extraction, ProposedClaim


def with_mechanism_claims(extraction: Extraction) -> Extraction:
    """The same with one claim about each mechanism that a therapy's claim names, at its first."""
    added: dict[str, ProposedClaim] = {}
    for claim in extraction.claims:
        name = claim.values.mechanism
        if name and name not in added:
            added[name] = replace(
                claim,
                subject=name,
                subject_kind="mechanism",
                topic="mechanism",
                values=ClaimValues(courses=claim.values.courses),
                antecedent=None,
                why=f"The sentence names this mechanism. {claim.why}",
            )
    claims = sorted([*extraction.claims, *added.values()], key=lambda c: (c.start, c.end))
    return replace(extraction, claims=tuple(claims))
