"""The mentor's report: its words are kept, its figures are read from facts when printed."""

import datetime as dt

from programs.errors import TransitionError
from programs.models import MentorReport, ReportConclusion
from programs.workflow.running import fit, program_step, require_text


def write_report(
    program,
    *,
    by,
    on: dt.date,
    appointment,
    dynamics: str,
    conclusion: str,
    difficulties: str = "",
    achievements: str = "",
    proposals: str = "",
) -> MentorReport:
    """Save the words of one mentor's report on a programme; a later text replaces the earlier.

    A closed case takes it too: the report is often written at the very end.

    Raises:
        TransitionError: ``program_not_approved``, ``not_the_mentor``, ``conclusion_unknown``,
            ``text_missing`` or ``text_too_long``.
    """
    with program_step(program, by=by, on=on, alive=False) as (change, program):
        if program.approved_on is None:
            raise TransitionError("program_not_approved", "Программа ещё не утверждена.")
        named = program.group.appointments.ordered().filter(pk=appointment.pk)
        if not named.exists():
            raise TransitionError("not_the_mentor", "Отчёт пишет назначенный наставник пары.")
        if conclusion not in ReportConclusion.values:
            raise TransitionError("conclusion_unknown", "Выберите вывод.", field="conclusion")
        report = MentorReport.objects.filter(program=program, appointment=appointment).first()
        report = report or MentorReport(program=program, appointment=appointment)
        report.dynamics = require_text(
            dynamics, field="dynamics", message="Напишите, что изменилось."
        )
        report.difficulties, report.achievements = difficulties.strip(), achievements.strip()
        report.proposals, report.conclusion = proposals.strip(), conclusion
        report.written_on = on
        fit(report)
        report.save()
        change.record(
            "report_written",
            report,
            program.group,
            school=program.group.school_id,
            mentor=appointment.post.person.short_name,
        )
        return report
