"""Asking and answering inside a case: help, another mentor, remarks, the pair's own notes."""

from django.db import IntegrityError, transaction

from programs.errors import TransitionError
from programs.models import HelpKind, HelpRequest, PrivateNote, Remark
from programs.notifications.events import tell_help_asked
from programs.workflow.base import case_step, require_alive
from programs.workflow.running import require_text


def ask_help(member, *, by, on, kind, text="") -> HelpRequest:
    """A mentee asks for help, or for another mentor.

    The only subject of the event is the request itself: whoever may not see the request — the
    mentor, when another one is asked for — does not meet it in the history of the case either.

    Raises:
        TransitionError: ``case_closed``, ``case_withdrawn``, ``not_a_member``,
            ``help_kind_unknown`` or ``already_asked``.
    """
    with case_step(member.group, by=by, on=on) as (change, group):
        require_alive(group)
        if not group.members.on(on).filter(pk=member.pk).exists():
            raise TransitionError("not_a_member", "Просит тот, кто сейчас в паре.")
        if kind not in HelpKind.values:
            raise TransitionError("help_kind_unknown", "Выберите, о чём просьба.", field="kind")
        try:
            with transaction.atomic():  # a savepoint: the second tap meets the first one's row
                request = HelpRequest.objects.create(
                    group=group, member=member, kind=kind, text=text.strip(), asked_on=on
                )
        except IntegrityError as error:
            raise TransitionError(
                "already_asked", "Вы уже просили об этом, ответ скоро будет."
            ) from error
        event = "help_asked" if kind == HelpKind.HELP else "other_mentor_asked"
        change.record(event, request, school=group.school_id)
        tell_help_asked(change, request)
    return request


def answer_help(request, *, by, on, answer) -> HelpRequest:
    """Answer a request once; a closed case may still answer.

    Raises:
        TransitionError: ``already_answered`` or ``text_missing``.
    """
    with case_step(request.group, by=by, on=on) as (change, group):
        request = group.help_requests.get(pk=request.pk)
        _answer(request, on, answer)
        event = "help_answered" if request.kind == HelpKind.HELP else "other_mentor_answered"
        change.record(event, request, school=group.school_id)
    return request


def write_remark(group, *, by, on, text, due_on) -> Remark:
    """A methodologist's remark with a day to answer.

    Raises:
        TransitionError: ``case_withdrawn``, ``text_missing`` or ``due_in_the_past``.
    """
    with case_step(group, by=by, on=on) as (change, group):
        if group.withdrawn_on is not None:
            require_alive(group)
        if due_on < on:
            raise TransitionError("due_in_the_past", "Этот день уже прошёл.", field="due_on")
        remark = Remark.objects.create(
            group=group,
            author=by,
            text=require_text(text, field="text", message="Напишите замечание."),
            written_on=on,
            due_on=due_on,
        )
        change.record("remark_written", group, remark, school=group.school_id, due_on=due_on)
    return remark


def answer_remark(remark, *, by, on, answer) -> Remark:
    """Raises: ``already_answered`` or ``text_missing``."""
    with case_step(remark.group, by=by, on=on) as (change, group):
        remark = group.remarks.get(pk=remark.pk)
        _answer(remark, on, answer)
        change.record("remark_answered", group, remark, school=group.school_id)
    return remark


def write_note(group, *, by, on, text) -> PrivateNote:
    """A note that nobody but the pair reads; the case's history does not know of it.

    Raises:
        TransitionError: ``case_closed``, ``case_withdrawn`` or ``text_missing``.
    """
    with case_step(group, by=by, on=on) as (change, group):
        require_alive(group)
        note = PrivateNote.objects.create(
            group=group,
            author=by.person,
            text=require_text(text, field="text", message="Напишите заметку."),
            written_on=on,
        )
        change.record("note_written", note, school=group.school_id)
    return note


def _answer(row, on, answer: str) -> None:
    if row.answered_on is not None:
        raise TransitionError("already_answered", "Ответ уже дан.")
    row.answer = require_text(answer, field="answer", message="Напишите ответ.")
    row.answered_on = on
    row.save(update_fields=["answer", "answered_on"])
