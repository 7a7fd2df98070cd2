"""Every table of the ground, where Django looks for them."""

from publication.contributions import Contribution
from publication.entries import Entry, LogHead
from publication.published import PublishedAddress, PublishedSuccessor

__all__ = ["Contribution", "Entry", "LogHead", "PublishedAddress", "PublishedSuccessor"]
