"""What is kept is bounded, and what was not asked for goes first."""

from publication.remembered import Remembered


def test_values_are_kept_by_their_keys() -> None:
    kept: Remembered[str] = Remembered(most=10)
    assert kept.get("a") is None
    assert kept.keep("a", "one", 4) == "one"
    assert (kept.get("a"), len(kept)) == ("one", 1)


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    kept: Remembered[str] = Remembered(most=10)
    for key in "abc":
        kept.keep(key, key, 3)
    kept.get("a")
    kept.keep("d", "d", 3)
    assert [kept.get(key) for key in "abcd"] == ["a", None, "c", "d"]


def test_another_value_of_a_key_takes_the_place_of_the_first() -> None:
    kept: Remembered[str] = Remembered(most=10)
    for value in ("one", "two"):
        kept.keep("a", value, 6)
    assert (kept.get("a"), len(kept)) == ("two", 1)


def test_what_is_larger_than_all_room_is_not_kept() -> None:
    kept: Remembered[str] = Remembered(most=10)
    kept.keep("a", "a", 5)
    assert kept.keep("b", "b", 11) == "b"
    assert (kept.get("a"), kept.get("b")) == ("a", None)
