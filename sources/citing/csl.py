"""Items as a file of CSL-JSON."""

import json
from collections.abc import Sequence

from sources.citing.items import Item


def write(items: Sequence[Item]) -> str:
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"
