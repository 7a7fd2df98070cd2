"""A small release to look at, and what its verifier says."""

from pathlib import Path

from msportal.exporting.moment import Moment
from msportal.release import verify, writing
from publication import log, log_key, which_log
from publication.notes import Signer
from tests.building import claim, publish, source_with_text, therapy

ORIGIN = "https://msportal.example.org"
TEXT = "Open access\n\nSamplimab β-test\nlowered “relapses” by 12 % 🧬. It is given monthly.\n"
LOWERED = "Samplimab β-test\nlowered “relapses” by 12 % 🧬."


def open_source() -> None:
    """Beside the small base: a source whose text readers are shown, quoted over a line's end."""
    source = publish(source_with_text(TEXT, title="Open access", licence="CC-BY-4.0"))
    drug = therapy("Samplimab", synonyms=["=SUM(A1)"])
    claim(drug, LOWERED, source=source, topic="outcome", outcome="relapses")
    claim(drug, "It is given monthly.", source=source, topic="administration")
    publish(drug)


def release(folder: Path, *, signer: Signer | None = None, origin: str = ORIGIN) -> Path:
    """Of the database as it is."""
    head = log.head()
    moment = Moment(which_log.number_of(head), head, origin)
    writing.write(folder, moment, signer or log_key.signer(), lambda items, label, total: items)
    return folder


def verified(
    folder: Path, *, key: verify.Key | None = None, kept: verify.Kept | None = None
) -> list[str]:
    """The lines that the verifier prints, without those at the end."""
    said: list[str] = []
    found = verify.check(folder, key, kept, said.append)
    rest = said[: -1 if key else -2]
    assert bool(found) == bool(rest)
    return rest
