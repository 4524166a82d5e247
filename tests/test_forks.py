"""Forked work: answers in order, errors as they were, one process where forking is not safe."""

import os
import threading

import pytest

from ccmeet.errors import CcmeetError, ContentError, Problem
from ccmeet.forks import cores, spread


def test_answers_come_in_order_from_processes_of_their_own() -> None:
    answers = spread(lambda share, shares: (share, shares, os.getpid()), 3)
    assert [answer[:2] for answer in answers] == [(0, 3), (1, 3), (2, 3)]
    assert len({pid for *_, pid in answers} | {os.getpid()}) == 4
    assert spread(lambda share, shares: os.getpid(), 1) == [os.getpid()]


def test_an_error_comes_back_with_its_problems() -> None:
    def work(share: int, shares: int) -> None:
        if share:
            raise ContentError(Problem("error", "broken", "a.yaml", 3))

    with pytest.raises(ContentError) as caught:
        spread(work, 2)
    assert caught.value.problems == (Problem("error", "broken", "a.yaml", 3),)


def test_a_killed_process_is_told() -> None:
    with pytest.raises(CcmeetError, match="ended from outside"):
        spread(lambda share, shares: os._exit(9), 2)


def test_beside_a_thread_there_is_no_forking() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert cores() == 1
    finally:
        stop.set()
        thread.join()
