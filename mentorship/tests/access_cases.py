"""Cases of the world of access in every stage that some page acts upon."""

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from programs.models import (
    Acquaintance,
    Attendance,
    Document,
    Incentive,
    Letter,
    MentoringEpisode,
    MentoringRequest,
    Notification,
    Order,
    Pack,
    ScanBatch,
    ScanPage,
    ScanUpload,
)
from programs.tests import factories
from programs.tests.factories_programme import make_agreed, make_draft, make_running, make_sheet
from programs.workflow.addenda import record_addendum
from programs.workflow.adopt import adopt_case
from programs.workflow.appointments import appoint_temporary
from programs.workflow.groups import add_member, release_member
from programs.workflow.help import ask_help, write_note, write_remark
from programs.workflow.meetings import log_meeting
from programs.workflow.orders import LineDraft
from programs.workflow.term import pause_program
from schools.models import DataConsent, ImportDraft, Job, SchoolPolicy
from schools.tests.factories import make_post

TODAY = dt.date(2026, 11, 25)


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


STAGES = {
    "group": ["proposed", "consented", "ordered", "submitted_group", "drafted_group",
              "paused_group"],
    "member": ["proposed_member"],
    "consent": ["early_consent"],
    "order": ["draft", "adopted"],
    "line": ["draft_line"],
    "program": ["submitted"],
}  # fmt: skip


def add_cases(p: SimpleNamespace, canaries, *, every_stage: bool) -> None:
    """Cases of the place ``p``; rows that pages are opened for go to ``p.rows``.

    Without ``every_stage`` one running case stands for all: enough to be refused.
    """

    def word(kind):
        return canaries.word(p.letter, kind)

    SchoolPolicy.objects.filter(school=p.school).update(closing_by_order=False)
    make_sheet(p.school)
    p.main = _running_case(p, word)
    _meetings(p, word)
    _pay(p, word, canaries)
    _questions(p, word)
    if every_stage:
        _other_stages(p, word)
    else:
        for main, stages in STAGES.items():
            vars(p.rows).update(dict.fromkeys(stages, getattr(p.rows, main)))
    _later_mentor(p, word)
    _beside(p, word, canaries)


def _case(p, make, **fields):
    """A case of the place's mentor with somebody else than the main mentee, unless named."""
    return make(p.school, **{"mentor": p.posts["mentor"], **fields})


def _running_case(p, word) -> SimpleNamespace:
    """At work since September; the former mentee left on 10 October."""
    posts = [p.posts["mentee"], p.posts["former"]]
    case = _case(p, factories.make_ordered, mentee_posts=posts, why=word("why"))
    case.program = make_running(
        case.group, goal=word("goal"), tasks=word("tasks"), strengths=word("strengths")
    )
    former = case.members[1]
    release_member(
        former, by=p.curator, on=day(10, 12), left_on=day(10, 10), ground="STATEMENT",
        statement_on=day(10, 9), result=word("result"),
    )  # fmt: skip
    p.rows.group, p.rows.program = case.group, case.program
    p.rows.member, p.rows.order = case.members[0], case.order
    p.rows.line = case.order.lines.get()
    p.rows.event = case.program.events.get()
    return case


def _meetings(p, word) -> None:
    """One while the former mentee was there, one after that."""
    p.rows.meeting = _meeting(p, word, day(9, 20))
    p.later_meeting = _meeting(p, word, day(11, 10), "later ")
    p.rows.attendance = Attendance.objects.filter(meeting=p.rows.meeting).first()


def _meeting(p, word, held_on, when=""):
    return log_meeting(
        p.main.program, by=p.mentor, on=held_on, held_on=held_on, minutes=45, format="IN_PERSON",
        topic=word(f"{when}meeting"), result=word(f"{when}meeting"),
        agreements=word(f"{when}meeting"), present=list(p.main.group.members.on(held_on)),
    )  # fmt: skip


def _pay(p, word, canaries) -> None:
    p.rows.addendum = record_addendum(
        p.main.appointment, by=p.curator, on=day(9, 1), signed_on=day(8, 31),
        content=word("addendum"), work_form=word("addendum"), starts_on=day(9, 1),
        ends_on=dt.date(2027, 5, 31), pay_kind="ROUBLES", pay_amount=canaries.amount(p.letter),
        pay_basis=word("addendum"), employer_position="директор", employer_name=word("addendum"),
        number=word("addendum")[:50],
    )  # fmt: skip
    p.rows.consent = p.main.group.consents.get(role="MENTOR")
    for paper in [p.rows.consent, p.rows.addendum, p.rows.order]:
        paper.scan = p.store(word("file"))
        type(paper).objects.filter(pk=paper.pk).update(scan=paper.scan)


def _questions(p, word) -> None:
    write_note(p.main.group, by=p.mentor, on=day(11, 2), text=word("note"))
    p.rows.remark = write_remark(
        p.main.group, by=p.curator, on=day(11, 20), text=word("remark"), due_on=day(12, 1)
    )
    member = p.main.members[0]
    for name, kind, what in [("help", "HELP", "help"), ("other", "OTHER_MENTOR", "other mentor")]:
        asked = ask_help(member, by=p.mentee, on=day(11, 20), kind=kind, text=word(what))
        setattr(p.rows, name, asked)


def _other_stages(p, word) -> None:
    r = p.rows
    r.proposed = _case(p, factories.make_proposal, why=word("why")).group
    r.proposed_member = add_member(
        r.group, by=p.curator, on=TODAY, post=p.posts["later"], category="NEEDS_SUPPORT",
        kinds=["GROUP"],
    )  # fmt: skip
    consented = _case(p, factories.make_consented)
    r.consented = consented.group
    r.early_consent = consented.group.consents.get(role="MENTOR")
    r.draft = factories.make_draft(consented, on=day(11, 20))
    r.draft.title = word("order title")
    type(r.draft).objects.filter(pk=r.draft.pk).update(title=r.draft.title)
    r.draft_line = r.draft.lines.get()
    waiting = _case(p, factories.make_ordered)
    r.ordered = waiting.group
    r.adopted = _adopted_order(p)
    learning = _case(
        p, factories.make_ordered, mentor=make_post(p.school), mentee_posts=[p.posts["mentee"]]
    )
    r.submitted = make_agreed(learning.group)
    r.submitted.agreements.all().delete()
    r.submitted_group = r.submitted.group
    r.drafted_group = make_draft(_case(p, factories.make_ordered).group).group
    paused = make_running(_case(p, factories.make_ordered).group)
    pause_program(
        paused, by=p.curator, on=day(11, 9), starts_on=day(11, 9), expected_on=day(12, 9),
        reason=word("pause"),
    )  # fmt: skip
    r.paused_group = paused.group
    paused.refresh_from_db()


def _adopted_order(p) -> Order:
    """The order of a pair that entered from paper."""
    mentee = make_post(p.school)
    group = adopt_case(
        p.school, by=p.curator, on=TODAY, mentor=p.posts["mentor"],
        mentees=[(mentee, "NEEDS_SUPPORT")], form="TEACHER_TEACHER", kinds=["TRADITIONAL"],
        why="Запрос", curator=p.curator.person, consented_on=day(9, 1), order_number="5-бум",
        ordered_on=day(9, 2), signatory_position="директор",
        signatory_name=p.director.person.full_name, starts_on=day(9, 2),
        mentee_consents={mentee.pk: day(9, 1)},
    )  # fmt: skip
    return group.order_lines.get().order


def _later_mentor(p, word) -> None:
    """A stand-in of the main case, proposed and ordered after the former mentee had left."""
    p.rows.temporary = appoint_temporary(
        p.main.group, by=p.curator, on=day(11, 16), mentor=p.posts["spare"],
        starts_on=day(11, 17), expected_ends_on=day(12, 20), reason=word("reason"),
    )  # fmt: skip
    factories.record_consent(
        p.main.group, by=p.curator, on=day(11, 16), role="MENTOR", post=p.posts["spare"],
        signed_on=day(11, 16), members=[p.main.members[0]],
    )  # fmt: skip
    line = LineDraft(p.main.group, "APPOINT_TEMPORARY")
    factories.make_order(p.main, line, on=day(11, 16), number=word("order number")[:50])


def _beside(p, word, canaries) -> None:
    """What hangs on people and organisations rather than on a case."""
    r = p.rows
    r.request = MentoringRequest.objects.create(
        post=p.posts["later"], asked_on=day(11, 3), category="NEEDS_SUPPORT", text=word("request"),
        strengths=word("request"),
    )  # fmt: skip
    MentoringEpisode.objects.create(
        mentor=p.posts["mentor"], kind="CONSULTATION", whom=word("episode"), starts_on=day(9, 1),
        ends_on=day(9, 2), text=word("episode"), recorded_on=day(9, 3),
    )  # fmt: skip
    Incentive.objects.create(
        post=p.posts["mentor"], kind="PAYMENT", measure=word("incentive"), basis=word("incentive"),
        amount=canaries.amount(p.letter, "incentive"), granted_on=day(10, 1),
        recorded_on=day(10, 1), group=p.main.group,
    )  # fmt: skip
    r.acquaintance = Acquaintance.objects.create(
        person=p.posts["mentee"].person, order=r.order, signed_on=day(9, 2)
    )
    r.document = Document.objects.create(
        kind="MENTOR_CONSENT", school=p.school, group=r.group, post=p.posts["mentor"],
        printed_on=day(8, 25), file=p.store(word("file")), word_file=p.store(word("file")),
        sha256="0" * 64, pages=1,
        signed_on=day(8, 26), recorded_on=day(8, 27), scan=p.store(word("file")),
    )  # fmt: skip
    r.data_consent = DataConsent.objects.create(
        person=p.posts["spare"].person, school=p.school, purpose="DISTRIBUTION",
        text=word("file"), signed_on=day(9, 1),
    )  # fmt: skip
    r.reminder = Notification.objects.create(
        recipient=p.director.person, kind="local_act", about=f"local_act|school:{p.school.pk}",
        due_on=TODAY, step=0, told_on=TODAY,
    )  # fmt: skip
    r.letter = Letter.objects.create(
        recipient=p.director.person, day=TODAY, state="FAILED", error="550 no such user"
    )
    Document.objects.create(  # still waited for: a sheet may be placed there
        kind="MENTOR_CONSENT", school=p.school, group=r.group, post=p.posts["mentor"],
        printed_on=day(11, 20), pages=1,
    )  # fmt: skip
    batch = ScanBatch.objects.create(school=p.school, by=p.curator)
    upload = ScanUpload.objects.create(batch=batch, name=word("file"), read_at=timezone.now())
    r.sheet = ScanPage.objects.create(
        school=p.school, upload=upload, number=1, problem="UNREADABLE",
        file=p.store(word("file")), preview=p.store(word("file")),
    )  # fmt: skip
    r.job = Job.objects.create(kind="paper", owner=p.director, school=p.school)
    r.bundle = Job.objects.create(
        kind="bundle", owner=p.director, school=p.school, state="DONE", finished_at=timezone.now(),
        file=p.store(word("file")), result={"codes": [], "refused": [word("order title")]},
    )  # fmt: skip
    r.archive = Job.objects.create(
        kind="archive", owner=p.director, school=p.school, state="DONE",
        finished_at=timezone.now(), file=p.store(word("file")), result={"group": r.group.pk},
    )  # fmt: skip
    r.pack = Pack.objects.create(
        school=p.school, group=r.group, as_of=TODAY, recipient=word("remark"),
        basis=word("remark"), made_on=TODAY, by=p.curator, file=p.store(word("file")),
    )  # fmt: skip
    r.list = ImportDraft.objects.create(
        school=p.school, owner=p.director, file=p.store(word("file")), as_of=TODAY,
        content={"sheets": [], "rows": [], "refused": [], "absent": [], "as_of": "2026-11-25"},
    )  # fmt: skip


def add_guest_case(p: SimpleNamespace, home: SimpleNamespace, canaries) -> None:
    """The mentor of ``home`` mentors in ``p`` on secondment."""
    mentor = factories.lend(home.posts["mentor"], p.school)
    case = factories.make_ordered(
        p.school, mentor=mentor, mentee_posts=[make_post(p.school)],
        why=canaries.word(p.letter, "why"), **factories.SECONDMENT,
    )  # fmt: skip
    program = make_running(case.group, goal=canaries.word(p.letter, "guest goal"))
    remark = write_remark(
        case.group, by=p.curator, on=TODAY, text=canaries.word(p.letter, "remark"),
        due_on=dt.date(2026, 12, 1),
    )  # fmt: skip
    mine = {
        "remark": remark,
        "group": case.group, "member": case.members[0], "program": program,
        "event": program.events.get(), "order": case.order, "line": case.order.lines.get(),
        "temporary": case.appointment, "mentor_post": home.posts["mentor"],
    }  # fmt: skip
    p.guest_rows = SimpleNamespace(**{**vars(p.rows), **mine})
    for main in STAGES:
        vars(p.guest_rows).update(dict.fromkeys(STAGES[main], getattr(p.guest_rows, main)))
