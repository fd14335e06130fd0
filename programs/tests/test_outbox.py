"""Every letter leaves once: claims, leases, and each thing that a mail server may answer."""

import datetime as dt
import email.policy
import socket
import time

import pytest
from django.core import mail
from django.utils import timezone

import programs.tasks
from programs.models import Letter, Notification
from programs.notifications import outbox
from programs.notifications.outbox import send, sweep_letters
from programs.tests.factories_letters import NOON, make_duty, make_letter, make_reader
from programs.tests.races import together
from programs.tests.smtp import Mailbox, Server
from schools import pulse, stores

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
DROP = Mailbox.DROP


@pytest.fixture(autouse=True)
def clock(time_machine):
    """Time that passes only when a test moves it."""
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def mailbox(settings):
    """A real server; letters go to it."""
    box = Mailbox()
    with Server(box) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 2
        yield box


def of(letter, *fields):
    letter.refresh_from_db()
    return tuple(getattr(letter, field) for field in fields)


# --- what a server may answer -----------------------------------------------------------------


def test_an_accepted_letter_is_sent_whole_and_never_again(mailbox):
    letter = make_letter(duties=2)
    assert send(letter.pk) == "SENT"
    assert send(letter.pk) == "skipped"
    assert sweep_letters() == 0
    assert of(letter, "state", "attempts", "items_sent", "sent_at") == ("SENT", 1, 2, NOON)
    (message,) = mailbox.messages
    assert message["Message-ID"] == letter.message_id
    assert message["Subject"].strip() == "Наставничество: 2 напоминания"
    text, html = message.get_body(["plain"]), message.get_body(["html"])
    assert "Здравствуйте!" in text.get_content()
    assert "Здравствуйте!" in html.get_content()
    assert "http://" not in html.get_content().replace("http://127.0.0.1", "")


def test_later_gives_the_attempt_back_and_waits_longer_each_time(mailbox, clock):
    letter = make_letter()
    mailbox.answer = lambda envelope: "451 later"
    waits = []
    for _ in range(4):
        assert send(letter.pk) == "WAITING"
        waits.append((of(letter, "not_before")[0] - timezone.now()) // MINUTE)
        assert send(letter.pk) == "skipped"
        clock.shift(dt.timedelta(hours=1))
    assert waits == [1, 2, 4, 8]
    assert of(letter, "attempts", "refusals", "error") == (0, 4, "451 later")
    mailbox.answer = lambda envelope: None
    assert send(letter.pk) == "SENT"


def test_a_day_of_refusals_is_enough(mailbox, clock):
    letter, began = make_letter(), timezone.now()
    mailbox.answer = lambda envelope: "451 later"
    while send(letter.pk) == "WAITING":
        clock.move_to(of(letter, "not_before")[0], tick=False)
    assert of(letter, "state", "attempts") == ("FAILED", 0)
    assert dt.timedelta(hours=20) < timezone.now() - began < dt.timedelta(hours=28)


def test_a_refusal_for_good_is_kept_with_its_reason_and_holds_up_nobody(mailbox):
    unknown = make_letter(make_reader(email="nobody@school.example"))
    spam, well = make_letter(make_reader(email="spam@school.example")), make_letter()
    mailbox.refuse = {"nobody@school.example": "550 no such user"}
    mailbox.answer = lambda e: "554 spam" if e.rcpt_tos[0].startswith("spam") else None
    assert sweep_letters() == 3
    assert of(unknown, "state", "error", "attempts") == ("FAILED", "550 no such user", 0)
    assert of(spam, "state", "error") == ("FAILED", "554 spam")
    assert of(well, "state") == ("SENT",)


def test_a_connection_that_breaks_after_the_body_is_tried_once_more_then_left(mailbox, clock):
    letter = make_letter()
    mailbox.answer = lambda envelope: DROP
    assert send(letter.pk) == "WAITING"
    assert of(letter, "attempts", "refusals") == (1, 0)
    clock.shift(2 * MINUTE)
    assert send(letter.pk) == "UNCERTAIN"
    clock.shift(dt.timedelta(days=1))
    assert send(letter.pk) == "skipped"
    assert sweep_letters() == 0
    assert mailbox.copies == {letter.message_id: 2}  # the same letter to whoever reads it


def test_an_answer_that_comes_too_late_is_no_answer(mailbox, settings):
    settings.EMAIL_TIMEOUT = 0.3
    letter, mailbox.delay = make_letter(), 1
    assert send(letter.pk) == "WAITING"
    assert of(letter, "attempts") == (1,)
    mailbox.delay = 0


def test_without_a_server_nothing_is_spent_and_the_sweep_ends_at_once(settings):
    with socket.socket() as taken:  # bound and silent: nobody listens there
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        letters = [make_letter() for _ in range(3)]
        assert sweep_letters() == 1
    assert sorted(of(one, "state", "attempts", "refusals") for one in letters) == [
        ("WAITING", 0, 0), ("WAITING", 0, 0), ("WAITING", 0, 1),
    ]  # fmt: skip


# --- claims -----------------------------------------------------------------------------------


def test_who_lost_the_claim_sends_nothing_and_writes_nothing(mailbox, monkeypatch, clock):
    letter = make_letter()
    stalled = outbox._claim(letter.pk)
    message = outbox._up_to_date(stalled, None)
    clock.shift(outbox.LEASE + MINUTE)
    assert send(letter.pk) == "SENT"  # the lease has passed: another sender took it over
    with outbox.Postman() as postman:
        answer = postman.post(message.as_email(), may_still=lambda: outbox._renew(stalled))
    assert answer.outcome is outbox.Outcome.LOST
    assert outbox._note(stalled, message, answer) == "lost"
    assert outbox._put_off(stalled, "too late") == "lost"
    assert of(letter, "state", "refusals") == ("SENT", 0)
    assert mailbox.copies == {letter.message_id: 1}


def test_a_letter_in_hand_is_nobody_elses_until_the_lease_has_passed(clock):
    letter = make_letter()
    outbox._claim(letter.pk)
    assert send(letter.pk) == "skipped"
    clock.shift(outbox.LEASE + MINUTE)
    outbox._claim(letter.pk)  # the second sender dies as well
    clock.shift(outbox.LEASE + MINUTE)
    assert send(letter.pk) == "skipped"
    assert sweep_letters() == 0
    assert of(letter, "state", "error") == ("UNCERTAIN", outbox.STOPPED)
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_one_letter(mailbox):
    letter, mailbox.delay = make_letter(), 0.2
    together(*[lambda: send(letter.pk) for _ in range(5)], sweep_letters)
    assert mailbox.copies == {letter.message_id: 1}
    assert of(letter, "state", "attempts") == ("SENT", 1)


# --- what is sent -----------------------------------------------------------------------------


def test_a_letter_of_which_nothing_is_left_is_not_sent():
    letter = make_letter()
    letter.items.get().deadline.delete()
    assert send(letter.pk) == "EMPTY"
    assert of(letter, "attempts") == (0,)
    assert mail.outbox == []


def test_what_is_settled_while_others_are_sent_drops_out_too(monkeypatch):
    first, second = make_letter(), make_letter(duties=2)
    deliver = outbox._deliver

    def settle_then_deliver(pk, *args):
        if pk == first.pk:
            Notification.objects.filter(pk=second.items.first().pk).update(settled_on=NOON.date())
        return deliver(pk, *args)

    monkeypatch.setattr(outbox, "_deliver", settle_then_deliver)
    assert sweep_letters() == 2
    assert of(second, "items_sent") == (1,)
    assert "1 напоминание" in mail.outbox[1].subject


def test_whoever_has_no_address_any_more_gets_no_letter():
    letter = make_letter()
    letter.recipient.user.is_active = False
    letter.recipient.user.save()
    assert send(letter.pk) == "FAILED"
    assert of(letter, "error") == (outbox.NO_ADDRESS,)
    assert mail.outbox == []


def test_a_letter_that_cannot_be_made_holds_up_nobody(monkeypatch):
    poisoned, well = make_letter(), make_letter()
    message = outbox.rendering._message

    def poison(letter, *args):
        if letter.pk == poisoned.pk:
            raise KeyError("kind")
        return message(letter, *args)

    monkeypatch.setattr(outbox.rendering, "_message", poison)
    assert sweep_letters() == 2
    assert of(well, "state") == ("SENT",)
    assert of(poisoned, "state", "refusals", "attempts") == ("WAITING", 1, 0)


def test_after_days_of_standstill_one_letter_tells_what_fell_due_meanwhile(clock):
    letter = make_letter(force="LAW")
    reader = letter.recipient.user
    school = reader.person.memberships.get().school
    clock.shift(dt.timedelta(days=3))
    for days in (0, 1, 2):
        due_on = timezone.localdate() - dt.timedelta(days=days)
        make_duty(reader, due_on=due_on, school=school, force="LAW")
    programs.tasks.sweep_letters()
    assert of(letter, "state", "items_sent") == ("SENT", 5)
    assert Letter.objects.count() == len(mail.outbox) == 1
    assert "4 напоминания" in mail.outbox[0].subject
    programs.tasks.remind()
    programs.tasks.sweep_letters()
    assert Letter.objects.count() == 1


def test_a_standstill_that_ends_at_night_costs_no_second_letter(clock):
    letter = make_letter(force="LAW")  # of the 20th, due on the 21st
    for hour in (17, 20, 23):  # from 00:00 to 06:00 of the 21st in Barnaul
        clock.move_to(dt.datetime(2026, 10, 20, hour, 1, tzinfo=dt.UTC), tick=False)
        programs.tasks.sweep_letters()
        assert of(letter, "state") == ("WAITING",)
    clock.move_to(dt.datetime(2026, 10, 21, 0, 1, tzinfo=dt.UTC), tick=False)
    programs.tasks.sweep_letters()
    assert not mail.outbox
    programs.tasks.remind()
    programs.tasks.sweep_letters()
    assert of(letter, "state", "day", "items_sent") == ("SENT", dt.date(2026, 10, 21), 2)
    assert Letter.objects.count() == len(mail.outbox) == 1


def test_while_only_the_server_is_away_days_are_not_made_up_for_in_every_sweep(clock, monkeypatch):
    """Of thousands that wait each sweep tries one; the others are no reason to remind again."""
    make_letter()
    reminded = []
    monkeypatch.setattr(programs.tasks, "remind", lambda: reminded.append(timezone.now()))
    monkeypatch.setattr(outbox, "sweep_letters", int)
    clock.shift(dt.timedelta(days=1))
    pulse.beat_once(pulse.RUN + "remind")
    programs.tasks.sweep_letters()
    assert not reminded
    clock.shift(dt.timedelta(hours=2))  # since then nothing has worked
    programs.tasks.sweep_letters()
    assert len(reminded) == 1


def test_urgent_letters_leave_first():
    daily, urgent = make_letter(), make_letter()
    Letter.objects.filter(pk=urgent.pk).update(urgent_key="event|help_asked|help:1")
    Notification.objects.filter(letter=urgent).update(kind="help_asked")
    sweep_letters()
    assert "просьба" in mail.outbox[0].subject
    assert of(daily, "state") == ("SENT",)


# --- the broker and health --------------------------------------------------------------------


def test_a_dead_broker_is_asked_once_and_costs_nothing(monkeypatch):
    asked = []

    def refuse(task, *args, **kwargs):
        asked.append(task)
        raise OSError("away")

    monkeypatch.setattr(stores, "_quiet_until", float("-inf"))
    monkeypatch.setattr(stores.current_app, "send_task", refuse)
    assert not outbox.hint(1)
    assert not outbox.hint(1, 2)
    assert asked == ["programs.tasks.send_letter"]
    monkeypatch.setattr(stores, "_quiet_until", time.monotonic() - 1)
    assert not outbox.hint(1, 2)
    assert asked[1:] == ["programs.tasks.sweep_letters"]


def test_health_is_red_while_a_letter_that_could_leave_waits_too_long(client, clock, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    letter = make_letter()
    clock.shift(14 * MINUTE)
    assert client.get("/healthz").json()["letters"] == "ok"
    clock.shift(2 * MINUTE)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["letters"]) == (503, "down")
    assert send(make_letter().pk) == "SENT"  # a long queue that moves is no standstill
    assert client.get("/healthz").json()["letters"] == "ok"
    clock.shift(2 * MINUTE)
    assert client.get("/healthz").json()["letters"] == "down"
    letter.not_before = timezone.now() + MINUTE  # put off by a server: that is no standstill
    letter.save()
    assert client.get("/healthz").json()["letters"] == "ok"
    send(letter.pk)
    assert outbox.oldest_unsent() is None


def test_the_message_is_readable_by_any_mail_program(mailbox):
    send(make_letter().pk)
    raw = mailbox.messages[0].as_bytes(policy=email.policy.SMTP)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
