"""A release: a folder with all that is public, which proves itself without the site.

``writing`` writes it, ``manifest`` says what it holds, ``readme`` says it to people, and ``verify``
is the program in it that checks it; what lines there are is the table in ``msportal/exporting``.
"""
