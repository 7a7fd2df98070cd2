"""What the ground refuses; ``str()`` of each says what was wrong."""


class FrozenRow(Exception):
    """A row that never changes was to be changed or deleted."""


class LogError(Exception):
    """The log was to take, or holds, an entry that cannot be folded."""


class UnreadableEntry(LogError):
    """What an entry holds is no JSON object."""


class UnknownAction(LogError):
    """No published table folds this action."""


class UnfitText(LogError):
    """A note or a name holds what no output could show."""


class ForeignContent(LogError):
    """The content of an entry is another record's, or claims what is another record's."""


class NoSuccessor(LogError):
    """A record was to lead readers to one that they are not shown."""
