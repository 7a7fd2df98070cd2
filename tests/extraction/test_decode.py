"""Which bytes are read as text, and the clear refusal of the others."""

import pytest

from extraction import MAX_BYTES, Unreadable, read


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
        (b"%PDF-1.7 text", "PDF"),
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
