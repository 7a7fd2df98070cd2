"""What has been found so far: the first reader of a field wins, and says where it read it."""

from dataclasses import dataclass, field, replace
from typing import Any

from extraction.text.lines import Line, Page
from extraction.types import Metadata, Span


@dataclass(slots=True)
class Findings:
    page: Page
    values: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)

    def offer(self, name: str, value: object, start: int, end: int) -> bool:
        """Take ``value``, read at ``start``..``end`` of the seen text, where none is taken yet."""
        if start >= end:
            return False
        return self.offer_raw(name, value, self.page.view.to_raw(start, end))

    def offer_raw(self, name: str, value: object, span: Span) -> bool:
        if name in self.values or value in ("", (), None):
            return False
        self.values[name] = value
        self.spans[name] = span
        return True

    def offer_part(self, name: str, line: Line, start: int, end: int) -> bool:
        """Take a part of a line as it stands; ``start``/``end`` count within the line."""
        text = line.text[start:end]
        stripped = text.strip()
        start += text.find(stripped)
        value = " ".join(stripped.split())
        return self.offer(name, value, line.start + start, line.start + start + len(stripped))

    def forget(self, name: str) -> None:
        self.values.pop(name, None)
        self.spans.pop(name, None)

    def has(self, name: str) -> bool:
        return name in self.values

    def get(self, name: str) -> str:
        return str(self.values.get(name, ""))

    def metadata(self) -> Metadata:
        return replace(Metadata(), **self.values, spans=dict(self.spans))
