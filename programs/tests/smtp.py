"""A real mail server on loopback whose answers a test decides."""

import asyncio
import email
import email.policy
import logging
import socket
import threading
from collections import Counter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

logging.getLogger("mail.log").setLevel(logging.ERROR)  # it tells of every line of every dialogue


class Mailbox:
    """What has arrived, and how the server answers.

    ``answer(envelope)`` is asked at the end of the body: a line such as «451 later», None to
    accept, or ``DROP`` to break off without a word. ``delay`` comes before every answer, in
    seconds. A message counts as received as soon as its body is here, whatever the answer was,
    unless the answer is a refusal.
    """

    DROP = object()

    def __init__(self, answer=lambda envelope: None, *, delay: float = 0):
        self.answer, self.delay = answer, delay
        self.refuse: dict[str, str] = {}  # {recipient: answer to RCPT}
        self.messages: list[email.message.EmailMessage] = []
        self._lock = threading.Lock()

    @property
    def copies(self) -> Counter:
        """{Message-ID: how often it was received}."""
        with self._lock:
            return Counter(message["Message-ID"] for message in self.messages)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session, envelope):
        answer = self.answer(envelope)
        if answer is None or answer is self.DROP:
            with self._lock:
                message = email.message_from_bytes(envelope.content, policy=email.policy.default)
                self.messages.append(message)
        await asyncio.sleep(self.delay)
        if answer is self.DROP:
            server.transport.abort()
            return "421 gone"
        return answer or "250 OK"


class Server:
    """``with Server(mailbox) as port:`` on 127.0.0.1 and a free port."""

    def __init__(self, mailbox: Mailbox):
        with socket.socket() as probe:  # the controller knocks at its port, so 0 will not do
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = Controller(mailbox, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> int:
        self.controller.start()
        return self.port

    def __exit__(self, *exception):
        self.controller.stop()
