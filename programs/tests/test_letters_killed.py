"""Senders killed in the middle of their work: nothing is lost, nothing arrives three times."""

import random
import time
from collections import Counter

from programs.models import Letter, LetterState, Notification
from programs.notifications.letters import compose
from programs.tests.factories_letters import TODAY, make_duty, make_item, make_reader
from programs.tests.senders import Sender
from programs.tests.smtp import Mailbox, Server
from schools.tests.factories import make_school

LETTERS, KILLS, SECONDS = 45, 5, 90


def test_killed_senders_lose_no_letter_and_send_none_three_times(transactional_db):
    school = make_school()
    for _ in range(LETTERS):
        reader = make_reader(school)
        make_item(reader, make_duty(reader, school=school))
    assert compose(on=TODAY) == LETTERS
    chance, tried = random.Random(1), Counter()

    def answer(envelope):
        """Each tenth letter is put off at first, each fifteenth loses its first answer."""
        tried[envelope.rcpt_tos[0]] += 1
        number = len(tried)
        if tried[envelope.rcpt_tos[0]] > 1:
            return None
        if number % 10 == 0:
            return "451 later"
        return Mailbox.DROP if number % 15 == 1 else None

    box = Mailbox(answer, delay=0.1)
    with Server(box) as port:
        senders = [Sender(port) for _ in range(2)]
        try:
            for _ in range(KILLS):
                victim = chance.randrange(len(senders))
                senders[victim].wait_until_ready()
                time.sleep(chance.uniform(0.1, 0.5))
                senders[victim].kill()
                senders[victim] = Sender(port)
            ends_at = time.monotonic() + SECONDS
            while Letter.objects.unsent().exists() and time.monotonic() < ends_at:
                time.sleep(0.1)
        finally:
            for sender in senders:
                sender.kill()
    states = Counter(Letter.objects.values_list("state", flat=True))
    sent = Letter.objects.filter(state=LetterState.SENT)
    assert set(states) <= {LetterState.SENT, LetterState.UNCERTAIN}, states
    assert states.total() == Letter.objects.count() == Notification.objects.count() == LETTERS
    assert states[LetterState.UNCERTAIN] <= 3
    assert set(sent.values_list("message_id", flat=True)) <= set(box.copies)
    assert max(box.copies.values()) <= 2
