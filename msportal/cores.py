"""Keeps each process of the server to one core, where there are as many processes as cores.

The thread that takes a request in and the one that answers it wake each other each time, which over
two cores costs a quarter more than on one; and of a process's threads, Python runs one at a time.
Where cores are left over, other programs may have chosen the same ones, so the kernel decides.
"""

import fcntl
import os
from contextlib import suppress


class Cores:
    """Made before the fork; each process then takes its own.

    A core is held by a lock on one byte of a file without a name (memfd_create(2), fcntl(2)): that
    of a process which ended is free for the one that takes its place.
    """

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self._places = os.memfd_create("cores") if hasattr(os, "memfd_create") else None

    def take_one(self) -> None:
        """Keep this process to a core from now on, and the threads that it starts later."""
        if self._places is None:  # not on Linux
            return
        cores = sorted(os.sched_getaffinity(0))
        if not 1 < len(cores) <= self.processes:
            return
        for place in range(self.processes):
            with suppress(OSError):  # another's; or one may not choose here
                fcntl.lockf(self._places, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
                os.sched_setaffinity(0, {cores[place % len(cores)]})
                return
