"""Asking and answering: help, remarks, and the pair's own notes."""

from functools import partial

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs import queries
from programs.casefile import CaseFile, own_member
from programs.forms.help import AnswerForm, AskHelpForm, NoteForm, RemarkForm
from programs.models import HelpRequest, PrivateNote, Remark
from programs.permissions import (
    can_answer_help,
    can_answer_remark,
    can_ask_help,
    can_write_note,
    can_write_remark,
)
from programs.views.steps import case_or_404, posted, row_or_404, step_page
from programs.workflow.help import answer_help, answer_remark, ask_help, write_note, write_remark
from schools.views.common import require


@require_http_methods(["GET", "POST"])
def help_ask(request, pk):
    group = case_or_404(request, pk)
    require(can_ask_help(request.user, group))
    on = timezone.localdate()
    member = own_member(CaseFile(group, request.user, on))
    if member is None:
        raise Http404
    return step_page(
        request,
        AskHelpForm(*posted(request)),
        partial(ask_help, member, by=request.user, on=on),
        title="Нужна помощь",
        done="Просьба отправлена, ответят в ближайшие дни.",
        back=group,
    )


@require_http_methods(["GET", "POST"])
def help_answer(request, pk):
    row = row_or_404(request, HelpRequest, pk, "group__school", "member__post__person")
    require(can_answer_help(request.user, row))
    return step_page(
        request,
        AnswerForm(*posted(request)),
        partial(answer_help, row, by=request.user, on=timezone.localdate()),
        title=f"{row.get_kind_display().capitalize()}: {row.member.post.person.short_name}",
        done="Ответ отправлен.",
        back=row.group,
        lead=row.text,
    )


@require_http_methods(["GET", "POST"])
def remark_write(request, pk):
    group = case_or_404(request, pk)
    require(can_write_remark(request.user, group))
    return step_page(
        request,
        RemarkForm(*posted(request)),
        partial(write_remark, group, by=request.user, on=timezone.localdate()),
        title="Замечание",
        done="Замечание отправлено организации.",
        back=group,
        lead=queries.title(group),
    )


@require_http_methods(["GET", "POST"])
def remark_answer(request, pk):
    remark = row_or_404(request, Remark, pk, "group__school")
    require(can_answer_remark(request.user, remark))
    return step_page(
        request,
        AnswerForm(*posted(request)),
        partial(answer_remark, remark, by=request.user, on=timezone.localdate()),
        title="Ответить на замечание",
        done="Ответ отправлен.",
        back=remark.group,
        lead=remark.text,
    )


@require_http_methods(["GET", "POST"])
def group_notes(request, pk):
    """The pair's own page: nobody else reads it, not the organisation, not the admin."""
    group = case_or_404(request, pk)
    require(can_write_note(request.user, group))
    notes = PrivateNote.objects.visible_to(request.user).filter(group=group)
    return step_page(
        request,
        NoteForm(*posted(request)),
        partial(write_note, group, by=request.user, on=timezone.localdate()),
        title="Заметки пары",
        done="Заметка сохранена.",
        back=reverse("group-notes", args=[pk]),
        template="programs/group_notes.html",
        notes=notes.select_related("author"),
        group=group,
        name=queries.title(group),
    )
