"""Lists that the parser took apart: "get trouble sleeping, vivid dreams, or swollen ankles".

It is wrong in silence where items are of several words: one becomes an apposition, a second object
or the root. Commas and the last "and" or "or" say what is listed, so three or more plain noun
phrases between them are hung on each other again, as conjuncts are (CLEAR style: each on the one
before). What the parser hung so by itself stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extraction.parsing import masking
from extraction.parsing.tree import Token, is_a_tree
from extraction.text.words import words

_NOUN_TAGS = {"NN", "NNS", "NNP", "NNPS", "VBG"}
_BEFORE = {"DT", "JJ", "JJR", "JJS", "CD", "PRP$", "POS", "HYPH", "RB", "RBR", "RBS", "PDT"}
"""What may stand before the noun of an item."""
_PARTICIPLES = {"VBN", "VBD"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_VERBAL = {"VB", "VBD", "VBZ", "VBP", "VBN", "MD"}
_INNER = words("of in on at around to under for from")
"""Prepositions within an item: "lumps in the neck"."""
_TIMES = words("at during after within before upon")
_OF = words("of on for to from")
_OPENING = words("as like including include of with from for to about by")
_ACHING = words("aching burning pounding racing swelling stabbing tingling throbbing")
"""Of "aching muscles", which no verb governs."""
_LIKE_ADJECTIVES = words("rash flu thrush gas")
_SIDE = words("advcl acl prep xcomp pcomp")
_PEOPLE = words("patients people participants subjects persons women men children adults")
_NO_ITEMS = words("not nor rather than versus")
_NAMES = {masking.THERAPY, masking.CLASS, masking.CLASSES, "placebo"}
_CARRIERS = words(
    "effect risk rate incidence impact difference change improvement reduction increase decrease"
)
_TROUBLES = words("trouble difficulty problem")
"""Behind which a verb says with what: "trouble sleeping"."""
_ASIDE = 6
"""Words in which an item is said to be called otherwise."""
_LONGEST = 8
"""Words of an item."""
_ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "attr", "pobj", "ROOT"}
_PLACES = _ARGUMENTS | {"conj", "appos", "dep"}


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    """Tokens, end exclusive."""
    head: int


def with_whole_lists(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens, as they were unless a list was taken apart."""
    found = tuple(tokens)
    if not any(t.text == "," for t in found):
        return found
    for at in (t.i for t in tokens if t.tag == "CC" and t.text.lower() in {"and", "or"}):
        if items := _items(found, at):
            found = _hung(found, items)
    return found


def _items(tokens: Sequence[Token], joint: int) -> list[_Item]:
    """The items of the list that a word joins the last one to; none where it is no such list."""
    last = _last(tokens, joint + 1)
    if last is None:
        return []
    found, end = [last], joint
    if tokens[end - 1].text == ",":
        end -= 1
    while True:
        comma = next((i for i in range(end - 1, -1, -1) if tokens[i].text in {",", ":"}), -1)
        item = _item(tokens, comma + 1, end) if comma >= 0 and tokens[comma].text == "," else None
        if item is None:
            break
        found.insert(0, item)
        end = comma
    verb = _follows(tokens, last)
    first = _first(tokens, end, found[0], is_subject=verb)
    if first is not None:
        found.insert(0, first)
    return found if len(found) > 2 and end < joint - 1 else []


def _item(tokens: Sequence[Token], start: int, end: int) -> _Item | None:
    """A stretch that is a noun phrase and nothing else."""
    inside, head = tokens[start:end], None
    if not inside or len(inside) > _LONGEST or _is_a_side_clause(inside):
        return None
    behind = False
    for t in inside:
        if t.text in _NAMES or t.text.lower() in _PEOPLE | _NO_ITEMS:
            return None
        if t.i > start and t.tag == "VBG" and _governs(t):
            led = head is not None and tokens[head].lemma not in _TROUBLES
            if t.i < end - 1 or (led and any(o.head == t.i and o.dep == "dobj" for o in tokens)):
                return None  # "the main problems being rash", "nausea leading the list"
        last = t.tag == "JJ" and t.i == end - 1 and is_soon_an_adjective(t.text)
        if t.tag in _NOUN_TAGS or last or (t.tag == "JJ" and t.dep in _ARGUMENTS):
            done = behind or (head is not None and tokens[head].lemma in _TROUBLES)
            head = head if done else t.i
        elif t.tag == "IN" and t.text.lower() in _INNER and head is not None:
            behind = True
        elif t.tag in _PARTICIPLES:
            if not any(n.tag in _NOUN_TAGS for n in tokens[t.i + 1 : end]):
                return None
        elif t.tag not in _BEFORE or t.dep == "neg":
            return None
    return None if head is None else _Item(start, end, head)


def is_soon_an_adjective(text: str) -> bool:
    """Whether the parser takes the noun for one: "alopecia, rash and anaphylaxis"."""
    word = text.lower()
    return word in _LIKE_ADJECTIVES or word.endswith(("is", "ia", "oma"))


def _is_a_side_clause(inside: Sequence[Token]) -> bool:
    """ ", leading to falls", ", including rash"."""
    opening = inside[0]
    if opening.text.lower() in _OPENING:
        return True
    aching = opening.text.lower() in _ACHING
    return opening.tag == "VBG" and opening.dep in _SIDE and len(inside) > 1 and not aching


def _last(tokens: Sequence[Token], start: int) -> _Item | None:
    """The item behind "and", or "and, rarely,", up to where something else begins."""
    if [t.text for t in tokens[start : start + 3 : 2]] == [",", ","]:
        start += 3
    elif start + 1 < len(tokens) and tokens[start + 1].text == "," and tokens[start].pos == "ADV":
        start += 2
    end = start
    while end < len(tokens) and _item(tokens, start, end + 1):
        end += 1
    if end == start:  # an article by itself is no item yet
        end = next((i for i in range(start, min(start + _LONGEST, len(tokens)))
                    if _item(tokens, start, i + 1)), start - 1) + 1  # fmt: skip
        while start < end < len(tokens) and _item(tokens, start, end + 1):
            end += 1
    return _item(tokens, start, end) if end > start else None


def _follows(tokens: Sequence[Token], last: _Item) -> bool:
    """Whether a finite verb follows, maybe behind "known as X": the list is its subject."""
    behind = tokens[last.end : last.end + _ASIDE]
    if behind and behind[0].tag == "VBN" and behind[0].dep == "acl":
        plain = (t for t in behind if t.text == "," or t.tag in _FINITE)
        return next((t.tag in _FINITE for t in plain), False)
    return bool(behind) and behind[0].tag in _FINITE


def _first(tokens: Sequence[Token], end: int, second: _Item, *, is_subject: bool) -> _Item | None:
    """The item before the first comma, behind the verb or preposition that governs the list."""
    begin = next((i + 1 for i in range(end - 1, -1, -1) if tokens[i].text in {",", ":", ";"}), 0)
    if is_subject:
        marks = (t.i + 1 for t in tokens[begin:end] if _opens(t))
        opening = max(marks, default=begin)
        return _inner(tokens, _item(tokens, opening, end), second)
    start = end
    while start > begin:
        t = tokens[start - 1]
        if _governs(t) and start < end:
            break
        start -= 1
    if start == begin and not any(t.tag in _VERBAL for t in tokens[:begin]):
        return None
    return _inner(tokens, _item(tokens, start, end), second)


def _governs(t: Token) -> bool:
    if t.tag == "VBG":
        return t.lemma in {"be", "include"} or t.dep in _SIDE
    plain = t.tag in _PARTICIPLES and t.dep == "amod"
    opens = t.text.lower() in _OPENING | {"than"}
    return (t.tag in _VERBAL and not plain) or (t.tag == "IN" and opens)


def _opens(t: Token) -> bool:
    return t.tag in {"WDT", "CC"} or t.dep == "mark" or t.text.lower() in {"including", "like"}


def _inner(tokens: Sequence[Token], item: _Item | None, second: _Item) -> _Item | None:
    """Of "the risk of X, Y and Z" the item is X; of "X at the start, Y and Z" it is not the start.

    Otherwise the noun that the parser hung the second on.
    """
    if item is None:
        return None
    links = [t for t in tokens[item.head : item.end] if t.tag == "IN"]
    if links and links[0].text.lower() in _TIMES:
        return item
    on = tokens[second.head].head
    if on == item.head and tokens[on].lemma in _CARRIERS:
        on = -1  # "no effect on X, Y or Z"
    if links and item.start <= on < item.end and tokens[on].tag in _NOUN_TAGS:
        return replace(item, head=on)
    if links and links[0].text.lower() in _OF:
        nouns = [t.i for t in tokens[links[0].i + 1 : item.end] if t.tag in _NOUN_TAGS]
        return replace(item, head=nouns[0]) if nouns else item
    return item


def _hung(tokens: tuple[Token, ...], items: Sequence[_Item]) -> tuple[Token, ...]:
    """The items as conjuncts, each of the one before."""
    heads = [item.head for item in items]
    whole = _is_whole(tokens, heads) and not any(_is_parted(tokens, item) for item in items[1:])
    if whole or _explains(tokens, items):
        return tokens
    new = list(tokens)
    for before, item in zip(heads, items[1:], strict=False):
        at = item.head
        old = new[at]
        if old.dep == "conj" and old.head in heads:
            _gather(new, item)
            continue
        if old.is_root or (old.dep in _ARGUMENTS and new[heads[0]].dep not in _ARGUMENTS):
            _give_place(new, heads[0], at)
        new[at] = replace(new[at], dep="conj", head=before)
        _gather(new, item)
    if new[heads[0]].is_root and new[heads[0]].tag == "VBG":
        _as_a_noun(new, heads[0])
    mended = tuple(new)
    return mended if is_a_tree(mended) else tokens


def _gather(new: list[Token], item: _Item) -> None:
    """The words of an item hang from its noun."""
    for i in range(item.head + 1, item.end):
        if not item.start <= new[i].head < item.end:
            tag = "VBG" if new[i].text.endswith("ing") else new[i].tag
            new[i] = replace(new[i], tag=tag, dep="acl", head=item.head)
    for i in range(item.start, item.head):
        if new[i].dep in _PLACES or not item.start <= new[i].head < item.end:
            new[i] = _before_its_noun(new[i], item.head)


def _as_a_noun(new: list[Token], first: int) -> None:
    """Of "effects are vomiting, fever and rash" the verb is "are"."""
    be = next((t for t in new if t.head == first and t.dep == "aux" and t.lemma == "be"), None)
    if be is None or be.i > first:
        return
    for i, t in enumerate(new):
        if t.head == first and i != first and t.dep not in {"conj", "cc", "amod", "det"}:
            new[i] = replace(t, head=be.i)
    new[be.i] = replace(be, dep="ROOT", head=be.i)
    new[first] = replace(new[first], pos="NOUN", tag="NN", dep="attr", head=be.i)


def _before_its_noun(token: Token, noun: int) -> Token:
    """ "raised" of "rash and raised blood sugar" is no verb."""
    if token.tag in _PARTICIPLES:
        return replace(token, tag="VBN", dep="amod", head=noun)
    if token.tag.startswith("JJ") and token.dep in _PLACES:
        return replace(token, dep="amod", head=noun)  # "lymphoproliferative disorders"
    named = token.tag in _NOUN_TAGS
    return replace(token, dep="compound" if named else token.dep, head=noun)


def _give_place(new: list[Token], first: int, at: int) -> None:
    """The first item, or the verb that governs it, takes the place of a later one."""
    old, up = new[at], first
    for _ in new:  # what is mended so far may be no tree
        if new[up].dep in _ARGUMENTS | {"relcl"} or new[up].is_root or new[up].head == at:
            break
        up = new[up].head
    if new[up].dep in _ARGUMENTS and not new[up].is_root and new[up].head != at:
        up = new[up].head
    if up > at:
        return
    head = up if old.is_root else old.head
    new[up] = replace(new[up], dep=old.dep, head=head)
    for i, t in enumerate(new):
        if t.head == at and i != at and i < first and i != up:
            new[i] = replace(t, head=up)


def _is_whole(tokens: Sequence[Token], heads: Sequence[int]) -> bool:
    return all(tokens[h].dep == "conj" and tokens[h].head in heads for h in heads[1:])


def _is_parted(tokens: Sequence[Token], item: _Item) -> bool:
    """Whether "hair" and "loss" of "hair loss" are two of the list."""
    return any(t.dep in {"conj", "appos"} for t in tokens[item.start : item.head])


def _explains(tokens: Sequence[Token], items: Sequence[_Item]) -> bool:
    """ "PML, an infection, and death": the second says what the first is."""
    opens = [tokens[item.start].text.lower() in {"a", "an", "the"} for item in items]
    return len(items) == 3 and opens[1] and not opens[0] and tokens[items[1].head].dep == "appos"
