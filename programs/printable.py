"""Papers that can be printed from a page: what, and where the button leads."""

from dataclasses import dataclass

from django.urls import reverse

from programs import permissions as may
from programs.casefile import CaseFile
from programs.choices import Basis
from programs.models import MentorReport


@dataclass(frozen=True)
class Printable:
    """One paper. ``asks``: the address is a form to be filled in first, not a button."""

    title: str
    url: str
    note: str = ""
    asks: bool = False


def button(paper: str, row) -> str:
    """Where the button «Напечатать» of ``paper`` (see ``views.papers.PRINTED``) is sent."""
    return reverse("paper-print", args=[paper, row.pk])


def of_case(case: CaseFile) -> list[Printable]:
    """Papers of the pair in the order of its life, as ``case.user`` may print them."""
    if case.until is not None:
        return []
    found = []
    if may.can_print_paper(case.user, case.group):
        found += [*_consents(case), *_contract(case), *_orders(case), *_programme(case)]
    found += _work(case)
    return found


def _consents(case: CaseFile):
    target = case.proposed or case.mentor
    if target is not None:
        name = target.post.person.short_name
        yield Printable(f"Согласие наставника: {name}", button("consent", case.group))
    for member in case.members:
        name = member.post.person.short_name
        yield Printable(f"Согласие наставляемого: {name}", button("mentee-consent", member))


def _contract(case: CaseFile):
    mentor = case.mentor
    if mentor is not None and mentor.basis == Basis.ADDENDUM and case.runs:
        yield Printable(
            f"Дополнительное соглашение: {mentor.post.person.short_name}",
            reverse("addendum-print", args=[case.group.pk]),
            "Нужны размер и условия оплаты.",
            asks=True,
        )
    if mentor is not None and mentor.ordered_on and case.runs:
        yield Printable(
            "Уведомление об отказе или отмене поручения",
            reverse("notice-print", args=[case.group.pk]),
            "Если поручение прекращается раньше срока.",
            asks=True,
        )


def _orders(case: CaseFile):
    for line in case.draft_lines:
        title = f"Проект приказа: {line.get_action_display()}"
        yield Printable(title, button("order", line.order))


def _programme(case: CaseFile):
    if case.program is not None and case.program.goal and case.program.starts_on:
        yield Printable("Персонализированная программа", button("program", case.program))
        if case.program.approved_on:
            note = "" if case.evaluation else "Пустой, чтобы заполнить от руки."
            yield Printable("Лист оценки", button("evaluation", case.program), note)


def _work(case: CaseFile):
    """What the mentor prints as well."""
    program = case.program
    if program is None or program.approved_on is None:
        return
    if not may.can_print_work(case.user, case.group):
        return
    if program.meetings.held().exists():
        yield Printable("Записи о встречах", button("meetings", program))
    if case.mentor is not None and case.mentor.ordered_on:
        written = MentorReport.objects.visible_to(case.user).filter(
            program=program, appointment=case.mentor
        )
        report = written.first()
        note = f"Сохранён {report.written_on:%d.%m.%Y}." if report else "Черновик готов из записей."
        url = reverse("report-write", args=[program.pk])
        yield Printable("Отчёт наставника", url, note, asks=True)
