"""Which bytes are read as text, and the clear refusal of the others."""

import pytest

from extraction import MAX_BYTES, Unreadable, read
from extraction.text.decode import decode


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Sjögren is here.".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "Sjögren is here.".encode(), "utf-8"),
        ("Sjögren is here.".encode("utf-16"), "utf-16"),
        ("Sjögren is here.".encode("windows-1252"), "windows-1252"),
    ],
)
def test_decode_reads_the_accepted_encodings(data, encoding):
    reading = read(data, name="x.txt")
    assert (reading.text, reading.encoding) == ("Sjögren is here.", encoding)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("\ufeff \r\n\xa0 \ufeff\u200b\t".encode(), "empty"),
        (b"a\x00b", "binary"),
        (b"x" * (MAX_BYTES + 1), "5,000,001 bytes"),
        (b"caf\x81\xe9", "neither UTF-8"),
        ("text".encode("utf-32"), "UTF-32"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_decode_refuses_with_one_line_that_says_why(data, why):
    with pytest.raises(Unreadable) as refused:
        read(data, name="x.txt")
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


def test_decode_leaves_newlines_untouched():
    assert read(b"One.\r\nTwo.\r", name="x").text == "One.\r\nTwo.\r"


def test_decode_notices_mojibake():
    wrong = "Müller found α-synuclein’s effect".encode().decode("windows-1252")
    assert len(read(wrong.encode(), name="x").notes) == 1
    assert read("Müller found α-synuclein.".encode(), name="x").notes == ()


PAGE = "<html><head>{}<title>Dvořák žije</title></head><body><p>Hluší lidé.</p></body></html>"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1250">', "windows-1250"),
        ("<META CHARSET=ISO-8859-2>", "iso-8859-2"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=latin2">', "iso-8859-2"),
        ('<!-- <meta charset="koi8-r"> --><meta charset="cp1250">', "windows-1250"),
    ],
)
def test_declared_encoding_of_a_page_is_honoured(head, encoding):
    text = PAGE.format(head)
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)
    assert found.notes == (f"Not UTF-8: read as {encoding}, as the file says.",)


def test_declared_encoding_of_xml_is_honoured_and_latin_1_means_windows_1252():
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><p>“Sjögren” costs 5 €.</p>'
    found = decode(text.encode("windows-1252"))
    assert (found.text, found.encoding) == (text, "windows-1252")


@pytest.mark.parametrize(
    "line", ["% Encoding: Cp1250", 'Provider: x\nContent: text/plain; charset="windows-1250"']
)
def test_declared_encoding_of_an_export_is_honoured(line):
    text = f"{line}\n\nDvořák, Hluší lidé"
    assert decode(text.encode("windows-1250")).text == text


def test_valid_utf_8_and_a_byte_order_mark_win_over_what_is_declared():
    text = PAGE.format('<meta charset="windows-1250">')
    assert decode(text.encode()).encoding == "utf-8"
    marked = decode(b"\xef\xbb\xbf" + text.encode() + b"\xff")
    assert (marked.encoding, marked.text[:-1]) == ("utf-8", text)


@pytest.mark.parametrize(
    ("label", "data"),
    [("utf-8", b"Sj\xf6gren na\xefve"), ("shift_jis", b"\xe9\xff"), ("rot13", b"caf\xe9")],
)
def test_wrong_declaration_falls_back_and_is_noted(label, data):
    found = decode(f'<meta charset="{label}">'.encode() + data)
    assert found.encoding == "windows-1252"
    assert label in found.notes[0].lower()


def test_bad_byte_in_utf_8_costs_one_letter_and_is_noted_with_its_place():
    found = decode("Sjögren’s.\n".encode() + b"A\xe9B " + "naïve β.".encode())
    assert (found.text, found.encoding) == ("Sjögren’s.\nA\ufffdB naïve β.", "utf-8")
    (note,) = found.notes
    assert "line 2 (character 13)" in note
    assert found.text[12] == "\ufffd"


def test_text_in_windows_1252_throughout_is_still_read_so():
    text = "Größe, naïve “cells”, 5 µg – " * 20
    assert decode(text.encode("windows-1252")).text == text


def test_text_cut_within_its_last_letter_stays_utf_8():
    found = decode("A plain text – ".encode() + "–".encode()[:2])
    assert (found.encoding, found.text[-1]) == ("utf-8", "\ufffd")
    assert decode(b"The patient\xe2\x80").encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_where_it_is_sure(encoding):
    text = "Sjögren’s. α and β.\n"
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)
    assert "BOM" in found.notes[0]


def test_utf_16_that_is_not_sure_is_refused_with_what_to_do():
    with pytest.raises(Unreadable, match="save it as UTF-8"):
        decode(("A text. " * 20).encode("utf-16-le") + b"x")
