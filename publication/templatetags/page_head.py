"""What a page is called and is about: filled in once, said in several places of its head."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.tag
def page_head(parser: Parser, token: Token) -> "PageHead":
    """``{% page_head %}title{% about %}description{% head %}…{% endpage_head %}``.

    The last part may say ``{{ title }}`` and ``{{ description }}`` as often as it likes; a block
    of a template can stand in one place alone.
    """
    parts = []
    for end in ("about", "head", "endpage_head"):
        parts.append(parser.parse((end,)))
        parser.delete_first_token()
    return PageHead(*parts)


class PageHead(template.Node):
    child_nodelists = ("title", "description", "head")
    """So that the blocks within are found by the templates that fill them."""

    def __init__(self, title: NodeList, description: NodeList, head: NodeList) -> None:
        self.title, self.description, self.head = title, description, head

    def render(self, context: Context) -> SafeString:
        # What the two parts gave is escaped already.
        title = mark_safe(self.title.render(context).strip())  # noqa: S308
        description = mark_safe(self.description.render(context).strip())  # noqa: S308
        with context.push(title=title, description=description):
            return self.head.render(context)
