"""What becomes of BibTeX and RIS records: claims in plain words, quotes as they are written."""

from pathlib import Path

import pytest
from django.core.management import call_command

from sources.models import Source
from therapies.models import Claim, Evidence

pytestmark = pytest.mark.django_db

BIBTEX = r"""@article{lind2020,
  title = {Ocrelizumab in {M}ultiple sclerosis: a cohort of the {S}eas},
  author = {J{\o}rgen Lind and {SEA Study Group}},
  year = 2020,
  doi = {10.5555/(SICI)1234-5678(199808)17:15<1661::AID-X968>3.0.CO;2-2},
  abstract = {Ocrelizumab reduced \textbf{relapses} in 50\% of people with multiple
    sclerosis.}
}
"""
RIS = """TY  - BOOK
TI  - A handbook of drugs in multiple sclerosis and the sea
AU  - Suharto
PY  - 2015
AB  - Ocrelizumab reduced relapses in 50% of people with multiple sclerosis.
ER  -
"""


def test_claim_of_an_abstract_in_latex_is_read_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(BIBTEX, encoding="utf-8")
    (tmp_path / "b.ris").write_text(RIS, encoding="utf-8")
    call_command("seed", str(tmp_path))

    claim = Claim.objects.get()
    assert claim.text == "Ocrelizumab reduced relapses in 50% of people with multiple sclerosis."
    quotes = {e.passage.exact for e in Evidence.objects.select_related("passage")}
    assert quotes == {
        "Ocrelizumab reduced \\textbf{relapses} in 50\\% of people with multiple\n    sclerosis.",
        "Ocrelizumab reduced relapses in 50% of people with multiple sclerosis.",
    }
    article, book = Source.objects.order_by("-date")
    assert [author["family"] for author in article.authors] == ["Lind", "SEA Study Group"]
    assert article.title == "Ocrelizumab in Multiple sclerosis: a cohort of the Seas"
    assert article.doi == "10.5555/(sici)1234-5678(199808)17:15<1661::aid-x968>3.0.co;2-2"
    assert (book.kind, [author["family"] for author in book.authors]) == ("other", ["Suharto"])
    article.full_clean()
