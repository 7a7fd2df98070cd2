"""PDF files written by hand, object by object: what no program would set."""

import re
import zlib
from collections.abc import Mapping

__all__ = ["raw"]

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
SAID = "Fingolimod reduced relapses in multiple sclerosis."
WORDS = b"BT /F1 11 Tf 60 700 Td (%s) Tj ET" % SAID.encode()


def raw(objects: Mapping[int, bytes], *, root: int = 1, info: int = 0) -> bytes:
    """A file of these objects by their numbers, with a table that says where they are."""
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    size = max(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        data += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    more = b" /Info %d 0 R" % info if info else b""
    data += b"trailer\n<< /Size %d /Root %d 0 R%s >>\n" % (size, root, more)
    return bytes(data) + b"startxref\n%d\n%%%%EOF\n" % start


def stream(content: bytes, *, filters: bytes = b"") -> bytes:
    packed = b" /Filter %s" % filters if filters else b""
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), packed, content)


def one_page(content: bytes = stream(WORDS), **more: bytes) -> dict[int, bytes]:
    """The objects of a file of one page; ``catalog`` and ``page`` are added to those two."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % more.get("catalog", b""),
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> %s >>" % more.get("page", b""),
        4: content,
        5: _FONT,
    }


def plain() -> bytes:
    return raw(one_page())


def unpainted() -> bytes:
    """Words that are there to be found and not to be seen."""
    return raw(one_page(stream(b"3 Tr " + WORDS)))


def bomb(times: int = 16) -> bytes:
    """A page whose content unpacks twice, the second time to so many times 256 MB of letters."""
    unit = b"BT /F1 9 Tf 9 Tr 60 700 Td (xxxxxxxxxxxxxxxx) Tj ET\n" * 20_000
    return raw(
        one_page(stream(_repeated(unit, 256 * times), filters=b"[/FlateDecode /FlateDecode]"))
    )


def _repeated(unit: bytes, count: int) -> bytes:
    """A unit so many times, packed twice: whole blocks stand one behind the other."""
    packer = zlib.compressobj(9)
    packer.compress(unit)
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9)
    head = last.compress(unit) + last.flush(zlib.Z_FULL_FLUSH)
    return zlib.compress(head + block * (count - 1), 9)


def deep_tree(depth: int) -> bytes:
    """One page, so many nodes below the root of the pages."""
    objects = one_page()
    objects[2] = b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>"
    for level in range(depth):
        kid = 3 if level == depth - 1 else 11 + level
        parent = 2 if level == 0 else 9 + level
        objects[10 + level] = b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (
            parent, kid,
        )  # fmt: skip
    return raw(objects)


def circle_of_pages() -> bytes:
    """Nodes of the tree of pages that are each other's kids."""
    objects = one_page()
    objects[2] = b"<< /Type /Pages /Kids [10 0 R 3 0 R] /Count 9 >>"
    objects[10] = b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 10 0 R] /Count 8 >>"
    return raw(objects)


def deep_outline(depth: int) -> bytes:
    objects = one_page(catalog=b"/Outlines 10 0 R")
    objects[10] = b"<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>"
    for level in range(depth):
        below = b"/First %d 0 R /Last %d 0 R" % (12 + level, 12 + level)
        objects[11 + level] = b"<< /Title (x) /Parent %d 0 R %s >>" % (
            10 + level, below if level < depth - 1 else b"",
        )  # fmt: skip
    return raw(objects)


def deep_arrays(depth: int) -> bytes:
    return raw(one_page(page=b"/Odd " + b"[" * depth + b"]" * depth))


def with_attachments(count: int) -> bytes:
    """So many files within the file."""
    names = b" ".join(b"(f%d) %d 0 R" % (n, 10 + 2 * n) for n in range(count))
    objects = one_page(catalog=b"/Names << /EmbeddedFiles << /Names [%s] >> >>" % names)
    for n in range(count):
        objects[10 + 2 * n] = b"<< /Type /Filespec /F (f%d) /UF (f%d) /EF << /F %d 0 R >> >>" % (
            n, n, 11 + 2 * n,
        )  # fmt: skip
        objects[11 + 2 * n] = stream(b"Siponimod stands in the attached file alone.")
    return raw(objects)


def with_circle_of_forms() -> bytes:
    """A page that paints a form that paints itself."""
    objects = one_page(stream(WORDS + b" /X Do"))
    objects[3] = objects[3].replace(b"/Font", b"/XObject << /X 6 0 R >> /Font")
    form = stream(b"/X Do")
    objects[6] = form.replace(
        b"<<", b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject "
        b"<< /X 6 0 R >> >>", 1,
    )  # fmt: skip
    return raw(objects)


def without_letters() -> bytes:
    """A font that says of each of its letters that it stands for none."""
    objects = one_page()
    unmapped = b"\n".join(b"<%02X> <0000>" % code for code in range(32, 127))
    objects[6] = stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"95 beginbfchar\n%s\nendbfchar\nendcmap end end" % unmapped.replace(b"<0000>", b"<E001>")
    )
    objects[5] = _FONT.replace(b">>", b"/ToUnicode 6 0 R >>")
    return raw(objects)


def misplaced(data: bytes) -> bytes:
    """The file, whose last lines say a wrong place of its table."""
    return re.sub(rb"startxref\s+\d+", b"startxref\n7", data)


def huge_page() -> bytes:
    """A page of a million points with words in its corner."""
    objects = one_page()
    objects[3] = objects[3].replace(b"595 842", b"1000000 1000000")
    return raw(objects)


def no_pages() -> bytes:
    objects = one_page()
    objects[2] = b"<< /Type /Pages /Kids [] /Count 0 >>"
    return raw(objects)


def many_letters(count: int) -> bytes:
    """So many letters on pages that all paint the same."""
    line = b"BT /F1 3 Tf 20 %d Td (" + b"abcdefghi " * 30 + b") Tj ET\n"
    lines = b"".join(line % y for y in range(20, 820, 5))
    pages = 1 + count // (9 * 30 * 160)
    objects = one_page(stream(zlib.compress(lines), filters=b"/FlateDecode"))
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(pages))
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages)
    objects.update({10 + n: objects[3] for n in range(pages)})
    return raw(objects)
