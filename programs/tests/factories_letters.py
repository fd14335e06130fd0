"""People with something to be told, and their letters."""

import datetime as dt
import itertools

from programs.models import Deadline, Letter, Notification
from programs.notifications.letters import compose
from schools.models import School, User
from schools.tests.factories import make_curator, make_school

TODAY = dt.date(2026, 10, 20)
NOON = dt.datetime(2026, 10, 20, 6, tzinfo=dt.UTC)  # 13:00 in Barnaul
_numbers = itertools.count(1)


def make_reader(school: School | None = None, **fields) -> User:
    """A curator with an address: duties of the organisation's curator are theirs."""
    user = make_curator(school or make_school())
    user.email = fields.pop("email", f"reader{next(_numbers)}@school.example")
    user.save()
    return user


def make_duty(reader: User, **fields) -> Deadline:
    """An open duty of ``reader`` alone."""
    school = fields.pop("school", None) or reader.person.memberships.get().school
    return Deadline.objects.create(
        **{
            "kind": "site_section",
            "subject": f"school:{school.pk}:{next(_numbers)}",
            "owner": f"person:{reader.person_id}",
            "school": school,
            "person": reader.person,
            "opens_on": dt.date(2026, 9, 1),
            "due_on": dt.date(2026, 10, 21),
            "basis": "порядок",
            "force": "SCHOOL",
            "date_source": "ORDER",
            **fields,
        }
    )


def make_item(reader: User, deadline: Deadline, **fields) -> Notification:
    return Notification.objects.create(
        **{
            "recipient": reader.person,
            "kind": deadline.kind,
            "about": f"{deadline.kind}|{deadline.subject}|{deadline.owner}|{deadline.period}",
            "due_on": deadline.due_on,
            "step": -1,
            "deadline": deadline,
            "told_on": TODAY,
            **fields,
        }
    )


def make_letter(reader: User | None = None, duties: int = 1, **duty) -> Letter:
    """A daily letter of today with ``duties`` items, waiting."""
    reader = reader or make_reader()
    for _ in range(duties):
        make_item(reader, make_duty(reader, **duty))
    compose(on=TODAY)
    return Letter.objects.get(recipient=reader.person, day=TODAY, urgent_key="")
