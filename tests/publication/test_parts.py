"""What a template makes once, and the parts that a view has at hand."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

ENGINE = Engine(libraries={"parts": "publication.templatetags.parts"}, autoescape=True)


def rendered(source: str, **context: object) -> str:
    return ENGINE.from_string("{% load parts %}" + source).render(Context(context))


def test_once_is_made_once_for_the_same_values() -> None:
    source = "{% once test_once_is_made a b.c %}{{ a }}{{ other }}{% endonce %}"
    assert rendered(source, a="<", b={"c": 1}, other=1) == "&lt;1"
    assert rendered(source, a="<", b={"c": 1}, other=2) == "&lt;1"
    assert rendered(source, a="<", b={"c": 2}, other=3) == "&lt;3"
    assert rendered(source, a="<", other=4) == "&lt;4"


def test_once_is_made_anew_while_somebody_works_on_templates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Not by override_settings, after which Django makes engines that let unknown variables pass.
    monkeypatch.setattr(settings, "DEBUG", True)
    source = "{% once test_once_in_debug %}{{ other }}{% endonce %}"
    assert [rendered(source, other=number) for number in (1, 2)] == ["1", "2"]


class Parts:
    def made(self, name: str, make: Callable[[], SafeString]) -> SafeString:
        return mark_safe("<b>") if name == "known" else make()


@pytest.mark.parametrize(("parts", "shown"), [(None, "1 2"), (Parts(), "<b> 2")])
def test_part_is_made_by_whoever_has_parts(parts: Parts | None, shown: str) -> None:
    source = "{% part known %}1{% endpart %} {% part other %}{{ two }}{% endpart %}"
    assert rendered(source, page_parts=parts, two=2) == shown
