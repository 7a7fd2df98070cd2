"""Signed notes, held against another program's and against whatever may happen to one."""

import base64

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from publication import signed_heads
from publication.anchors import Anchor
from publication.notes import (
    LONGEST,
    NoKey,
    NotANote,
    NoteError,
    Signer,
    UnknownSigner,
    Verifier,
    WrongSignature,
)
from publication.signed_heads import NotAHead, OtherLog, SignedHead

SIGNER = Signer("example.org/log", bytes(range(32)))
OTHER = Signer("example.org/log", bytes(range(1, 33)))
HASH = "0123456789abcdef" * 4
AT = "2026-01-31T09:30:00.000000Z"
TEXT = f"example.org/log\n12\n{HASH}\nat {AT}\n"
NOTE = SIGNER.note(TEXT)

# The note that the documentation of Go's golang.org/x/mod/sumdb/note has.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZ"
    "b6KE6RyyBwJnAM=\n"
)


def test_note_of_another_program_is_read() -> None:
    assert str(Verifier.of(GO_KEY)) == GO_KEY
    assert Verifier.of(GO_KEY).opened(f"{GO_TEXT}\n{GO_SIGNATURE}".encode()) == GO_TEXT


def test_note_is_the_text_and_a_signature_that_cryptography_knows() -> None:
    text, _, line = NOTE.decode().rpartition("\n\n")
    dash, name, written = line.split()
    assert (f"{text}\n", dash, name) == (TEXT, "—", "example.org/log")
    signed = base64.b64decode(written)
    key = Ed25519PublicKey.from_public_bytes(SIGNER.verifier.key)
    assert signed[:4] == SIGNER.verifier.id
    key.verify(signed[4:], TEXT.encode())
    with pytest.raises(InvalidSignature):
        key.verify(signed[4:], TEXT.encode()[:-1])
    assert SIGNER.verifier.opened(NOTE) == TEXT
    assert SIGNER.note(TEXT) == NOTE


def test_keys_are_read_as_they_are_written() -> None:
    assert Signer.of(SIGNER.written()) == SIGNER
    assert Signer.of(f"{SIGNER.written()}\n") == SIGNER
    assert Verifier.of(str(SIGNER.verifier)) == SIGNER.verifier
    assert SIGNER.seed.hex() not in repr(SIGNER)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a+b", "a+b+c", str(SIGNER.verifier)[:-2], f"x{SIGNER.verifier}",
     str(SIGNER.verifier).replace("+", "++", 1), SIGNER.written(),
     f"example.org/log+00000000+{base64.b64encode(b'1' * 33).decode()}"],
)  # fmt: skip
def test_what_is_no_key_is_refused_in_words(text: str) -> None:
    with pytest.raises(NoKey, match="That is no key: say NAME|does not have the id"):
        Verifier.of(text)


@pytest.mark.parametrize(
    "text", ["", "x", str(SIGNER.verifier), SIGNER.written()[:-2], SIGNER.written().lower()]
)
def test_what_is_no_whole_key_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(NoKey) as refused:
        Signer.of(text)
    assert text[-10:] not in str(refused.value) or not text


def test_note_with_one_byte_changed_is_refused() -> None:
    """Every byte, each of its bits: no two ways to write one note."""
    for place in range(len(NOTE)):
        for bit in range(8):
            changed = bytearray(NOTE)
            changed[place] ^= 1 << bit
            with pytest.raises(NoteError):
                SIGNER.verifier.opened(bytes(changed))


@given(st.binary(max_size=200))
def test_whatever_bytes_are_no_note(found: bytes) -> None:
    with pytest.raises(NoteError):
        SIGNER.verifier.opened(found)


def test_signatures_of_others_are_passed_over() -> None:
    text, _, line = NOTE.decode().rpartition("\n\n")
    theirs = OTHER.note(TEXT).decode().rpartition("\n\n")[2]
    both = f"{text}\n\n{theirs}{line}".encode()
    assert SIGNER.verifier.opened(both) == OTHER.verifier.opened(both) == TEXT
    with pytest.raises(UnknownSigner, match="is signed by example.org/log.*another log, or of a"):
        SIGNER.verifier.opened(f"{text}\n\n{theirs}".encode())


def test_signature_that_is_not_by_the_key_that_it_names_is_told() -> None:
    with pytest.raises(WrongSignature, match="the text or the signature was changed"):
        SIGNER.verifier.opened(NOTE.replace(b"\n12\n", b"\n13\n"))


def test_note_that_is_too_long_is_not_read() -> None:
    with pytest.raises(NotANote, match="longer than 64,000 bytes"):
        SIGNER.verifier.opened(b"x" * LONGEST + NOTE)


@pytest.mark.parametrize("text", ["", "no end", "an empty line\n\nhere\n", "a tab\t\n"])
def test_what_can_be_no_text_of_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="lines that are not empty"):
        SIGNER.note(text)


def test_head_says_what_it_was_made_of() -> None:
    note = signed_heads.signed(SIGNER, Anchor(12, HASH), AT)
    assert note == NOTE
    assert signed_heads.opened(SIGNER.verifier, note) == SignedHead(
        "example.org/log", Anchor(12, HASH), AT
    )
    release = signed_heads.signed(SIGNER, Anchor(12, HASH), AT, HASH)
    assert signed_heads.opened(SIGNER.verifier, release).manifest == HASH
    empty = signed_heads.signed(SIGNER, Anchor(0, "0" * 64), "")
    assert signed_heads.opened(SIGNER.verifier, empty).anchor == Anchor(0, "0" * 64)


def test_signed_text_that_is_no_head_is_told() -> None:
    with pytest.raises(NotAHead, match="its lines are to be the log's name"):
        signed_heads.opened(SIGNER.verifier, SIGNER.note("example.org/log\n012\nabc\n"))
    with pytest.raises(OtherLog, match="head of the log elsewhere, and the key is example.org"):
        signed_heads.opened(SIGNER.verifier, SIGNER.note(f"elsewhere\n12\n{HASH}\n"))
