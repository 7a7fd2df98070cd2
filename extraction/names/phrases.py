"""Mechanism phrases: what acts how on what, read from a verb or noun of an effect and a target.

"selectively deplete B cells", "B-cell depletion", "modulation of the expression of cytokines",
"target effector T cells, regulatory cells and B cells" (one mention for each target).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extraction.names.grammar import (
    ASTRAY,
    AUXILIARIES,
    BEARING,
    BEFORE_NOUN,
    LOSS,
    PREPOSITIONS,
    STOPS,
    Grammar,
    Verb,
    grammar_of,
)
from extraction.names.tokens import TOKEN
from extraction.names.vocabulary import Effect, Target
from extraction.types import Mention
from publication.folding import Aligned

__all__ = ["grammar_of", "mechanism_phrases"]

_GAP = 7
"""Words between an effect and its target at most."""
_NEXT_GAP = 4
_VERBS = 3
"""Verbs that may share a target."""
_LESSENING = frozenset({"depletes", "reduces", "blocks", "suppresses", "damages", "sequesters"})
_VERBAL = frozenset({"base", "s", "ing", "ed"})


@dataclass(frozen=True, slots=True)
class _Act:
    """An effect in the text; positions count words of the stretch."""

    begin: int
    end: int
    verb: Verb


@dataclass(frozen=True, slots=True)
class _Thing:
    """A target in the text."""

    begin: int
    end: int
    target: Target


@dataclass(slots=True)
class _Stretch:
    words: list[str]
    acts: dict[int, _Act]
    """By where they begin."""
    things: dict[int, _Thing]
    ending: dict[int, _Thing]
    """Targets by where they end."""
    nouns: set[str]


def mechanism_phrases(
    page: Aligned, window: tuple[int, int], grammar: Grammar
) -> Iterator[Mention]:
    """Mentions of mechanisms in one stretch of folded text."""
    tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(page.text, *window)]
    stretch = _read([word for word, _, _ in tokens], grammar)
    said: set[tuple[int, int, str]] = set()
    for begin, end, effect, target in _pairs(stretch, grammar):
        name = _name(grammar, effect, target)
        if name and (begin, end, name) not in said:
            said.add((begin, end, name))
            start, stop = page.start(tokens[begin][1]), page.end(tokens[end - 1][2])
            yield Mention("mechanism", name, start, stop)


def _name(grammar: Grammar, effect: Effect, target: Target) -> str:
    if target.effects and effect.code not in target.effects:
        return ""
    return grammar.vocabulary.mechanism_name(effect, target)


def _read(words: list[str], grammar: Grammar) -> _Stretch:
    """Effects and targets of a stretch, each the longest from its first word."""
    stretch = _Stretch(words, {}, {}, {}, grammar.nouns)
    targets, effects = grammar.targets.after, grammar.effects.after
    position = 0
    head = ""
    while position < len(words):
        word = words[position]
        thing = grammar.targets.longest(words, position) if word in targets else None
        if thing is None and head and words[position + 1 : position + 2] == ["ones"]:
            named = grammar.targets.longest([words[position], head], 0)
            thing = (position + 2, named[1]) if named and named[0] == 2 else None
        if thing is not None:
            found = _Thing(position, thing[0], thing[1])
            stretch.things[position] = stretch.ending[thing[0]] = found
            head = words[thing[0] - 1]
        act = grammar.effects.longest(words, position) if word in effects else None
        if act is not None and (thing is None or act[0] > thing[0]):
            stretch.acts[position] = _Act(position, act[0], act[1])
            position = act[0]
        else:
            position = thing[0] if thing is not None else position + 1
    return stretch


def _pairs(stretch: _Stretch, grammar: Grammar) -> Iterator[tuple[int, int, Effect, Target]]:
    governed: set[int] = set()
    for act in stretch.acts.values():
        act = _turned(stretch, act, grammar)
        if act.begin in governed and act.verb.effect.code == "activates":
            continue
        if act.begin not in governed:
            yield from _before(stretch, act)
        first = _reached(stretch, act)
        if first is None:
            yield from _as_target(stretch, act)
            continue
        begin, end = act.begin, _process_end(stretch, first)
        if begin > 0 and stretch.words[begin - 1].endswith("ly"):
            begin -= 1
        if end > first.end:
            governed.add(first.end)
        effect = _on_activation(stretch, act, first, end, grammar)
        if effect != act.verb.effect:
            governed.update(a.begin for a in _activations(stretch, act.end, first.begin))
        yield begin, end, effect, first.target
        for thing in _listed(stretch, first):
            yield thing.begin, thing.end, act.verb.effect, thing.target


def _on_activation(
    stretch: _Stretch, act: _Act, thing: _Thing, end: int, grammar: Grammar
) -> Effect:
    """What lessens the activation of cells inhibits them; it does not make them fewer."""
    after = stretch.acts.get(thing.end) if end > thing.end else None
    activation = any(_activations(stretch, act.end, thing.begin)) or (
        after is not None and after.verb.effect.code == "activates"
    )
    lessens = act.verb.effect.code in {"reduces", "suppresses"}
    return grammar.inhibition if activation and lessens and grammar.inhibition else act.verb.effect


def _activations(stretch: _Stretch, begin: int, end: int) -> Iterator[_Act]:
    """The nouns for an activation between two words: "reduces the activation of B cells"."""
    for position in range(begin, end):
        act = stretch.acts.get(position)
        if act is not None and act.verb.form == "noun" and act.verb.effect.code == "activates":
            yield act


def _process_end(stretch: _Stretch, thing: _Thing) -> int:
    """Where "T-cell activation" ends when it is itself acted on: "inhibits T-cell activation"."""
    act = stretch.acts.get(thing.end)
    if act is None or act.verb.form != "noun" or act.end - act.begin > 1:
        return thing.end
    return act.end


def _turned(stretch: _Stretch, act: _Act, grammar: Grammar) -> _Act:
    """What is done mistakenly, the disease does."""
    if act.begin and stretch.words[act.begin - 1] in ASTRAY and grammar.harm is not None:
        return replace(act, verb=replace(act.verb, effect=grammar.harm))
    return act


def _reached(stretch: _Stretch, act: _Act) -> _Thing | None:
    """The target that an effect governs, after it."""
    position = act.end
    if _as_noun(stretch, act):
        if act.verb.form in {"base", "s"} and not _known_noun(stretch, act):
            return None
        link = stretch.words[position - 1] if act.end - act.begin > 1 else ""
        if link not in PREPOSITIONS:
            if stretch.words[position : position + 1] and (stretch.words[position] in PREPOSITIONS):
                position += 1
            else:
                return None
    elif not _active(stretch, act):
        return None
    return _thing_from(stretch, position, _GAP)


def _as_noun(stretch: _Stretch, act: _Act) -> bool:
    """Whether the words around make a noun of it: "a shift in", "the targeting of"."""
    if act.verb.form in {"noun", "ed"}:
        return act.verb.form == "noun"
    before = stretch.words[act.begin - 1] if act.begin else ""
    after = stretch.words[act.end] if act.end < len(stretch.words) else ""
    if act.verb.form == "ing":
        return after == "of"
    return before in BEFORE_NOUN or after in {"of", "in", "between"}


def _known_noun(stretch: _Stretch, act: _Act) -> bool:
    return " ".join(stretch.words[act.begin : act.end]) in stretch.nouns


def _active(stretch: _Stretch, act: _Act) -> bool:
    """Whether a verb says what is done: not "prevents it from entering", "with reduced ..."."""
    before = stretch.words[act.begin - 1] if act.begin else ""
    if act.verb.form == "ing":
        return before != "from"
    if act.verb.form != "ed":
        return True
    if not before or act.verb.effect.code == "activates":
        return False
    return before not in BEFORE_NOUN | PREPOSITIONS | AUXILIARIES | {"and", "or", ",", "with"}


def _thing_from(stretch: _Stretch, position: int, gap: int, verbs: int = _VERBS) -> _Thing | None:
    """The first target from ``position`` on that nothing stands in the way of."""
    for step in range(position, min(position + gap + 1, len(stretch.words))):
        thing = stretch.things.get(step)
        describes = thing and not BEARING.isdisjoint(stretch.words[thing.end : thing.end + 1])
        if thing is not None and not describes:
            return None if _is_lost(stretch, thing) else thing
        word = stretch.words[step]
        if word in STOPS or word in LOSS:
            return None
        act = stretch.acts.get(step)
        if act is None:
            continue
        if act.verb.form == "noun" and act.verb.effect.code in _LESSENING:
            return None  # "inhibits the depletion of B cells"
        if verbs > 1 and _joined(stretch, position, act):
            return _thing_from(stretch, act.end, gap, verbs - 1)
        if act.verb.form != "ed" and not _as_noun(stretch, act):
            return None
    return None


def _is_lost(stretch: _Stretch, thing: _Thing) -> bool:
    """Whether only its loss is spoken of: "reduces neuronal cell death"."""
    behind = stretch.words[thing.end : thing.end + 2]
    return not LOSS.isdisjoint(behind[1:] if behind[:1] in (["cell"], ["cells"]) else behind[:1])


def _joined(stretch: _Stretch, position: int, act: _Act) -> bool:
    """Whether a second verb shares the target: "modulate or reset the immune system"."""
    between = stretch.words[position : act.begin]
    return (
        act.verb.form in _VERBAL
        and between[:1] in (["or"], ["and"])
        and all(word.endswith("ly") or word in {"or", "and"} for word in between)
    )


def _listed(stretch: _Stretch, thing: _Thing) -> Iterator[_Thing]:
    """Further targets in the same list: ", regulatory cells, B cells and cell trafficking"."""
    while True:
        position = thing.end
        while position < len(stretch.words) and stretch.words[position] in {",", "and", "or"}:
            position += 1
        if stretch.words[position : position + 3] == ["as", "well", "as"]:
            position += 3
        if position == thing.end:
            return
        following = _plain_thing_from(stretch, position)
        if following is None:
            return
        thing = following
        yield thing


def _plain_thing_from(stretch: _Stretch, position: int) -> _Thing | None:
    for step in range(position, min(position + _NEXT_GAP, len(stretch.words))):
        if step in stretch.things:
            thing = stretch.things[step]
            after = stretch.words[thing.end] if thing.end < len(stretch.words) else ""
            return None if after in AUXILIARIES or thing.end in stretch.acts else thing
        if step in stretch.acts or stretch.words[step] in STOPS:
            return None
    return None


def _before(stretch: _Stretch, act: _Act) -> Iterator[tuple[int, int, Effect, Target]]:
    """The target before its effect: "B-cell depletion", "B cells are depleted"."""
    one_word = act.end - act.begin == 1
    if one_word and act.verb.form in {"noun", "ing"} and act.begin in stretch.ending:
        thing = stretch.ending[act.begin]
        yield thing.begin, act.end, act.verb.effect, thing.target
    if act.verb.form == "ed":
        position = act.begin
        while position > 0 and (
            stretch.words[position - 1].endswith("ly") or stretch.words[position - 1] == "not"
        ):
            position -= 1
        while position > 0 and stretch.words[position - 1] in AUXILIARIES:
            position -= 1
        if position < act.begin and position in stretch.ending:
            thing = stretch.ending[position]
            yield thing.begin, act.end, act.verb.effect, thing.target


def _as_target(stretch: _Stretch, act: _Act) -> Iterator[tuple[int, int, Effect, Target]]:
    """What is called a target: "cytokines as possible therapeutic targets"."""
    if act.verb.effect.code != "targets" or act.verb.form not in {"base", "s"}:
        return
    position = act.begin
    while position > 0 and stretch.words[position - 1] in BEFORE_NOUN - {"as"}:
        position -= 1
    linked = position > 0 and stretch.words[position - 1] in AUXILIARIES | {"as"}
    if linked and position - 1 in stretch.ending:
        thing = stretch.ending[position - 1]
        yield thing.begin, act.end, act.verb.effect, thing.target
