"""The forms that a page serves, as what a browser would post from them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_plus

Fields = list[tuple[str, str | bytes]]


@dataclass(slots=True)
class Form:
    """What may be posted: the fields as they stand, those left empty, files and buttons."""

    action: str
    method: str
    fields: Fields = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    """Every name once, those of open check boxes and files too."""
    files: list[str] = field(default_factory=list)
    buttons: Fields = field(default_factory=list)
    like_another: bool = False
    """Whether a form before it has the same fields, and only its button does something else."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.links: list[str] = []
        self._form = ""
        self._owner: Form | None = None
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._area = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            self._form = given.get("id") or f"#{len(self.forms)}"
            self.forms[self._form] = Form(given.get("action", ""), given.get("method", "get"))
        form = self.forms.get(given.get("form", self._form))
        if form is None or "__prefix__" in name:
            return
        if tag == "input" and name:
            self._input(form, name, given)
        elif tag == "button" and name and "disabled" not in given:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "textarea" and name:
            self._owner, self._area, self._text = form, name, ""
        elif tag == "select" and name:
            self._owner, self._select, self._options = form, name, []
        elif tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind == "submit":
            form.buttons.append((name, given.get("value", "")))
            return
        form.names[name] = None
        if kind == "file":
            form.files.append(name)
        elif kind not in ("checkbox", "radio"):
            form.fields.append((name, given.get("value", "")))
        elif "checked" in given or name == "_selected_action":  # all rows of a list are ticked
            form.fields.append((name, given.get("value", "on")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = ""
        if tag == "textarea" and self._area and self._owner:
            text = self._text.removeprefix("\n").replace("\n", "\r\n")
            self._owner.fields.append((self._area, text))
            self._owner.names[self._area] = None
            self._area = ""
        if tag == "select" and self._select and self._owner:
            offered = [value for value, _ in self._options]
            # What a list does with rows is done only when somebody chooses it.
            first = offered[-1:] if self._select == "action" else offered[:1]
            chosen = [value for value, on in self._options if on and value] or first
            self._owner.fields += [(self._select, value) for value in chosen]
            self._owner.names[self._select] = None
            self._select = ""

    def handle_data(self, data: str) -> None:
        self._text += data if self._area else ""


def read(html: str) -> tuple[list[Form], list[str]]:
    """A page's forms, and where its links lead."""
    reader = _Reader()
    reader.feed(html)
    return list(reader.forms.values()), reader.links


def urlencoded(fields: Fields) -> bytes:
    """A form's body."""
    return "&".join(f"{quote_plus(n)}={quote_plus(v)}" for n, v in fields).encode()


BOUNDARY = "----7MA4YWxk"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def multipart(fields: Fields, files: list[tuple[str, bytes, bytes]]) -> bytes:
    """A form's body with files: name of the field, name of the file, content."""
    parts = []
    for name, value in fields:
        data = value.encode() if isinstance(value, str) else value
        parts.append(b'Content-Disposition: form-data; name="%b"\r\n\r\n%b' % (name.encode(), data))
    for name, file_name, data in files:
        head = b'Content-Disposition: form-data; name="%b"; filename="%b"'
        parts.append(
            head % (name.encode(), file_name) + b"\r\nContent-Type: text/plain\r\n\r\n" + data
        )
    line = b"--" + BOUNDARY.encode()
    return b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
