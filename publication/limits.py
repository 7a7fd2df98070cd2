"""How much may come in and be shown: every limit of what people type, in one place, and of texts
that readers are shown whole.

Lengths are code points. What a document holds is limited where it is read (``extraction``).
"""

NAME = 200
"""Of a record, a brand, a synonym, a class."""
PERSON = 300
"""Of a person, first and last name."""
STATEMENT = 2_000
"""A claim's text, and why it stands."""
NOTE = 4_000
"""The reason of a decision or a judgement."""
REPORT = 2_000
"""What a reader writes of a problem."""
QUOTE = 3_000
"""A pasted quote: a passage is a statement's support, not a chapter."""
ABSTRACT = 10_000
"""A work's abstract, and the quote that it is read from."""
TEXTS = 400_000
"""The texts of a source that readers are shown, all together: they stand in one content."""
LINE = 500
"""One line of a list: an author, an affiliation, a related document."""
LINES = 2_000
"""Lines of a list; a work may have a thousand authors."""
LIST = 200_000
"""A list as it is typed, all its lines together."""
COUNT = 1_000_000_000
"""A number that is typed: pages, citations. Both databases keep it."""
DIGITS = 18
"""Of a number in an address or a form that stands for a row: the largest key has nineteen."""
MARKS = 4
"""Combining marks on one letter (UTS 39, section 5.4)."""
