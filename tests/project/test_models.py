"""Every model is known to be frozen, working, or folded from the log; a new one must say."""

from django.apps import apps

from editorial.frozen import Frozen
from tests.project.layers import APPS

# Inserted, then never changed or deleted.
FROZEN: set[str] = set()
# Edited by people, through forms and actions.
WORKING: set[str] = set()
# Rebuilt from the log at any time.
READ: set[str] = set()
# Kept by the machinery, with rules of its own.
KEPT: set[str] = set()


def ours() -> set[str]:
    return {model._meta.label for app in APPS for model in apps.get_app_config(app).get_models()}


def test_every_model_is_in_one_list() -> None:
    assert ours() == FROZEN | WORKING | READ | KEPT
    assert len(ours()) == len(FROZEN) + len(WORKING) + len(READ) + len(KEPT)


def test_frozen_models_are_frozen_in_code() -> None:
    assert {label for label in ours() if issubclass(apps.get_model(label), Frozen)} == FROZEN
