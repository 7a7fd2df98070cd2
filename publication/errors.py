"""What the ground refuses; ``str()`` of each says what was wrong."""


class FrozenRow(Exception):
    """A row that never changes was to be changed or deleted."""


class UnknownAction(Exception):
    """The log was to take, or holds, an action that no published table folds."""
