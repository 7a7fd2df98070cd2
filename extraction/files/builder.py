"""A text is put together, block by block."""

from collections.abc import Iterable

from extraction.filetext import Looks, Mark

__all__ = ["TextBuilder"]


class TextBuilder:
    """What there is of a text so far, its page map and its marks."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.pages: list[tuple[int, int]] = []
        self.marks: list[Mark] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def add(self, text: str, looks: Looks, pages: Iterable[tuple[int, int]] = ()) -> None:
        """One block, whose parts from offsets within it on stand on these pages."""
        if not text:
            return
        if self._length:
            self._put("\n\n")
        start = self._length
        self._put(text)
        if looks is not Looks.TEXT:
            self.marks.append(Mark(start, self._length, str(looks)))
        for at, page in pages:
            if not self.pages or self.pages[-1][1] != page:
                self.pages.append((start + at, page))

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
