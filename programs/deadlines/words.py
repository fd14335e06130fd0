"""How a deadline reads, and the form that settles it."""

import datetime as dt
import functools

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format

from programs.choices import DateSource, Force
from programs.deadlines.kinds import KINDS
from schools.text import plural

FORCE_WORDS = {
    Force.LAW: "по закону",
    Force.DISTRICT: "по решению района",
    Force.SCHOOL: "порядок организации",
    Force.ADVICE: "рекомендуется",
}


def may_be_red(deadline) -> bool:
    """Only LAW and DISTRICT with a date that somebody named are ever overdue in red."""
    return (
        deadline.force in (Force.LAW, Force.DISTRICT) and deadline.date_source != DateSource.DEFAULT
    )


def reads(deadline, on: dt.date) -> str:
    """The deadline's date in words on the day ``on``.

    «просрочено на 3 дня», «до 5 сентября», «ждёт с 3 сентября», «рекомендуется».
    """
    if deadline.done_on is not None:
        return f"сделано {day_words(deadline.done_on, on)}"
    if deadline.opens_on > on:
        return f"начнётся {day_words(deadline.opens_on, on)}"
    if deadline.force == Force.ADVICE:
        if deadline.date_source == DateSource.DEFAULT or deadline.due_on < on:
            return FORCE_WORDS[Force.ADVICE]
        return f"{FORCE_WORDS[Force.ADVICE]} {_until(deadline, on)}"
    if deadline.date_source == DateSource.DEFAULT:
        return f"ждёт с {day_words(deadline.opens_on, on)}"
    if deadline.due_on >= on:
        return _until(deadline, on)
    late = (on - deadline.due_on).days
    if may_be_red(deadline):
        return f"просрочено на {late} {plural(late, 'день', 'дня', 'дней')}"
    return f"ждёт с {day_words(deadline.due_on, on)}"


def _until(deadline, on: dt.date) -> str:
    text = "сегодня" if deadline.due_on == on else f"до {day_words(deadline.due_on, on)}"
    return f"{text} (предварительно)" if deadline.provisional else text


@functools.lru_cache(maxsize=4096)  # one language, and few days in many letters
def day_words(day: dt.date, on: dt.date) -> str:
    """«5 сентября», with the year where it is not that of ``on``."""
    return date_format(day, "j E" if day.year == on.year else "j E Y")


def deadline_url(deadline) -> str | None:
    """Where it is settled: the kind's form, else the page of the pair, else None."""
    kind = KINDS.get(deadline.kind)
    arguments = {
        "subject": deadline.subject.rpartition(":")[2],
        "group": deadline.group_id,
        "school": deadline.school_id,
    }
    candidates = [(kind.url, arguments[kind.argument])] if kind and kind.url else []
    candidates.append(("group-detail", deadline.group_id))
    for name, argument in candidates:
        if argument is not None:
            try:
                return reverse(name, args=[argument])
            except NoReverseMatch:
                continue
    return None
