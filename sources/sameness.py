"""Whether two texts are the same words: a digest that white space and byte order do not change."""

import hashlib
import unicodedata

__all__ = ["text_digest"]

_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad"))


def text_digest(text: str) -> str:
    """SHA-256 of the text in NFC, each run of white space one space, unseen characters dropped."""
    words = " ".join(unicodedata.normalize("NFC", text).translate(_UNSEEN).split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
