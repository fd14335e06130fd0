"""What a person reads as the state of a case: computed from dates, never stored."""

import datetime as dt

from django.db.models import Case, Exists, OuterRef, Q, Subquery, TextChoices, Value, When

from programs.models import Consent, MentorAppointment, MentoringGroup, Program, ProgramPause


class State(TextChoices):
    CONSENTS = "CONSENTS", "ждёт согласия"
    ORDER = "ORDER", "ждёт приказа"
    PROGRAM = "PROGRAM", "готовится программа"
    AHEAD = "AHEAD", "скоро начнётся"
    RUNNING = "RUNNING", "реализуется"
    PAUSED = "PAUSED", "приостановлена"
    NO_MENTOR = "NO_MENTOR", "нужен наставник"
    EVALUATION = "EVALUATION", "пора подвести итоги"
    CLOSED = "CLOSED", "завершена"
    WITHDRAWN = "WITHDRAWN", "предложение снято"


# States in which the work is over: lists leave them out until asked.
OVER = (State.CLOSED, State.WITHDRAWN)


def with_state(groups, on: dt.date):
    """``groups`` with ``state`` on the local day ``on`` and dates of the open programme.

    Adds ``state``, ``program_starts_on``, ``program_ends_on`` (after extensions) and
    ``program_approved_on``. No extra query; the first rule that holds wins.
    """
    programs = Program.objects.filter(group=OuterRef("pk")).order_by("-opened_on", "-pk")
    ordered = MentorAppointment.objects.ordered().filter(group=OuterRef("pk"))
    ahead = ordered.filter(Q(ends_on=None) | Q(ends_on__gte=on))
    consented = Consent.objects.in_force().filter(group=OuterRef("pk"), role="MENTOR")
    paused = ProgramPause.objects.filter(program__group=OuterRef("pk"), resumed_on=None)
    return groups.annotate(
        program_starts_on=Subquery(programs.values("starts_on")[:1]),
        program_ends_on=Subquery(programs.values("current_ends_on")[:1]),
        program_approved_on=Subquery(programs.values("approved_on")[:1]),
        program_evaluated_on=Subquery(programs.values("evaluated_on")[:1]),
    ).annotate(
        state=Case(
            When(withdrawn_on__isnull=False, then=Value(State.WITHDRAWN)),
            When(closed_on__isnull=False, then=Value(State.CLOSED)),
            When(~Exists(ordered) & ~Exists(consented), then=Value(State.CONSENTS)),
            When(~Exists(ordered), then=Value(State.ORDER)),
            When(~Exists(ahead), then=Value(State.NO_MENTOR)),
            When(program_approved_on=None, then=Value(State.PROGRAM)),
            When(
                Q(program_evaluated_on__isnull=False) | Q(program_ends_on__lt=on),
                then=Value(State.EVALUATION),
            ),
            When(Exists(paused), then=Value(State.PAUSED)),
            When(program_starts_on__gt=on, then=Value(State.AHEAD)),
            default=Value(State.RUNNING),
        )
    )


def states_of(groups, on: dt.date) -> dict[str, int]:
    """How many of ``groups`` are in each state; states without cases are left out."""
    counts: dict[str, int] = {}
    for state in with_state(groups, on).order_by().values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts


def open_groups(groups: "MentoringGroup", on: dt.date):
    return with_state(groups, on).exclude(state__in=OVER)
