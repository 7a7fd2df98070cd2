"""Answers to readers, kept for as long as they are true.

What is public is a function of the address and the log's head. So an answer that was made once is
given again, without Django, until the head moves: ``heads`` asks for the head before each answer,
``front`` stands before Django and decides, ``key`` says what an answer may depend on, ``answer``
is what is kept, and ``asking`` has Django make one.
"""
