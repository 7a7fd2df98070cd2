"""The examples in the OpenAPI document are answers that the API gives.

``WRITE=1 python -m pytest tests/msportal/test_api_examples.py`` writes them anew.
"""

import json
import os

import pytest

from msportal.reference.document import EXAMPLES
from tests.api_examples import all_examples
from tests.openapi import contents

pytestmark = pytest.mark.django_db
WITHOUT = {"schema_read", "vocabulary_read"}
"""The answer of the one is the document, which would hold itself; that of the other is all lists,
of which ``vocabulary_one`` shows one.
"""


def test_examples_are_what_the_api_answers() -> None:
    text = json.dumps(all_examples(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("WRITE", "") not in ("", "0"):
        EXAMPLES.write_text(text, encoding="utf-8")
    assert json.loads(EXAMPLES.read_text(encoding="utf-8")) == json.loads(text), (
        f"write them anew: WRITE=1 python -m pytest {__file__}; then docs/openapi.yaml"
    )


def test_every_answer_that_has_a_body_has_an_example() -> None:
    without = {(name, status, kind) for name, status, kind, told in contents()
               if "examples" not in told}  # fmt: skip
    assert {name for name, status, _ in without if status == "200"} == WITHOUT
    assert {one for one in without if one[1] != "200"} == set()
