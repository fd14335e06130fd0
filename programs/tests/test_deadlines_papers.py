"""Consents, addendum, order, acquaintance, scans: when they open, are due, are settled."""

import datetime as dt

import pytest
from django.utils import timezone

from programs.models import Acquaintance, ContractAddendum, Deadline, Order
from programs.tests.deadline_world import World, d, dates
from schools.models import Partner, SchoolPolicy, StoredFile
from schools.tests.factories import make_post

pytestmark = pytest.mark.django_db


def addendum(world, signed_on):
    return ContractAddendum.objects.create(
        appointment=world.appointment, signed_on=signed_on, recorded_on=signed_on,
        content="помощь", work_form="очно", starts_on=d("14.09.2026"), ends_on=d("31.05.2027"),
        pay_kind="ROUBLES", pay_amount=2000, pay_basis="положение об оплате",
        employer_position="директор", employer_name="Иванова И. И.",
    )  # fmt: skip


def scan(world, day):
    return StoredFile.objects.create(
        school=world.school, file="x", name="x.pdf", content_type="application/pdf", size=1,
        sha256="0" * 64, created_at=timezone.make_aware(dt.datetime.combine(day, dt.time(12))),
    )  # fmt: skip


def test_a_proposal_opens_the_consents_three_working_days_before_the_start():
    world = World()
    mentor = world.one("mentor_consent")
    mentee = world.one("mentee_consent")
    assert dates(mentor) == ("01.09.2026", "09.09.2026", None)
    assert dates(mentee) == ("01.09.2026", "09.09.2026", None)
    assert (mentor.force, mentor.date_source) == ("LAW", "DEFAULT")
    assert (mentee.force, mentee.date_source) == ("SCHOOL", "DEFAULT")
    assert mentor.owner == f"person:{world.mentor.person_id}"
    assert mentee.owner == f"person:{world.mentee.person_id}"
    assert world.due("order") == world.due("addendum") == []


def test_six_day_week_counts_saturdays():
    world = World(week=6)  # 14 September is a Monday: Saturday, Friday, Thursday
    assert world.one("mentor_consent").due_on == d("10.09.2026")


def test_consents_settle_their_rows_and_open_order_and_addendum():
    world = World()
    world.consents(d("03.09.2026"))
    assert dates(world.one("mentor_consent")) == ("01.09.2026", "09.09.2026", "03.09.2026")
    assert dates(world.one("mentee_consent")) == ("01.09.2026", "09.09.2026", "03.09.2026")
    assert dates(world.one("order")) == ("03.09.2026", "14.09.2026", None)
    assert dates(world.one("addendum")) == ("03.09.2026", "14.09.2026", None)
    assert world.one("order").owner == f"director:school:{world.school.pk}"


def test_the_order_waits_for_the_mentee_unless_the_organisation_does_not_ask():
    world = World()
    world.consent(world.mentor, "MENTOR", d("03.09.2026"))
    assert world.due("order") == []
    world.policy(mentee_consent_required=False)
    assert dates(world.one("order")) == ("03.09.2026", "14.09.2026", None)
    assert world.due("mentee_consent") == []


def test_late_consents_never_make_the_order_due_before_it_opens():
    world = World()
    world.consents(d("20.09.2026"))
    assert dates(world.one("order")) == ("20.09.2026", "20.09.2026", None)


def test_a_withdrawn_consent_opens_the_duty_again_and_voids_what_followed():
    world = World()
    consent = world.consent(world.mentor, "MENTOR", d("03.09.2026"))
    world.consent(world.mentee, "MENTEE", d("03.09.2026"))
    assert world.one("order")
    consent.withdrawn_on = d("05.09.2026")
    consent.save()
    assert world.one("mentor_consent").done_on is None
    assert world.due("order") == []
    assert Deadline.objects.get(kind="order").void_on == d("20.11.2026")


def test_a_withdrawn_case_and_a_dropped_proposal_owe_nothing():
    world = World()
    assert world.due("mentor_consent")
    world.appointment.dropped_on = d("02.09.2026")
    world.appointment.save()
    assert world.due("mentor_consent") == []
    world.group.withdrawn_on = d("02.09.2026")
    world.group.save()
    assert world.due("mentee_consent") == []


def test_a_signed_order_settles_the_order_and_names_the_addendum_s_date():
    world = World()
    world.consents()
    world.order(d("10.09.2026"))
    assert dates(world.one("order")) == ("03.09.2026", "14.09.2026", "10.09.2026")
    row = world.one("addendum")
    assert (row.force, row.date_source, row.done_on) == ("LAW", "ORDER", None)
    addendum(world, d("11.09.2026"))
    assert world.one("addendum").done_on == d("11.09.2026")


@pytest.mark.parametrize(
    ("basis", "done"),
    [
        ({"basis": "DUTY_OF_POST", "duty_clause": "2.5", "duty_dated": d("01.09.2024")},
         "03.09.2026"),
        ({"basis": "SECONDMENT", "home_order": "№ 5", "home_agreement": "№ 1"}, "03.09.2026"),
        ({"basis": "SECONDMENT", "home_order": "№ 5"}, None),
        ({"basis": "PARTNER_AGREEMENT", "partner": "10.08.2026"}, "10.08.2026"),
        ({"basis": "PARTNER_AGREEMENT", "partner": None}, None),
    ],
    ids=["duty", "secondment", "secondment without agreement", "partner", "partner without one"],
)  # fmt: skip
def test_each_basis_has_its_own_paper_instead_of_the_addendum(basis, done):
    world = World()
    if "partner" in basis:
        signed = basis["partner"]
        basis["partner"] = Partner.objects.create(
            school=world.school, name="Педагогический колледж", agreement_on=signed and d(signed)
        )
    for name, value in basis.items():
        setattr(world.appointment, name, value)
    world.appointment.save()
    world.consents(d("03.09.2026"))
    assert world.one("addendum").done_on == (done and d(done))


def test_for_a_student_on_practice_the_addendum_is_only_advised():
    world = World(form="EMPLOYER_STUDENT")
    world.mentee.relation = "PRACTICE"
    world.mentee.save()
    world.consents()
    assert world.one("addendum").force == "ADVICE"


def test_a_director_who_mentors_stays_the_recorder():
    world = World(form="HEAD_TEACHER")
    world.appointment.post = world.director.posts.get()
    world.appointment.save()
    world.consent(world.appointment.post, "MENTOR", d("03.09.2026"))
    world.consent(world.mentee, "MENTEE", d("03.09.2026"))
    assert world.one("order").owner == f"director:school:{world.school.pk}"
    assert world.one("mentor_consent").owner == f"person:{world.director.pk}"


def test_a_late_member_needs_the_mentor_s_naming_consent_and_an_amending_order():
    world = World()
    world.running()
    late = world.add_member(make_post(world.school), proposed_on=d("05.10.2026"))
    subject = f"member:{late.pk}"
    row = world.one("mentor_consent", subject=subject)
    assert dates(row) == ("05.10.2026", "12.10.2026", None)
    assert dates(world.one("mentee_consent", subject=subject))[1] == "12.10.2026"
    assert world.due("order", subject=subject) == []

    first = world.group.consents.get(role="MENTOR")
    world.consent(world.mentor, "MENTOR", d("06.10.2026"), supplements=first, members=[late])
    world.consent(late.post, "MENTEE", d("07.10.2026"))
    assert dates(world.one("order", subject=subject)) == ("07.10.2026", "14.10.2026", None)

    late.joined_line = world.signed_line("ADD_MEMBER", d("08.10.2026"))
    late.joined_on = d("08.10.2026")
    late.save()
    assert world.one("order", subject=subject).done_on == d("08.10.2026")
    assert world.one("mentor_consent", subject=subject).done_on == d("06.10.2026")


def test_a_prepared_order_is_signed_in_three_working_days_once_for_all_its_pairs():
    world = World()
    other = World(beside=world)
    order = Order.objects.create(
        register=world.register, kind="ASSIGN", title="О закреплении", prepared_on=d("04.09.2026")
    )
    for pair in (world, other):
        order.lines.create(group=pair.group, action="ASSIGN")
    row = world.one("order_signature")
    assert dates(row) == ("04.09.2026", "09.09.2026", None)
    assert (row.subject, row.group_id) == (f"order:{order.pk}", None)
    order.dropped_on = d("05.09.2026")
    order.save()
    assert other.due("order_signature") == []


def test_an_order_is_read_by_everybody_it_names():
    world = World()
    world.consents()
    line = world.order(d("10.09.2026"))
    assert dates(world.one("acquaintance")) == ("10.09.2026", "17.09.2026", None)
    for post, day in [(world.mentor, "11.09.2026"), (world.mentee, "14.09.2026")]:
        assert world.one("acquaintance").done_on is None
        Acquaintance.objects.create(person=post.person, order=line.order, signed_on=d(day))
    assert world.one("acquaintance").done_on == d("14.09.2026")


def test_scans_are_asked_for_every_signed_paper():
    world = World()
    world.consents(d("03.09.2026"))
    line = world.order(d("10.09.2026"))
    mark = world.group.consents.get(role="MENTEE")
    mark.means = "MARK"
    mark.save()
    paper = world.group.consents.get(role="MENTOR")
    assert [r.subject for r in world.due("scan")] == [f"consent:{paper.pk}"]
    assert dates(world.one("scan")) == ("03.09.2026", "10.09.2026", None)
    paper.scan = scan(world, d("05.09.2026"))
    paper.save()
    assert world.one("scan").done_on == d("05.09.2026")
    row = world.one("order_scan")
    assert (row.subject, dates(row)) == (
        f"order:{line.order_id}", ("10.09.2026", "17.09.2026", None),
    )  # fmt: skip


def test_a_switched_off_kind_lapses_and_keeps_what_was_done():
    world = World()
    world.consents()
    line = world.order()
    paper = world.group.consents.get(role="MENTOR")
    paper.scan = scan(world, d("05.09.2026"))
    paper.save()
    assert len(world.due("scan")) == 2
    SchoolPolicy.objects.create(
        school=world.school, starts_on=d("01.11.2026"),
        scans_tracked=False, acquaintance_tracked=False,
    )  # fmt: skip
    assert world.one("scan").done_on == d("05.09.2026")
    assert world.due("acquaintance") == world.due("order_scan") == []
    assert Deadline.objects.get(kind="acquaintance", subject=f"line:{line.pk}").void_on


def test_an_adopted_pair_has_thirty_days_for_papers_that_only_warn():
    world = World(adopted_on=d("01.10.2026"), confirmed=True)
    world.consent(world.mentor, "MENTOR", d("03.09.2026"), recorded_on=d("01.10.2026"))
    world.order(d("10.09.2026"), recorded_on=d("01.10.2026"))
    for kind in ("addendum", "mentee_consent", "acquaintance", "scan", "order_scan"):
        row = world.one(kind)
        assert (kind, dates(row)) == (kind, ("01.10.2026", "31.10.2026", None))
        assert row.date_source == "DISTRICT"
    assert world.one("order").done_on == d("10.09.2026")


def test_a_district_that_confirms_its_dates_makes_them_its_own():
    world = World()
    world.consents()
    assert {r.date_source for r in world.due("order")} == {"DEFAULT"}
    world.district(dates_confirmed=True, days={"mentor_consent": 1})
    assert world.one("order").date_source == "DISTRICT"
    assert world.one("mentor_consent").due_on == d("11.09.2026")


def test_a_replaced_mentor_s_done_rows_stay_and_the_successor_starts_anew():
    world = World()
    world.running()
    old = world.appointment
    old.ends_on = d("11.10.2026")
    old.end_line = world.signed_line("REPLACE_MENTOR", d("09.10.2026"))
    old.save()
    new = world.propose(
        make_post(world.school), proposed_on=d("05.10.2026"), starts_on=d("12.10.2026"),
        follows=old,
    )  # fmt: skip
    subjects = [r.subject for r in world.due("mentor_consent")]
    assert subjects == sorted([f"appointment:{old.pk}", f"appointment:{new.pk}"])
    assert world.one("mentor_consent", subject=f"appointment:{old.pk}").done_on
    assert world.one("order", subject=f"appointment:{old.pk}").done_on == d("10.09.2026")
    assert world.due("addendum") == []  # unsigned by the end of the work: nothing to sign
    world.consent(new.post, "MENTOR", d("06.10.2026"))
    row = world.one("order", subject=f"appointment:{new.pk}")
    assert dates(row) == ("06.10.2026", "12.10.2026", None)
    assert world.one("addendum").subject == f"appointment:{new.pk}"
