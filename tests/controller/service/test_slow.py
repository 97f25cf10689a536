"""Slow work is done beside the doors, in order, told of once, and bounded (REL-6)."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.service.slow import (
    Done,
    Failed,
    SlowWorker,
    SlowWorkFull,
    SlowWorkStopped,
)

LONG_S = 10  # never waited for unless something is broken


@pytest.fixture
def told():
    return []


@pytest.fixture
def worker():
    worker = SlowWorker(capacity=3)
    yield worker
    worker.stop()


@pytest.fixture
def gate():
    """A job that holds the worker until the test lets it go."""

    class Gate:
        def __init__(self):
            self.begun = threading.Event()
            self.open = threading.Event()

        def __call__(self):
            self.begun.set()
            assert self.open.wait(LONG_S)
            return "through"

    gate = Gate()
    yield gate
    gate.open.set()


def test_a_job_is_done_by_a_step_and_its_result_told(worker, told):
    worker.submit(lambda: 6 * 7, told.append)
    assert told == []

    assert worker.step() is True
    assert told == [Done(42)]
    assert worker.step() is False


def test_what_a_job_raises_is_told_and_the_next_job_is_done(worker, told):
    error = ValueError("no such hash")

    def fail():
        raise error

    worker.submit(fail, told.append)
    worker.submit(lambda: "next", told.append)

    assert [worker.step(), worker.step()] == [True, True]
    assert told == [Failed(error), Done("next")]


def test_rel_6_beyond_its_capacity_work_is_refused_at_once(worker, told):
    """REL-6: a flood of sign-ins does not grow memory."""
    for n in range(3):
        worker.submit(lambda n=n: n, told.append)

    with pytest.raises(SlowWorkFull, match="3 jobs wait already") as caught:
        worker.submit(lambda: 3, told.append)

    assert (caught.value.code, bool(caught.value.remedy)) == ("busy", True)
    worker.step()
    worker.submit(lambda: 4, told.append)
    while worker.step():
        pass
    assert told == [Done(0), Done(1), Done(2), Done(4)]


def test_rel_6_the_thread_does_the_work_and_the_asker_goes_on(worker, gate, told):
    """REL-6: whoever submits waits for nothing."""
    finished = threading.Event()
    threads = []
    worker.start()

    worker.submit(gate, told.append)
    worker.submit(threading.current_thread, threads.append)
    worker.submit(lambda: None, lambda _: finished.set())

    assert gate.begun.wait(LONG_S)
    assert told == []
    gate.open.set()
    assert finished.wait(LONG_S)
    assert told == [Done("through")]
    assert threads[0].value.name == "slow"
    assert worker.is_healthy


def test_a_stop_ends_the_job_at_hand_and_tells_the_waiting_that_it_is_over(
    worker, gate, told
):
    worker.start()
    worker.submit(gate, told.append)
    worker.submit(lambda: "never", told.append)
    assert gate.begun.wait(LONG_S)

    assert worker.stop(timeout_s=0) is False
    (given_up,) = told
    assert isinstance(given_up.error, SlowWorkStopped)
    with pytest.raises(SlowWorkStopped):
        worker.submit(lambda: "late", told.append)

    gate.open.set()
    assert worker.stop(timeout_s=LONG_S) is True
    assert told[1:] == [Done("through")]


def test_an_idle_worker_stops_at_once(worker):
    worker.start()

    assert worker.stop(timeout_s=LONG_S) is True
    assert worker.is_healthy


@pytest.mark.filterwarnings(  # the thread is meant to die, and to be seen dead
    "ignore::pytest.PytestUnhandledThreadExceptionWarning"
)
def test_hw_8_a_thread_that_died_is_noticed(worker):
    """HW-8: the control loop stops feeding the watchdog, and systemd starts anew."""

    def broken(_):
        raise RuntimeError

    worker.start()
    worker.submit(lambda: None, broken)
    worker._thread.join(LONG_S)

    assert not worker.is_healthy


@given(st.lists(st.sampled_from(["good", "bad", "step", "stop"])))
def test_every_job_taken_is_told_of_exactly_once(calls):
    """Whatever is submitted, done and stopped, in whatever order."""
    worker = SlowWorker(capacity=3)
    taken, told = [], []

    def work(job, *, fails):
        if fails:
            raise ValueError(job)
        return job

    for job, call in enumerate(calls):
        match call:
            case "step":
                worker.step()
            case "stop":
                worker.stop()
            case _:
                try:
                    worker.submit(
                        lambda job=job, fails=call == "bad": work(job, fails=fails),
                        lambda result, job=job: told.append((job, result)),
                    )
                except (SlowWorkFull, SlowWorkStopped):
                    continue
                taken.append(job)
    while worker.step():
        pass

    assert [job for job, _ in told] == taken
    assert all(result.value == job for job, result in told if isinstance(result, Done))
