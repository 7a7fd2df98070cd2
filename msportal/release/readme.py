"""What a release says to people, in a file of its own."""

from textwrap import fill

from msportal.exporting.kinds import KINDS
from msportal.exporting.moment import Moment
from msportal.exporting.sheets import LIST
from publication import log
from publication.api.terms import LICENCE, LICENCE_COVERS, LICENCE_URL
from publication.notes import Verifier

_TEXT = """\
{title}

{origin}
The publication log {log} up to entry {seq}{at}
{hash}

Everything here was approved by editors of the site: each claim leads to the verbatim passages of
named sources that support it, to the people who checked that pair, and to the entry of the log that
made it public. “Approved” is the editors' decision about a text. “Licensed” is a regulator's
decision about a medicine. The one never means the other.

This says what named sources say. It is no medical advice, ranks nothing, and takes no account of
anybody's own case. It was true at the entry above: sources may have been retracted since.
{demonstration}
Files
{files}
  *.csv                 a selection of the same as tables, for people: UTF-8, RFC 4180; in
                        claims.csv a row is a claim and one of its passages. Lists are joined by
                        “{list}”; an apostrophe stands before what a spreadsheet would take for a
                        formula. What counts is the .ndjson.
  records.jsonld        all records as linked data: one JSON-LD document, a record a line
  *.lines.sha256        of each line of a file, its line feed with it, the SHA-256
  manifest.json         of each file size, rows, lines and SHA-256; canonical JSON (RFC 8785)
  manifest.note         the head of the log and the manifest's SHA-256, signed (C2SP signed-note)
  verify.py             checks all of it; Python 3.9 or newer, nothing else, no network

A line of an .ndjson is one JSON text: of a record or a claim what {origin}/api/v1/ answers for it
alone, without as_of and meta, in the order of the ids; of the log the texts of an entry as they are
stored, oldest first. Offsets of a passage count Unicode code points in the text of its document,
the end exclusive; the text is here where its licence lets us show it.

Checking it
  python verify.py --key NAME+ID+KEY

The key is the site's, as {origin}/api/v1/log/key/ answers and as you kept it from a day on which
you trusted the site. That of this release is
  {key}
and shows by itself only that nothing was damaged. With --head you give a head of the log that you
kept (SEQ:HASH, or a signed one): the log here has to hold it. Who would not trust this verify.py
takes one from elsewhere and gives it this folder.

Licence
{licence}
"""
_DEMONSTRATION = """
DEMONSTRATION: the log has approvals that were not made by clinicians. Each such record says so.
"""


def licence() -> str:
    """What the release says of its licence."""
    return f"{LICENCE}, {LICENCE_URL}\n{fill(LICENCE_COVERS, 100)}"


def readme(moment: Moment, at: str, verifier: Verifier) -> bytes:
    """The text, the same for the same log, origin and key."""
    title = "Reviewed knowledge about immunotherapy for multiple sclerosis"
    shown = {f"{kind.name}.ndjson": f"all of type {kind.type}" for kind in KINDS}
    return _TEXT.format(
        title=f"{title}\n{'=' * len(title)}",
        origin=moment.origin,
        log=verifier.name,
        seq=moment.seq,
        at=f" of {at}" if at else "",
        hash=moment.head.hash,
        demonstration=_DEMONSTRATION if log.has_demonstration() else "",
        files="\n".join(f"  {name:<22}{what}" for name, what in shown.items()),
        list=LIST,
        key=verifier,
        licence=licence(),
    ).encode()
