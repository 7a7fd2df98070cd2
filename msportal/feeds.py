"""The newest entries of the log as an Atom feed (RFC 4287)."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, get_tag_uri

from publication import log
from publication.glyphs import in_text
from therapies.pages.log_lines import Line, line
from therapies.pages.snapshot import Snapshot, public_page

NEWEST = 50


@public_page
def changes_atom(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    address = request.build_absolute_uri
    feed = Atom1Feed(
        title="msportal: changes",
        link=address(reverse("changes")),
        description="What was approved, withdrawn or marked, newest first.",
        language="en",
        feed_url=address(reverse("changes-atom")),
        feed_guid=address(reverse("changes-atom")),
    )
    for entry in log.stretch(0, snapshot.seq).order_by("-seq")[:NEWEST]:
        row = line(entry)
        feed.add_item(
            title=in_text(f"{row.name}: {row.what}"),
            link=address(row.url),
            description=in_text(_summary(row)),
            unique_id=get_tag_uri(address(reverse("changes")) + str(row.seq), row.at),
            pubdate=row.at,
            updateddate=row.at,
            author_name=in_text(row.by),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _summary(row: Line) -> str:
    warning = " Demonstration: not a clinician's approval." if row.demonstration else ""
    return f"{row.record_type.capitalize()} {row.name}: {row.what} by {row.by}. {row.note}{warning}"
