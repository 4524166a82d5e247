"""Work spread over the machine's cores by forked processes, which share what is in memory."""

import os
import threading
from collections.abc import Callable
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from ccmeet.errors import CcmeetError

T = TypeVar("T")


def cores() -> int:
    """How many processes may work side by side here: 1 where forking is not safe or not there."""
    # A forked child has one thread: a lock that another one held would stay shut for good.
    if "fork" not in get_all_start_methods() or threading.active_count() > 1:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(work: Callable[[int, int], T], shares: int) -> list[T]:
    """`work(share, shares)` for each share from 0 on, each in a process of its own, in order.

    What comes back is pickled, and so is an exception: the first share's that failed is raised.
    Raises CcmeetError where a process was killed from outside.
    """
    if shares == 1:
        return [work(0, 1)]
    context = get_context("fork")
    pipes = [context.Pipe(duplex=False) for _ in range(shares)]
    processes = [
        context.Process(target=_answer, args=(work, share, shares, sends), daemon=True)
        for share, (_, sends) in enumerate(pipes)
    ]
    try:
        for process in processes:
            process.start()
        answers = []
        for process, (receives, sends) in zip(processes, pipes, strict=True):
            sends.close()
            answers.append(receives.recv())
            process.join()
    except EOFError:
        raise CcmeetError(
            "a process of the build was ended from outside",
            hint="the machine may be short of memory: build again with fewer programs open",
        ) from None
    except BaseException:
        for process in processes:
            if process.is_alive():
                process.terminate()
        raise
    for failed in (error for _, error in answers if error is not None):
        raise failed
    return [answer for answer, _ in answers]


def _answer(work: Callable[[int, int], T], share: int, shares: int, sends: Connection) -> None:
    try:
        sends.send((work(share, shares), None))
    except KeyboardInterrupt:
        pass  # the parent was interrupted too, and says so
    except BaseException as error:
        sends.send((None, error))
