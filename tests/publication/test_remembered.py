"""What a process remembers: exactly what was kept, within its bound, by any number of threads."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

from publication.remembered import Remembered


def test_what_is_kept_is_found_again() -> None:
    store = Remembered[str](most=10)
    assert store.get(("a", 1)) is None
    assert store.keep(("a", 1), "one", 3) == "one"
    assert store.get(("a", 1)) == "one"
    assert store.get(("a", 2)) is None


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    store = Remembered[str](most=9)
    for key in "abc":
        store.keep(key, key.upper(), 3)
    store.get("a")
    store.keep("d", "D", 3)
    assert [store.get(key) for key in "abcd"] == ["A", None, "C", "D"]
    assert len(store) == 3


def test_what_is_too_large_alone_is_handed_back_and_drives_nothing_out() -> None:
    store = Remembered[str](most=9)
    store.keep("a", "A", 9)
    assert store.keep("b", "B", 10) == "B"
    assert (store.get("a"), store.get("b"), len(store)) == ("A", None, 1)


def test_keeping_again_counts_once() -> None:
    store = Remembered[str](most=9)
    store.keep("a", "A", 3)
    for _ in range(5):
        store.keep("b", "B", 6)
    assert (store.get("a"), store.get("b"), len(store)) == ("A", "B", 2)


def test_nothing_is_kept_where_nothing_may_be() -> None:
    store = Remembered[str](most=0)
    assert store.keep("a", "A", 1) == "A"
    assert (store.get("a"), len(store)) == (None, 0)


def test_threads_find_what_belongs_to_the_key_and_the_bound_holds() -> None:
    store = Remembered[int](most=50)

    def use(seed: int) -> bool:
        random = Random(seed)
        for _ in range(2_000):
            key = random.randrange(100)
            if store.get(key) not in (None, key) or store.keep(key, key, key % 7 + 1) != key:
                return False
        return len(store) <= 50

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use, range(8)))
    assert 0 < len(store) <= 50
