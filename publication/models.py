"""Every table of the ground, where Django looks for them."""

from publication.entries import Contribution, Entry, LogHead
from publication.published import PublishedAddress, PublishedSuccessor

__all__ = ["Contribution", "Entry", "LogHead", "PublishedAddress", "PublishedSuccessor"]
