"""What an editor hands in: a file or pasted text, and how it travels to the next page and back."""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from editorial.forms import WholeInputs
from extraction import MAX_BINARY, MAX_BYTES, MAX_FILE_BYTES, FileText
from sources.models import Document
from therapies.drafting.archives import numbered, printable

PASTED = "pasted-text.txt"
_LONGEST_NAME = Document._meta.get_field("file_name").max_length


class Garbled(Exception):
    """What came back with the page is not what was sent with it."""


@dataclass(frozen=True, slots=True)
class Received:
    """A document's bytes and the name under which it is kept. A text travels with the page and is
    stored nowhere in between; of a file that was ``handed`` in, the page carries the number.
    """

    name: str
    data: bytes
    handed: str = ""
    """``batch/number`` of a file that is kept meanwhile (``therapies.handed_in``)."""
    known: FileText | None = None
    """The text that was made of it."""

    @classmethod
    def numbered(cls, name: str, number: int, data: bytes) -> "Received":
        """One record of a file of many: ``export.ris#2``."""
        return cls(numbered(name, number), data)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def packed(self) -> str:
        """The bytes for a hidden field: a browser would change line ends in a text."""
        if self.handed:
            return ""
        return base64.urlsafe_b64encode(zlib.compress(self.data)).decode("ascii")

    @classmethod
    def unpacked(cls, name: str, packed: str, sha256: str) -> "Received":
        """Raises ``Garbled`` unless these are the bytes of that digest."""
        try:
            inflate = zlib.decompressobj()
            data = inflate.decompress(base64.urlsafe_b64decode(packed), MAX_FILE_BYTES + 1)
        except (binascii.Error, ValueError, zlib.error):
            raise Garbled from None
        received = cls(name, data)
        if received.sha256 != sha256 or not name or name != printable(name):
            raise Garbled
        return received


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, each cleaned as one."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        return [file for one in given if (file := super(FilesField, self).clean(one, initial))]


class UploadForm(WholeInputs, forms.Form):
    """A document: files or pasted text."""

    verbatim = frozenset({"text"})

    file = FilesField(
        required=False,
        allow_empty_file=True,
        max_length=_LONGEST_NAME,
        label="Files",
        help_text=f"One or many. PDF and Word files (DOCX), at most "
        f"{MAX_BINARY // 1_000_000} MB each. Text of any kind: plain text, a saved web page, an "
        f"article’s or a label’s text; at most {MAX_BYTES // 1_000_000} MB. Or a file of many "
        "records, as reference managers and PubMed write them, alone; at most "
        f"{MAX_FILE_BYTES // 1_000_000} MB.",
    )
    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "cols": 90}),
        label="Or paste the text",
        help_text="The whole text with its title, authors and where it was published, "
        "as far as you have them: what it does not say stays empty.",
    )
    name = forms.CharField(
        required=False,
        max_length=120,
        label="Name of the pasted text",
        help_text=f"To find it again, such as “smith-2024.txt”; “{PASTED}” when left empty.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        files, text = cleaned.get("file") or [], cleaned.get("text", "")
        if self.errors:
            return cleaned
        if files and text.strip():
            self.add_error("text", "This is a second document: choose a file or paste a text.")
        elif not files and not text:
            self.add_error("file", "Choose a file, or paste a text below.")
        for file in files:
            if file.size > MAX_BINARY:
                self.add_error(
                    "file",
                    f"“{printable(file.name)}” has {file.size:,} bytes; at most {MAX_BINARY:,} are "
                    "read.",
                )
        return cleaned

    def each(self) -> Iterator[Received]:
        """What was handed in as files, one after the other."""
        for file in self.cleaned_data["file"] or ():
            yield Received(printable(file.name), file.read())

    def received(self) -> Received:
        """The document of a valid form that brings one."""
        for received in self.each():
            return received
        text = self.cleaned_data["text"].replace("\r\n", "\n")  # as browsers send line ends
        return Received(printable(self.cleaned_data["name"]) or PASTED, text.encode())

    def refuse(self, reason: str) -> None:
        """Put a reader's refusal beside what was handed in."""
        self.add_error("file" if self.cleaned_data.get("file") else "text", reason)
