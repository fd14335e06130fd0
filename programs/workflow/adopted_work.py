"""What an adopted pair has done on paper: its programme, and meetings before the order."""

from programs.errors import TransitionError
from programs.models import EpisodeKind, MentoringEpisode, Program
from programs.signatories import refuse_mentor_name
from programs.workflow.base import names, not_in_future
from programs.workflow.plan import set_term
from programs.workflow.running import require_text


def adopt_program(change, group, given: dict, *, lawful: bool) -> None:
    """An approved programme with the dates of its paper; without an order, a draft."""
    program = Program(group=group, opened_on=change.on)
    for name in ("goal", "tasks", "results", "strengths", "schedule"):
        setattr(program, name, (given.get(name) or "").strip())
    approved_on = given.get("approved_on")
    if not lawful or approved_on is None:
        # Its term begins anew, with the order that is still to come.
        program.save()
        change.record("program_drafted", group, program, school=group.school_id)
        return
    not_in_future(approved_on, change.on, field="approved_on", what="Дата утверждения")
    set_term(program, given.get("starts_on"), given.get("ends_on"))
    program.goal = require_text(program.goal, field="goal", message="Напишите цель программы.")
    program.tasks = require_text(program.tasks, field="tasks", message="Напишите задачи.")
    program.approved_position = require_text(
        given.get("approved_position"), field="approved_position", message="Укажите должность."
    )
    program.approved_name = require_text(
        given.get("approved_name"), field="approved_name", message="Укажите, кто утвердил."
    )
    refuse_mentor_name(
        group, program.approved_name, field="approved_name", what="утвердить программу"
    )
    program.submitted_on = program.approved_on = approved_on
    program.save()
    change.record(
        "paper_program_adopted",
        group,
        program,
        school=group.school_id,
        approved_on=approved_on,
        starts_on=program.starts_on,
        ends_on=program.ends_on,
    )


def keep_earlier(change, group, mentor, mentees, earlier: dict, *, lawful: bool) -> None:
    """Meetings before the order: help outside the programme, never meetings of it."""
    starts_on, ends_on = earlier["starts_on"], earlier["ends_on"]
    if ends_on < starts_on:
        raise TransitionError(
            "earlier_dates_wrong", "Окончание раньше начала.", field="earlier_ends_on"
        )
    not_in_future(ends_on, change.on, field="earlier_ends_on")
    if lawful and ends_on >= group.planned_starts_on:
        raise TransitionError(
            "earlier_dates_wrong",
            "Встречи после начала по приказу вносят в записи о встречах.",
            field="earlier_ends_on",
        )
    episode = MentoringEpisode.objects.create(
        mentor=mentor,
        kind=EpisodeKind.BEFORE_ORDER,
        group=group,
        whom=", ".join(names(post.person for post, _ in mentees))[:300],
        starts_on=starts_on,
        ends_on=ends_on,
        hours=earlier.get("hours"),
        text=require_text(
            earlier.get("text"), field="earlier_text", message="Напишите, что сделано."
        ),
        recorded_on=change.on,
    )
    change.record(
        "episode_before_order",
        group,
        episode,
        school=group.school_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
