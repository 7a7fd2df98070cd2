"""What is read has the codes that claims are kept with."""

import pytest

from extraction import codes
from therapies import choices


@pytest.mark.parametrize(
    "name", ["Topic", "Certainty", "Course", "Route", "Status", "EffectDirection"]
)
def test_every_code_that_is_read_can_be_kept(name: str) -> None:
    read, kept = getattr(codes, name), getattr(choices, name)
    assert {str(code) for code in read} <= set(kept.values)
