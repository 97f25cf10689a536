"""The outbox against a real server: down, up, slow, refusing, encrypted (CUS-6)."""

from __future__ import annotations

import re
import subprocess
import sys
import threading

import pytest

from controller.config.schema import Mail
from controller.people.records import Letter
from controller.people.store import PeopleStore
from controller.service import postman
from controller.service.postman import Postman, wait_s
from tests.controller.service.smtp import (
    DOMAIN,
    Mailbox,
    a_free_port,
    certificate,
    served,
)

SECOND_US = 1_000_000


class Time:
    """The machine's time, in microseconds."""

    def __init__(self) -> None:
        self.us = 1_800_000_000 * SECOND_US

    def __call__(self) -> int:
        return self.us


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def store(tmp_path):
    store = PeopleStore.open(tmp_path / "people.db")
    yield store
    store.close()


@pytest.fixture
def mailbox():
    return Mailbox()


def settings(port, **more):
    plain = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sender": f"hometime@{DOMAIN}",
        "to_dsl": (f"dsl@{DOMAIN}",),
    }
    return Mail(**(plain | more))


def put(store, time, name="k1.aa"):
    text = "A concern has been raised.\n"
    letter = Letter(name, "k1", f"dsl@{DOMAIN}", "Hometime", text, time.us)
    assert store.outbox.put(letter)


def worker(store, time, port, **more):
    return Postman(store.outbox, settings(port, **more), "bank", time)


def failed(store):
    (letter,) = store.outbox.about("k1")
    return letter.failed


def test_cus_6_a_letter_is_sent_once_with_an_id_of_its_own(store, time, mailbox):
    """CUS-6: From, To, a Message-ID to tell a second one by, marked as automatic."""
    put(store, time)
    with served(mailbox) as port:
        assert worker(store, time, port).step()
        assert not worker(store, time, port).step()

    (message,) = mailbox.messages
    assert (message["From"], message["To"]) == (f"hometime@{DOMAIN}", f"dsl@{DOMAIN}")
    assert message["Message-ID"] == f"<k1.aa.bank@{DOMAIN}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "A concern has been raised." in message.get_payload()


def test_cus_6_a_server_that_is_down_and_then_up(store, time, mailbox):
    """CUS-6: kept, tried again after a while and no sooner, sent when it is back."""
    put(store, time)
    port = a_free_port()
    post = worker(store, time, port)

    assert post.step()
    assert failed(store) == "unreachable"
    assert not post.step()

    with served(mailbox, port):
        time.us += (wait_s(0) - 1) * SECOND_US
        assert not post.step()
        time.us += SECOND_US
        assert post.step()
    assert len(mailbox.messages) == 1
    assert failed(store) is None
    assert store.outbox.stuck() == []


def test_cus_6_tries_come_further_apart_and_never_end(store, time):
    """CUS-6: an hour at most, for as long as it takes."""
    put(store, time)
    post, waited = worker(store, time, a_free_port()), []
    for _ in range(10):
        assert post.step()
        due = store.outbox.next_try()
        waited.append((due - time.us) // SECOND_US)
        time.us = due

    assert waited == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


@pytest.mark.parametrize(
    ("how", "answer", "why"),
    [
        ("refuse", "550 no such mailbox", "refused"),
        ("refuse", "451 come again", "later"),
        ("refuse_data", "554 not wanted", "refused"),
        ("refuse_data", "452 full", "later"),
    ],
)
def test_cus_6_a_server_that_turns_it_away(store, time, mailbox, how, answer, why):
    """CUS-6: told as such; once it takes mail the letter is there."""
    put(store, time)
    setattr(mailbox, how, answer)
    with served(mailbox) as port:
        post = worker(store, time, port)
        assert post.step()
        assert failed(store) == why

        setattr(mailbox, how, "")
        time.us += 60 * SECOND_US
        assert post.step()
    assert len(mailbox.messages) == 1


def test_cus_6_a_slow_server_is_given_up_for_now(store, time, mailbox, monkeypatch):
    """CUS-6: and keeps nobody from writing meanwhile."""
    monkeypatch.setattr(postman, "TIMEOUT_S", 0.2)
    put(store, time)
    mailbox.silent = True
    with served(mailbox) as port:
        assert worker(store, time, port).step()
    assert failed(store) == "slow"


@pytest.mark.parametrize("how", ["starttls", "tls"])
def test_cus_6_the_way_is_encrypted_and_signed_in(store, time, mailbox, tmp_path, how):
    """CUS-6 SEC-1: by STARTTLS or TLS, against the school's own authority."""
    context, trusted = certificate(tmp_path)
    secret = tmp_path / "password"
    secret.write_text("right\n")
    put(store, time)
    way = {"tls_context": context} if how == "starttls" else {"at_once": context}
    more = {"authenticator": mailbox.sign_in, "auth_require_tls": how == "starttls"}
    with served(mailbox, **way, **more) as port:
        post = worker(
            store,
            time,
            port,
            security=how,
            ca_file=trusted,
            user="hometime",
            password_file=secret,
        )
        assert post.step()
    assert failed(store) is None
    assert mailbox.signed_in == ["hometime"]
    assert mailbox.over_tls == [True]


def test_cus_6_no_word_crosses_a_way_that_is_not_encrypted(store, time, mailbox):
    """CUS-6 SEC-1: STARTTLS is asked for and not offered: nothing is sent."""
    put(store, time)
    with served(mailbox) as port:
        assert worker(store, time, port, security="starttls").step()
    assert failed(store) == "no-encryption"
    assert mailbox.messages == []


def test_sec_1_a_server_with_somebody_elses_certificate_gets_nothing(
    store, time, mailbox, tmp_path
):
    """SEC-1: what the system does not trust is not spoken to."""
    context, _ = certificate(tmp_path)
    put(store, time)
    with served(mailbox, at_once=context) as port:
        assert worker(store, time, port, security="tls").step()
    assert failed(store) == "no-encryption"
    assert mailbox.messages == []


@pytest.mark.parametrize(
    ("secret", "why"), [("wrong", "sign-in"), (None, "no-password")]
)
def test_cus_6_a_wrong_or_missing_password_is_told(
    store, time, mailbox, tmp_path, secret, why
):
    """CUS-6: what is wrong is said, not what the password was."""
    path = tmp_path / "password"
    if secret:
        path.write_text(secret)
    context, trusted = certificate(tmp_path)
    put(store, time)
    with served(mailbox, tls_context=context, authenticator=mailbox.sign_in) as port:
        more = {"security": "starttls", "ca_file": trusted, "user": "hometime"}
        assert worker(store, time, port, password_file=path, **more).step()
    assert failed(store) == why


def test_cus_6_killed_between_sent_and_noted_it_comes_twice_with_one_id(
    store, time, mailbox, tmp_path, monkeypatch
):
    """CUS-6: at least once; the reader's program sees that both are one."""
    put(store, time)

    def killed(*_):
        raise KeyboardInterrupt

    with served(mailbox) as port:
        with monkeypatch.context() as patch:
            patch.setattr(store.outbox, "sent", killed)
            with pytest.raises(KeyboardInterrupt):
                worker(store, time, port).step()
        store.close()
        again = PeopleStore.open(tmp_path / "people.db")
        assert worker(again, time, port).step()
        again.close()

    first, second = (message["Message-ID"] for message in mailbox.messages)
    assert first == second


def test_cus_6_the_thread_sends_what_waits_at_once_after_a_restart(
    store, time, mailbox
):
    """CUS-6: what waits an hour for its next try does not wait after a start."""
    put(store, time)
    store.outbox.failed("k1.aa", "unreachable", time.us + 3_600 * SECOND_US)
    told = threading.Event()
    with served(mailbox) as port:
        post = Postman(store.outbox, settings(port), "bank", time, told.set)
        post.start()
        mailbox.wait_for(1)
        assert told.wait(5)
        put(store, time, "k2.bb")
        post.wake()
        mailbox.wait_for(2)
        post.stop()

    ids = [re.match(r"<(k\d)", m["Message-ID"])[1] for m in mailbox.messages]
    assert ids == ["k1", "k2"]


def test_dat_2_neither_log_nor_repr_says_whom_it_is_for(store, time, caplog):
    """DAT-2: an address is a name."""
    put(store, time)
    assert worker(store, time, a_free_port()).step()

    (letter,) = store.outbox.about("k1")
    assert "dsl@" not in caplog.text + repr(letter)
    assert "unreachable" in caplog.text


def test_cus_6_a_server_that_says_nothing_keeps_the_program_from_nothing(
    store, time, mailbox, monkeypatch
):
    """CUS-6: letters are written meanwhile, and the program ends in time."""
    monkeypatch.setattr(postman, "TIMEOUT_S", 0.5)
    put(store, time)
    mailbox.silent = True
    told = threading.Event()
    with served(mailbox) as port:
        post = Postman(store.outbox, settings(port), "bank", time, told.set)
        post.start()
        put(store, time, "k2.bb")
        post.stop(timeout_s=0.01)
        assert not told.is_set()
        post.stop()
    assert [letter.sent for letter in store.outbox.about("k1")] == [None, None]


def test_cus_6_where_no_mail_is_sent_nothing_of_it_is_loaded():
    """CUS-6: a Pi's memory is for doors: neither the postman nor its library."""
    asked = (
        "import sys, controller.service.process\n"
        "heavy = {'smtplib', 'controller.service.postman',"
        " 'controller.service.requests.concerns',"
        " 'controller.service.requests.taking'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
