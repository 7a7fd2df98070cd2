"""Sets of numbers in little room are what plain sets are."""

from hypothesis import given
from hypothesis import strategies as st

from publication.members import Among, bits, numbers, packed, size, with_one, without

ROOM = 1024
SOME = st.frozensets(st.integers(0, ROOM - 1), max_size=60)


def plain(members: int | tuple[int, ...]) -> set[int]:
    return set(numbers(bits(members)))


@given(SOME, st.integers(0, ROOM - 1))
def test_sets_hold_what_is_put_in_and_not_what_is_taken_out(held: frozenset[int], one: int) -> None:
    members = packed(held, ROOM)
    assert (plain(members), size(members)) == (held, len(held))
    if one in held:
        assert plain(without(members, one)) == held - {one}
    else:
        assert plain(with_one(members, one, ROOM)) == held | {one}


@given(SOME, SOME)
def test_what_two_sets_have_both_is_counted(held: frozenset[int], other: frozenset[int]) -> None:
    among = Among(bits(held), ROOM)
    assert among.both(packed(other, ROOM)) == among.both(bits(other)) == len(held & other)
    assert list(among.of(other)) == [one for one in other if one in held]


def test_many_are_one_long_number_and_few_are_not() -> None:
    assert isinstance(packed(range(100), ROOM), int)
    assert packed([700, 3], ROOM) == (700, 3)
