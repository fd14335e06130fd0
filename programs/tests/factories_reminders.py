"""Items as the sweep and the steps leave them."""

import datetime as dt

from programs.models import Deadline, Notification


def make_item(deadline: Deadline, person, on: dt.date, *, step: int = 0, **fields) -> Notification:
    """An item about ``deadline`` told to ``person`` on ``on``."""
    about = "|".join([deadline.kind, deadline.subject, deadline.owner, deadline.period])
    return Notification.objects.create(
        **{
            "recipient": person,
            "kind": deadline.kind,
            "about": about,
            "due_on": deadline.due_on,
            "step": step,
            "deadline": deadline,
            "told_on": on,
            **fields,
        }
    )


def make_news(person, on: dt.date, *, path: str = "/", **fields) -> Notification:
    """An event told at once."""
    return Notification.objects.create(
        **{
            "recipient": person,
            "kind": "order_signed",
            "about": f"event|order_signed|{path}|{on}",
            "due_on": on,
            "step": 0,
            "urgent": True,
            "path": path,
            "text": "Подписан приказ о вашей паре",
            "told_on": on,
            **fields,
        }
    )
