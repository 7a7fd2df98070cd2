"""What the parser's network makes of a word before it looks at the words beside it, remembered: a
third of its arithmetic.

That is a function of the word's features alone, the same to the last bit beside whatever others it
is computed.
"""

from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thinc.api import Model

__all__ = ["remember_words"]

MOST = 20_000
"""Words, about half a kilobyte each; beyond it all are forgotten."""


def remember_words(network: "Model[list[Any], Any]") -> None:
    """Have the network look up what it made of a word before; it cannot be trained any more."""
    from thinc import api

    embed = network.get_ref("embed")
    features_of, *others = embed.layers
    vectors_of: Model[Any, Any] = api.chain(*others)
    array, width = embed.ops.xp.array, embed.get_dim("nO")
    known: dict[bytes, Any] = {}

    def forward(_: object, docs: list[Any], is_train: bool) -> tuple[list[Any], Any]:
        if len(known) > MOST:
            known.clear()
        features = features_of.predict(docs)
        words = [_as_keys(rows) for rows in features]
        met = zip(chain(*words), chain(*features), strict=True)
        new = {word: row for word, row in met if word not in known}
        if new:
            (made,) = vectors_of.predict([array(list(new.values()))])
            known.update(zip(new, made, strict=True))
        vectors = [array([known[word] for word in text], "float32") for text in words]
        return [one.reshape(-1, width) for one in vectors], None

    network.replace_node(embed, api.Model("remembered", forward))


def _as_keys(rows: Any) -> list[bytes]:
    """Each row of numbers as one value."""
    size = rows.itemsize * rows.shape[1]
    keys: list[bytes] = rows.view(f"V{size}").ravel().tolist()
    return keys
