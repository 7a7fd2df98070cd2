"""The memory of a process: bounded, the longest unused go first, safe among threads."""

from concurrent.futures import ThreadPoolExecutor

from publication.remembered import Remembered


def test_what_was_kept_is_found_by_its_key_alone() -> None:
    memory: Remembered[str] = Remembered(most=100)
    assert memory.get(("a", 1)) is None
    assert memory.keep(("a", 1), "made", 4) == "made"
    assert memory.get(("a", 1)) == "made"
    assert memory.get(("a", 2)) is None


def test_what_nobody_asked_for_the_longest_goes_first() -> None:
    memory: Remembered[str] = Remembered(most=10)
    for key in "abc":
        memory.keep(key, key, 3)
    memory.get("a")
    memory.keep("d", "d", 3)
    assert [memory.get(key) for key in "abcd"] == ["a", None, "c", "d"]


def test_what_is_larger_than_all_may_be_is_given_and_not_kept() -> None:
    memory: Remembered[str] = Remembered(most=10)
    memory.keep("small", "small", 10)
    assert memory.keep("large", "large", 11) == "large"
    assert memory.get("large") is None
    assert memory.get("small") == "small"
    assert Remembered[str](most=0).keep("any", "any", 1) == "any"


def test_what_is_kept_again_counts_once() -> None:
    memory: Remembered[str] = Remembered(most=10)
    for size in (9, 4, 5):
        memory.keep("a", f"of {size}", size)
    memory.keep("b", "b", 5)
    assert (memory.get("a"), memory.get("b"), len(memory)) == ("of 5", "b", 2)


def test_threads_share_it() -> None:
    memory: Remembered[int] = Remembered(most=50)

    def use(number: int) -> bool:
        found = memory.get(number % 80)
        if found is None:
            found = memory.keep(number % 80, number % 80, 1)
        return found == number % 80

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use, range(4_000)))
    assert len(memory) == 50
