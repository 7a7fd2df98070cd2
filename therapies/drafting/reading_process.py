"""A process that reads documents for another: ``python -m therapies.drafting.reading_process FD``.

It is handed the vocabulary, answers that it is there, and then answers each document with what was
read of it. It ends as soon as the other closes the connection or is gone. It sets up no framework,
so it cannot reach a database.
"""

import gc
import os
import sys
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

from therapies.drafting.inputs import Input
from therapies.drafting.reading import Read, read_one

__all__ = ["main"]

OFTEN = (20_000, 20, 20)
"""New objects, and rounds, after which cycles are looked for: names and model stay for the whole
run, and to walk them less often saves a twentieth of reading.
"""


def main(descriptor: int) -> None:
    """Serve until the connection closes."""
    gc.set_threshold(*OFTEN)
    other = Connection(descriptor)
    try:
        vocabulary = other.recv()
        waiting: SimpleQueue[Input] = SimpleQueue()
        # A thread takes what comes, so that the other never waits to hand over while we do.
        Thread(target=_take, args=(other, waiting), daemon=True).start()
        other.send(None)
        while True:
            found = waiting.get()
            try:
                done = read_one(found, vocabulary)
            except Exception as error:
                done = Read(
                    refusal=f"could not be read: the program failed on it ({error!r:.200}). Seed "
                    "this file alone to see where."
                )
            other.send(done)
    except (EOFError, OSError):
        pass  # nobody is there to answer


def _take(other: "Connection", waiting: "SimpleQueue[Input]") -> None:
    try:
        while True:
            waiting.put(other.recv())
    except (EOFError, OSError):
        os._exit(0)  # in the middle of a document too


if __name__ == "__main__":
    main(int(sys.argv[1]))
