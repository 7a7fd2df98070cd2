"""Where a claim stands on its record's page."""

import pytest

from therapies.choices import Topic
from therapies.parts_of_page import PARTS, label_of, part_of


@pytest.mark.parametrize(
    ("topic", "text", "part"),
    [
        ("safety", "It may harm an unborn baby.", "pregnancy"),
        ("indication", "It is licensed for children from ten years.", "pregnancy"),
        ("indication", "It is for adults and children with relapsing disease.", "indication"),
        ("safety", "Do not use it in Child-Pugh class C liver disease.", "safety"),
        ("safety", "It is conceivable that it causes rash.", "safety"),
        ("administration", "Use effective contraception while you take it.", "pregnancy"),
        ("limitation", "Data in breast-feeding women are limited.", "pregnancy"),
        ("safety", "Foetal malformations were reported.", "pregnancy"),
        ("outcome", "Relapses fell, also in children.", "outcome"),
        ("safety", "Infections were common.", "safety"),
        ("safety", "The concept is new.", "safety"),
    ],
)
def test_pregnancy_and_the_young_have_a_part_of_their_own(topic: str, text: str, part: str) -> None:
    assert part_of("therapy", {"topic": topic, "text": text}) == part
    assert part_of("mechanism", {"topic": topic, "text": text}) == topic


def test_every_topic_but_the_summary_has_a_part() -> None:
    keys = {part.key for part in PARTS["therapy"]}
    assert set(Topic.values) - keys == {"summary"}


def test_topic_of_a_newer_content_is_told_as_it_stands() -> None:
    assert label_of("therapy", "cost") == "cost"
