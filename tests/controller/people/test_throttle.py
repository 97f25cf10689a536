"""Guessing gets slow, and people who mistype do not (ACC-5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.people.records import Throttle
from controller.people.throttle import (
    DAY_S,
    PERSON,
    PLACE,
    SECOND_US,
    Charge,
    charged,
    fresh,
    rebased,
    taken_back,
    wait_s,
)

START_US = 1_795_422_300 * SECOND_US  # any moment of any school day
DAY_US = DAY_S * SECOND_US

ladders = st.sampled_from([PERSON, PLACE])
moments = st.integers(0, 4_000_000_000 * SECOND_US)
counts = st.integers(0, 16) | st.integers(0, 10**6)
rows = st.builds(Throttle, st.just("pin:c1"), counts, moments)


def failures(count, *, ladder=PERSON, row=None, now_us=START_US):
    """The row after ``count`` failures, each as soon as it may be, and that moment."""
    row = row or fresh("pin:c1")
    for _ in range(count):
        now_us += round(wait_s(row, now_us, ladder) * SECOND_US)
        row = charged(row, now_us, ladder)
    return row, now_us


def right(row, now_us):
    """The row of a place after one right secret: charged, tried, taken back."""
    after = charged(row, now_us, PLACE)
    return taken_back(after, Charge(row, after), PLACE)


def guesses(ladder, *, days):
    """How many guesses a patient attacker has within so many days."""
    row, now_us, count = fresh("pin:c1"), START_US, 0
    while now_us < START_US + days * DAY_US:
        row = charged(row, now_us, ladder)
        now_us += round(wait_s(row, now_us, ladder) * SECOND_US)
        count += 1
    return count


def test_acc_5_cus_8_two_failures_are_free_and_then_each_costs_more():
    """ACC-5 CUS-8: mistyping twice is nothing; after a third everybody waits."""
    waits = [wait_s(*failures(n)) for n in range(11)]

    assert waits == [0, 0, 0, 5, 15, 60, 300, 900, 900, 900, 900]


def test_acc_5_a_reader_that_many_share_is_patient_for_longer():
    """ACC-5: throttled per reader too, without stopping a class from going home."""
    waits = [wait_s(*failures(n, ladder=PLACE), PLACE) for n in range(10, 16)]

    assert waits == [0, 5, 15, 60, 300, 300]


def test_acc_5_a_day_of_guessing_at_one_card_is_about_a_hundred_tries():
    """ACC-5: against a million PINs of six digits."""
    assert guesses(PERSON, days=1) == 102
    assert guesses(PERSON, days=7) / 1_000_000 < 0.001


def test_acc_5_failures_are_forgotten_after_a_day_and_not_before():
    """ACC-5: eight quick tries and a day's rest are fewer than going on."""
    row, now_us = failures(8)

    assert wait_s(row, now_us + DAY_US - 1) == 0
    assert failures(1, row=row, now_us=now_us + DAY_US - 1)[0].failures == 9
    assert failures(1, row=row, now_us=now_us + DAY_US)[0].failures == 1


@pytest.mark.parametrize("ladder", [PERSON, PLACE])
def test_acc_5_sitting_out_the_longest_wait_forgets_nothing(ladder):
    """ACC-5: or every round would begin with free guesses."""
    row, _ = failures(100, ladder=ladder)

    assert row.failures == 100
    assert ladder.forget_s > ladder.delays_s[-1]


@given(st.none() | rows, moments, ladders)
def test_a_wait_is_never_negative_and_never_longer_than_the_longest(
    row, now_us, ladder
):
    assert 0 <= wait_s(row, now_us, ladder) <= ladder.delays_s[-1]


@given(rows, moments, st.integers(0, DAY_US), ladders)
def test_a_wait_only_gets_shorter_as_time_goes_on(row, now_us, later_us, ladder):
    assert wait_s(row, now_us + later_us, ladder) <= wait_s(row, now_us, ladder)


@given(rows, moments, ladders)
def test_when_the_wait_is_over_the_next_attempt_may_be_tried(row, now_us, ladder):
    row = charged(row, now_us, ladder)
    over_us = now_us + round(wait_s(row, now_us, ladder) * SECOND_US)

    assert wait_s(row, over_us, ladder) == 0
    assert over_us == now_us or wait_s(row, over_us - 1, ladder) > 0


@given(rows, moments, ladders)
def test_one_more_failure_never_shortens_the_wait(row, now_us, ladder):
    after = charged(row, now_us, ladder)

    assert wait_s(after, now_us, ladder) >= wait_s(row, now_us, ladder)


@given(rows, moments)
def test_acc_5_the_right_secret_forgives_a_person_everything(row, now_us):
    """ACC-5: whoever knows it is no guesser."""
    after = charged(row, now_us)

    assert taken_back(after, Charge(row, after)) == fresh(row.key)


@given(rows.filter(lambda row: row.failures), st.lists(st.booleans(), max_size=30))
def test_acc_5_a_guesser_with_a_card_of_his_own_cannot_clear_the_reader(row, tries):
    """ACC-5: each guess (False) counts, however many right PINs (True) lie between."""
    now_us, kept = row.until, row
    for was_right in tries:
        kept = right(kept, now_us) if was_right else charged(kept, now_us, PLACE)

    wrong = tries.count(False)
    assert kept.failures == row.failures + wrong
    if wrong:
        assert kept.until == now_us + PLACE.delay_us(row.failures + wrong)


@given(st.integers(0, 5), moments)
def test_right_secrets_alone_leave_a_place_as_fresh_as_it_was(count, now_us):
    row = fresh("pin-at:front")
    for _ in range(count):
        row = right(row, now_us)

    assert row == fresh("pin-at:front")


@given(rows, st.lists(st.integers(0, 10 * 60 * SECOND_US), min_size=1, max_size=20))
def test_acc_5_right_sign_ins_put_off_neither_a_wait_s_end_nor_the_forgetting(
    row, pauses_us
):
    """ACC-5: a school that signs in all morning is not kept waiting by one guesser."""
    now_us, kept = row.until, row
    for pause_us in pauses_us:
        now_us += pause_us
        kept = right(kept, now_us)

    assert kept == row


def test_acc_5_eleven_wrong_tries_at_a_place_cost_one_wait_and_not_one_each_morning():
    """ACC-5: the next right sign-in waits 5 s, the one after it not at all."""
    row, now_us = failures(11, ladder=PLACE)
    assert wait_s(row, now_us, PLACE) == 5

    now_us += 5 * SECOND_US
    row = right(row, now_us)
    assert wait_s(row, now_us, PLACE) == 0
    forgotten_us = row.until + (PLACE.forget_s - 5) * SECOND_US
    assert charged(row, forgotten_us, PLACE).failures == 1


@given(rows, moments, st.permutations(range(3)))
def test_acc_5_right_secrets_at_the_same_moment_are_taken_back_in_any_order(
    row, now_us, order
):
    """ACC-5: none of them is left behind as a failure."""
    charges, kept = [], row
    for _ in order:
        charges.append(Charge(kept, charged(kept, now_us, PLACE)))
        kept = charges[-1].after
    for k in order:
        kept = taken_back(kept, charges[k], PLACE)

    assert kept.failures == charges[0].after.failures - 1 or kept == row


def test_acc_5_attempts_at_one_moment_are_charged_before_they_are_tried():
    """ACC-5: fifty sign-ins at once have as many guesses as one after the other."""
    row, tried = fresh("password:t1"), 0
    for _ in range(50):
        if wait_s(row, START_US) == 0:
            row = charged(row, START_US)
            tried += 1

    assert tried == 3


@given(st.integers(1, 20), st.integers(0, 10 * DAY_US), ladders)
def test_acc_5_a_clock_set_back_shortens_no_wait_and_stops_none(count, back_us, ladder):
    """ACC-5: a pulled plug starts the Pi at about its last shutdown."""
    row, now_us = failures(count, ladder=ladder)
    before_s = wait_s(row, now_us, ladder)

    back = rebased(row, now_us - back_us, ladder)

    assert (back.key, back.failures) == (row.key, row.failures)
    assert wait_s(back, now_us - back_us, ladder) == before_s
    over_us = now_us - back_us + round(before_s * SECOND_US)
    assert wait_s(back, over_us, ladder) == 0


@given(rows, moments, ladders)
def test_a_clock_that_was_not_set_back_changes_no_row(row, later_us, ladder):
    assert rebased(row, row.until + later_us, ladder) == row
