"""All that is public, as lines: what a release holds and what ``export/`` of the API streams.

Each line is what the API answers for one record, at one head of the log, whatever is appended
meanwhile; ``kinds`` is the table of what there is, ``records`` and ``entries`` make the lines,
``sheets`` makes of them tables for spreadsheets.
"""
