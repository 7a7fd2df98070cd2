"""What language models are told of the site first (llmstxt.org): Markdown, with absolute links."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from therapies.pages.snapshot import Snapshot, public_page


@public_page
def llms(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """What the site is, how to cite it, what must not be left out, and where programs read it."""
    context = {"origin": request.build_absolute_uri("/").removesuffix("/")}
    return render(
        request,
        "site/llms.txt",
        context | snapshot.context(),
        content_type="text/plain; charset=utf-8",
    )
