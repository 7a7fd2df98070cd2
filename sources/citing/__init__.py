"""Citations: a work or a page as one CSL-JSON item, and what is written of it.

``items`` makes the item; ``bibtex``, ``ris``, ``csl`` and ``formatted`` write it. Nothing is in a
citation that the work, or the log, does not state.
"""
