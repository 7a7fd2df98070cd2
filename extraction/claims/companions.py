"""Claims about mechanisms that follow from claims about therapies that name them.

A sentence "X depletes B cells" is a claim about X; it is also what the source says of the
mechanism. Without a claim of its own a mechanism could never be reviewed.
"""

from dataclasses import replace

from extraction.types import ClaimValues, Extraction, ProposedClaim


def with_mechanism_claims(extraction: Extraction) -> Extraction:
    """The same extraction with one claim a named mechanism and sentence added."""
    present = {(c.start, c.end, c.subject) for c in extraction.claims if _is_mechanism(c)}
    added: list[ProposedClaim] = []
    for claim in extraction.claims:
        name = claim.values.mechanism
        key = (claim.start, claim.end, name or None)
        if not name or key in present:
            continue
        present.add(key)
        added.append(
            replace(
                claim,
                subject=name,
                subject_kind="mechanism",
                topic="mechanism",
                values=ClaimValues(courses=claim.values.courses),
                antecedent=None,
                why=f"The sentence names this mechanism. {claim.why}".strip(),
            )
        )
    claims = sorted([*extraction.claims, *added], key=lambda c: (c.start, c.end))
    return replace(extraction, claims=tuple(claims))


def _is_mechanism(claim: ProposedClaim) -> bool:
    return claim.subject_kind == "mechanism"
