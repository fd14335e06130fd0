"""What a person reads as the state of a case, computed from dates; written in one place.

The rules stand once, as conditions over facts of the case. A list evaluates them in the
database (``GroupQuerySet.in_state``), a page in Python (``state_of``).
"""

import datetime as dt

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from programs.models.cases import GroupMember, MentorAppointment, MentoringGroup
from programs.models.consents import Consent
from programs.models.programs import Program, ProgramPause
from schools.models import SchoolPolicy


class State(TextChoices):
    """In the order of a case's life; each with what makes it true on the day."""

    PROPOSED = "PROPOSED", "предложение"  # no consent yet
    CONSENTS = "CONSENTS", "ждёт согласий"  # some, not all
    ORDER = "ORDER", "ждёт приказа"  # every consent, no order
    DRAFTING = "DRAFTING", "готовится программа"  # ordered, nothing submitted
    AGREEMENT = "AGREEMENT", "на согласовании"  # submitted, not approved
    APPROVED = "APPROVED", "утверждена"  # approved, not begun
    RUNNING = "RUNNING", "реализуется"
    PAUSED = "PAUSED", "приостановлена"  # an open pause covers the day
    EVALUATION = "EVALUATION", "оценка"  # the term is over, or evaluated; not closed
    COMPLETED = "COMPLETED", "завершена"  # closed with ground FULL
    ENDED_EARLY = "ENDED_EARLY", "завершена досрочно"  # closed with another ground
    WITHDRAWN = "WITHDRAWN", "снята"


# A programme is at work: it runs, rests, or waits for its evaluation.
AT_WORK = (State.RUNNING, State.PAUSED, State.EVALUATION)
# The work is over: lists leave these out until they are asked for.
OVER = (State.COMPLETED, State.ENDED_EARLY, State.WITHDRAWN)


def rules(on: dt.date) -> list[tuple[State, Q]]:
    """The first rule that holds names the state. Conditions know ``&``, ``|`` and lookups
    exact, isnull, lt, lte, gt; a comparison with nothing never holds."""
    return [
        (State.WITHDRAWN, Q(withdrawn_on__lte=on)),
        (State.COMPLETED, Q(closed_on__lte=on, sf_ground="FULL")),
        (State.ENDED_EARLY, Q(closed_on__lte=on)),
        (State.PROPOSED, Q(sf_ordered_from__isnull=True, sf_any_consent=False)),
        (State.CONSENTS, Q(sf_ordered_from__isnull=True, sf_consent_missing=True)),
        (State.ORDER, Q(sf_ordered_from__isnull=True)),
        (State.DRAFTING, Q(sf_submitted_on__isnull=True)),
        (State.AGREEMENT, Q(sf_approved_on__isnull=True)),
        (State.EVALUATION, Q(sf_evaluated_on__lte=on) | Q(sf_ends_on__lt=on)),
        (State.APPROVED, Q(sf_starts_on__gt=on) | Q(sf_ordered_from__gt=on)),
        (State.PAUSED, Q(sf_paused=True)),
        (State.RUNNING, Q()),
    ]


def state_of(group: MentoringGroup, on: dt.date) -> State:
    """State of ``group`` on the day ``on``; it comes from ``with_state_facts(on)``."""
    return next(state for state, condition in rules(on) if _holds(condition, group))


def with_state_facts(groups: QuerySet, on: dt.date) -> QuerySet:
    """``groups`` with the facts that ``rules`` asks for, as subqueries in the one query."""
    program = Program.objects.filter(group=OuterRef("pk")).order_by("-opened_on", "-pk")
    ordered = MentorAppointment.objects.ordered().filter(group=OuterRef("pk"))
    consents = Consent.objects.in_force().filter(group=OuterRef("pk"))
    pauses = ProgramPause.objects.filter(
        Q(resumed_on=None) | Q(resumed_on__gt=on),
        program__group=OuterRef("pk"),
        starts_on__lte=on,
    )
    facts = {
        f"sf_{name}": Subquery(program.values(name)[:1])
        for name in ("ground", "submitted_on", "approved_on", "starts_on", "evaluated_on")
    }
    return groups.annotate(
        **facts,
        sf_ends_on=Subquery(program.values("current_ends_on")[:1]),
        sf_ordered_from=Subquery(ordered.order_by("starts_on").values("starts_on")[:1]),
        sf_any_consent=Exists(consents),
        sf_consent_missing=_consent_missing(on),
        sf_paused=Exists(pauses),
    )


def _consent_missing(on: dt.date):
    """The proposed mentor's paper, or one of the mentees' where the organisation asks for it."""
    proposed = MentorAppointment.objects.filter(
        group=OuterRef("pk"), ordered_on=None, dropped_on=None, temporary=False
    )
    mentors = Consent.objects.in_force().filter(
        group=OuterRef("group"), post=OuterRef("post"), role="MENTOR"
    )
    mentees = Consent.objects.in_force().filter(
        group=OuterRef("group"), post=OuterRef("post"), role="MENTEE"
    )
    members = GroupMember.objects.present().filter(group=OuterRef("pk"))
    policy = SchoolPolicy.objects.in_force(on).filter(school=OuterRef("school"))
    asked = Coalesce(Subquery(policy.values("mentee_consent_required")[:1]), Value(True))
    return ExpressionWrapper(
        Q(Exists(proposed.filter(~Exists(mentors))))
        | (Q(Exists(members.filter(~Exists(mentees)))) & Q(asked)),
        output_field=BooleanField(),
    )


def with_state(groups: QuerySet, on: dt.date) -> QuerySet:
    """``groups`` with the column ``state`` of the day, for filters and counts."""
    whens = [When(condition, then=Value(state.value)) for state, condition in rules(on)[:-1]]
    return with_state_facts(groups, on).annotate(
        state=Case(*whens, default=Value(State.RUNNING.value), output_field=CharField())
    )


def _holds(condition: Q, group: MentoringGroup) -> bool:
    """``condition`` on an instance, as the database would answer."""
    parts = [
        _holds(child, group) if isinstance(child, Q) else _compare(child, group)
        for child in condition.children
    ]
    return any(parts) if condition.connector == Q.OR else all(parts)


def _compare(child: tuple, group: MentoringGroup) -> bool:
    name, _, lookup = child[0].partition("__")
    fact, value = getattr(group, name), child[1]
    if lookup == "isnull":
        return (fact is None) == value
    if fact is None:
        return False
    return {
        "": lambda: fact == value,
        "lt": lambda: fact < value,
        "lte": lambda: fact <= value,
        "gt": lambda: fact > value,
    }[lookup]()
