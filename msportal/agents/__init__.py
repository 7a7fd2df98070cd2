"""What agents are given: the reading room over the Model Context Protocol, read-only.

Every answer is put together of what the API answers to readers, asked in this process, so that
all walls of the site stand: no working model is reached from here.
"""
