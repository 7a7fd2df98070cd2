"""Parts of a template that are not made for each answer anew."""

import sys
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.safestring import SafeString

from publication.remembered import Remembered

register = template.Library()

_once: Remembered[SafeString] = Remembered(most=2_000_000)


@register.tag
def part(parser: Parser, token: Token) -> "Part":
    """``{% part name %}…{% endpart %}``: what is inside, made by ``page_parts`` of the context
    where there are any.
    """
    _, name = token.split_contents()
    return Part(name, _inside(parser, "endpart"))


@register.tag
def once(parser: Parser, token: Token) -> "Once":
    """``{% once name variable … %}…{% endonce %}``: what is inside, made once for the same values.
    It names no other variable, and nothing that is not the same while the process runs.
    """
    _, name, *variables = token.split_contents()
    wanted = [parser.compile_filter(variable) for variable in variables]
    return Once(name, wanted, _inside(parser, "endonce"))


def _inside(parser: Parser, end: str) -> NodeList:
    inside = parser.parse((end,))
    parser.delete_first_token()
    return inside


class Part(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        parts = context.get("page_parts")
        if parts is None:
            return self.nodelist.render(context)
        found: SafeString = parts.made(self.name, lambda: self.nodelist.render(context))
        return found


class Once(template.Node):
    def __init__(self, name: str, wanted: list[FilterExpression], nodelist: NodeList) -> None:
        self.name, self.wanted, self.nodelist = name, wanted, nodelist

    def render(self, context: Context) -> SafeString:
        if settings.DEBUG:  # somebody works on the templates
            return self.nodelist.render(context)
        values: list[Any] = [one.resolve(context, ignore_failures=True) for one in self.wanted]
        key = (self.name, get_script_prefix(), *map(str, values))
        found = _once.get(key)
        if found is not None:
            return found
        made = self.nodelist.render(context)
        return _once.keep(key, made, sys.getsizeof(made) + sum(map(len, map(str, values))))
