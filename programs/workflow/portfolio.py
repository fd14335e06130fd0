"""What stays in a mentor's portfolio beside programmes: episodes of help, recognition."""

from programs.errors import TransitionError
from programs.models import EpisodeKind, Incentive, IncentiveKind, MentoringEpisode
from programs.workflow.base import not_in_future
from programs.workflow.running import create, require_text
from schools import history
from schools.history import Scope

MOST_HOURS = 2000
MOST_ROUBLES = 10_000_000


def record_episode(
    post, *, by, on, kind, whom, starts_on, ends_on, text, hours=None, group=None
) -> MentoringEpisode:
    """Record help outside programmes: it counts in the portfolio, not in the indicators.

    Args:
        hours: whole hours, if known.
        group: the case that it preceded, for meetings before an order.

    Raises:
        TransitionError: ``kind_unknown``, ``ends_before_start``, ``date_in_future``,
            ``hours_out_of_limits``, ``text_missing`` or ``case_of_another_school``.
    """
    with history.changing(_scope(post, group), by=by, on=on) as change:
        _require_kind(kind, EpisodeKind)
        _require_own_case(post, group)
        if ends_on < starts_on:
            raise TransitionError(
                "ends_before_start", "Дата окончания раньше даты начала.", field="ends_on"
            )
        not_in_future(ends_on, on, field="ends_on", what="Дата окончания")
        if hours is not None and not 1 <= hours <= MOST_HOURS:
            raise TransitionError(
                "hours_out_of_limits", f"Часов — от 1 до {MOST_HOURS}.", field="hours"
            )
        episode = create(
            MentoringEpisode,
            mentor=post,
            kind=kind,
            group=group,
            whom=require_text(whom, field="whom", message="Напишите, кому помогали."),
            starts_on=starts_on,
            ends_on=ends_on,
            hours=hours,
            text=require_text(text, field="text", message="Напишите, что сделано."),
            recorded_on=on,
        )
        change.record(
            "episode_recorded", post, episode,
            school=post.school_id, what=episode.get_kind_display(),
            starts_on=starts_on, ends_on=ends_on,
        )  # fmt: skip
    return episode


def grant_incentive(
    post, *, by, on, kind, measure, basis, granted_on, amount=None, group=None
) -> Incentive:
    """Record recognition or a bonus (Положение, 5.1); regular pay stands in the addendum.

    A payment's event has the payment alone as its subject: the district does not read pay.

    Args:
        amount: roubles, for a PAYMENT only.

    Raises:
        TransitionError: ``kind_unknown``, ``amount_missing``, ``amount_not_wanted``,
            ``date_in_future``, ``text_missing`` or ``case_of_another_school``.
    """
    with history.changing(_scope(post, group), by=by, on=on) as change:
        _require_kind(kind, IncentiveKind)
        _require_own_case(post, group)
        not_in_future(granted_on, on, field="granted_on")
        paid = kind == IncentiveKind.PAYMENT
        if paid and (amount is None or not 0 < amount < MOST_ROUBLES):
            raise TransitionError(
                "amount_missing", "Укажите сумму премии в рублях.", field="amount"
            )
        if not paid and amount is not None:
            raise TransitionError(
                "amount_not_wanted", "Сумму указывают только у премии.", field="amount"
            )
        incentive = create(
            Incentive,
            post=post,
            group=group,
            kind=kind,
            measure=require_text(measure, field="measure", message="Назовите меру."),
            amount=amount,
            basis=require_text(basis, field="basis", message="Укажите основание."),
            granted_on=granted_on,
            recorded_on=on,
        )
        change.record(
            "payment_granted" if paid else "recognition_granted",
            *((incentive,) if paid else (incentive, post)),
            school=post.school_id, granted_on=granted_on, measure=incentive.measure,
        )  # fmt: skip
    return incentive


def _scope(post, group) -> Scope:
    return Scope.of(schools=[post.school_id], cases=[group.pk] if group else [])


def _require_kind(kind, known) -> None:
    if kind not in known.values:
        raise TransitionError("kind_unknown", "Выберите вид.", field="kind")


def _require_own_case(post, group) -> None:
    """A case of the organisation, or one in which this very post takes part."""
    if group is None or group.school_id == post.school_id:
        return
    if not group.appointments.filter(post=post).exists():
        raise TransitionError("case_of_another_school", "Эта пара — другой организации.")
