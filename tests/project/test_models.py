"""Every model is known to be frozen, working, or folded from the log; a new one must say."""

from django.apps import apps

from editorial.models import record_classes
from publication import published
from publication.difference import Words
from publication.frozen import Frozen
from tests.journeys.test_canary import KINDS as PLANTED
from tests.project.imports import APPS
from therapies.differences import words_of
from therapies.pages.kinds import KINDS

# Inserted, then never changed or deleted.
FROZEN = {
    "editorial.DraftChange",
    "publication.Contribution",
    "editorial.Interests",
    "editorial.Judgement",
    "publication.Entry",
    "editorial.Reply",
    "editorial.ReviewEvent",
    "publication.Report",
    "publication.ReportOutcome",
    "sources.Document",
    "sources.DocumentFile",
    "sources.Passage",
}
# Edited by people, through forms and actions; proposals and sentences by the machine too.
WORKING = {
    "editorial.User",
    "sources.FieldReading",
    "sources.Source",
    "sources.Vouch",
    "therapies.Claim",
    "therapies.Evidence",
    "therapies.HandedIn",
    "therapies.Mechanism",
    "therapies.Proposal",
    "therapies.SeenSentence",
    "therapies.Synonym",
    "therapies.Therapy",
}
# Written with every step of review: the queue.
LISTED = {"editorial.InReview", "editorial.Need"}
# Folded from the log, and rebuilt from it at any time.
READ = {
    "publication.PublishedAddress",
    "publication.PublishedReference",
    "publication.PublishedSuccessor",
    "sources.PublishedSource",
    "therapies.PublishedClaim",
    "therapies.PublishedEvidence",
    "therapies.PublishedFacet",
    "therapies.PublishedMechanism",
    "therapies.PublishedTherapy",
}
# Folded beside them, so that readers find what is public.
FOUND = {"publication.Findable", "publication.KnownWord"}
# Moved by an append to the log alone, one step at a time.
KEPT = {"publication.LogHead"}
# Written when the read models are made anew alone.
BESIDE = {"publication.FoldedBy"}


def ours() -> set[str]:
    return {model._meta.label for app in APPS for model in apps.get_app_config(app).get_models()}


def test_every_model_is_in_one_list() -> None:
    lists = (FROZEN, WORKING, LISTED, READ, FOUND, KEPT, BESIDE)
    assert ours() == set().union(*lists)
    assert len(ours()) == sum(map(len, lists))


def test_every_kind_of_record_has_all_that_a_kind_has() -> None:
    """From its working model to its pages, in its own words; see docs/changing.md."""
    kinds = set(record_classes())
    assert kinds == set(published.tables()) == set(KINDS) == set(PLANTED)
    assert {type(words_of(kind, {})) for kind in kinds} & {Words} == set()
    for kind, table in published.tables().items():
        assert record_classes()[kind].plural == table.plural


def test_frozen_models_are_frozen_in_code() -> None:
    assert {label for label in ours() if issubclass(apps.get_model(label), Frozen)} == FROZEN
