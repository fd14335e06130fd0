"""The organisation's own settings on a day."""

import datetime as dt

from schools.models import SchoolPolicy


def policy_on(school_id: int, on: dt.date) -> SchoolPolicy:
    """The organisation's settings of that day; the defaults where it has none yet."""
    policy = SchoolPolicy.objects.filter(school=school_id).in_force(on).first()
    return policy or SchoolPolicy(school_id=school_id, starts_on=on)
