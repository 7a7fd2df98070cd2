"""Canonical JSON and digests."""

import pytest

from publication.canonical import canonical, digest, digest_of


def test_canonical_orders_keys_and_keeps_letters() -> None:
    assert canonical({"b": 1, "a": ["é", None, True]}) == '{"a":["é",null,true],"b":1}'


def test_canonical_orders_keys_by_utf16_units() -> None:
    # RFC 8785, 3.2.3: an astral letter sorts by its surrogates, before U+FB33.
    assert canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'


@pytest.mark.parametrize("value", [1.0, {"a": 0.5}, [{"b": [2.5]}]])
def test_canonical_refuses_floats(value: object) -> None:
    with pytest.raises(TypeError, match="write it as a string"):
        canonical(value)


def test_digest_is_sha256_of_utf8() -> None:
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest_of({"a": "é"}) == digest('{"a":"é"}')
