"""What is streamed is made after the middleware is done, and is to be made as within it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from django.http import HttpResponseBase, StreamingHttpResponse


class _Within:
    """Each step is taken inside a context of its own."""

    def __init__(
        self, parts: Iterator[bytes], context: Callable[[], AbstractContextManager[object]]
    ) -> None:
        self._parts, self._context = parts, context

    def __iter__(self) -> "_Within":
        return self

    def __next__(self) -> bytes:
        with self._context():
            return next(self._parts)


def within(
    answer: HttpResponseBase, context: Callable[[], AbstractContextManager[object]]
) -> HttpResponseBase:
    """The answer; of one that is streamed, each part is made inside such a context."""
    if isinstance(answer, StreamingHttpResponse) and not answer.is_async:
        answer.streaming_content = _Within(iter(answer), context)
    return answer
