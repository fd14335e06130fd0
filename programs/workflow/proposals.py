"""What makes a proposed pair lawful: posts, form, kinds, basis, term. Reads only."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from programs.choices import Basis, Form, Kind, MenteeCategory
from programs.errors import TransitionError
from programs.models import MentorAppointment, MentoringGroup
from schools.calendar import programme_bounds
from schools.models import (
    Membership,
    Partner,
    Person,
    Relation,
    Role,
    School,
    Secondment,
    StaffMember,
    Study,
)

PARTNER_FORMS = {Form.LECTURER_YOUNG_TEACHER, Form.PARTNER_TEACHER}


@dataclass(frozen=True)
class MentorTerms:
    """On what the mentor's work rests, as typed on the form."""

    basis: str = Basis.ADDENDUM
    duty_clause: str = ""
    duty_dated: dt.date | None = None
    home_order: str = ""
    home_agreement: str = ""
    partner: Partner | None = None
    hours_per_month: int | None = None

    def columns(self, mentor: StaffMember) -> dict:
        """Columns of the appointment; a partner is named only where the basis is one."""
        partner = self.partner or mentor.partner
        return {
            "basis": self.basis,
            "duty_clause": self.duty_clause if self.basis == Basis.DUTY_OF_POST else "",
            "duty_dated": self.duty_dated if self.basis == Basis.DUTY_OF_POST else None,
            "home_order": self.home_order if self.basis == Basis.SECONDMENT else "",
            "home_agreement": self.home_agreement if self.basis == Basis.SECONDMENT else "",
            "partner": partner if self.basis == Basis.PARTNER_AGREEMENT else None,
            "hours_per_month": self.hours_per_month,
        }


def check_mentor(
    school: School, mentor: StaffMember, terms: MentorTerms, *, form: str, on: dt.date
) -> None:
    """The mentor's post, relation and papers fit the basis and the form (domain b.5).

    Raises:
        TransitionError: ``basis_unknown``, ``post_of_another_school``,
            ``post_of_the_same_school``, ``not_seconded``, ``post_left``,
            ``basis_does_not_fit``, ``duty_clause_missing``, ``partner_missing``,
            ``partner_of_another_school``, ``form_needs_partner``, ``mentor_not_director``.
    """
    if terms.basis not in Basis.values:
        raise TransitionError("basis_unknown", "Выберите основание.", field="basis")
    seconded = terms.basis == Basis.SECONDMENT
    if not seconded and mentor.school_id != school.pk:
        raise TransitionError(
            "post_of_another_school",
            "Наставник из другой организации — только по основанию «направление из другой"
            " организации».",
            field="mentor",
        )
    if seconded and mentor.school_id == school.pk:
        raise TransitionError(
            "post_of_the_same_school",
            "Направляют из другой организации, а этот наставник работает здесь.",
            field="basis",
        )
    require_works(mentor, on, field="mentor")
    if seconded and not Secondment.objects.in_force(on).filter(post=mentor, to_school=school):
        raise TransitionError(
            "not_seconded",
            f"{mentor.person.short_name} работает в другой организации, и та не направляла этого"
            " наставника к вам: направление записывает она.",
            field="mentor",
        )
    needed = Relation.PARTNER if terms.basis == Basis.PARTNER_AGREEMENT else Relation.EMPLOYEE
    if mentor.relation != needed:
        raise TransitionError(
            "basis_does_not_fit",
            f"Основание «{Basis(terms.basis).label}» не подходит: наставник —"
            f" {mentor.get_relation_display()}.",
            field="basis",
        )
    if terms.basis == Basis.DUTY_OF_POST and not (terms.duty_clause and terms.duty_dated):
        raise TransitionError(
            "duty_clause_missing",
            "Укажите пункт и дату должностной инструкции.",
            field="duty_dated" if terms.duty_clause else "duty_clause",
        )
    if terms.basis == Basis.PARTNER_AGREEMENT:
        _check_partner(school, terms.partner or mentor.partner)
    _check_form(mentor, terms, form=form, on=on)


def _check_partner(school: School, partner: Partner | None) -> None:
    if partner is None:
        raise TransitionError("partner_missing", "Укажите организацию-партнёра.", field="partner")
    if partner.school_id != school.pk:
        raise TransitionError(
            "partner_of_another_school",
            "Договор с этим партнёром заключила другая организация.",
            field="partner",
        )


def _check_form(mentor: StaffMember, terms: MentorTerms, *, form: str, on: dt.date) -> None:
    if form not in Form.values:
        raise TransitionError("form_unknown", "Выберите форму наставничества.", field="form")
    if form in PARTNER_FORMS and terms.basis != Basis.PARTNER_AGREEMENT:
        raise TransitionError(
            "form_needs_partner",
            f"Форма «{Form(form).label}»: наставник — от организации-партнёра, по договору с ней.",
            field="form",
        )
    if form == Form.HEAD_TEACHER and not is_director(mentor, on):
        raise TransitionError(
            "mentor_not_director",
            "Форма «руководитель – педагог»: наставником должен быть руководитель организации.",
            field="mentor",
        )


def is_director(post: StaffMember, on: dt.date) -> bool:
    """The person of ``post`` heads its organisation on ``on``."""
    heads = Membership.objects.current(on).filter(role=Role.DIRECTOR, school=post.school_id)
    return heads.filter(person=post.person_id).exists()


def check_mentees(school: School, mentor: StaffMember, mentees, *, form: str, on: dt.date) -> None:
    """Posts of the school, each person once, none of them the mentor (domain b.5).

    Args:
        mentees: list of (StaffMember, MenteeCategory value).

    Raises:
        TransitionError: ``no_mentees``, ``post_of_another_school``, ``post_left``,
            ``category_unknown``, ``mentee_twice``, ``mentor_is_mentee``,
            ``mentee_not_student``.
    """
    if not mentees:
        raise TransitionError("no_mentees", "Выберите хотя бы одного наставляемого.", field=_M)
    people = [post.person_id for post, _ in mentees]
    if len(set(people)) != len(people):
        raise TransitionError("mentee_twice", "Один человек выбран дважды.", field=_M)
    for post, category in mentees:
        check_mentee(school, post, category, form=form, on=on)
        if post.person_id == mentor.person_id:
            raise TransitionError(
                "mentor_is_mentee", "Никто не бывает наставником самому себе.", field=_M
            )


_M = "mentees"


def check_mentee(
    school: School, post: StaffMember, category: str, *, form: str, on: dt.date
) -> None:
    """One mentee's post; see ``check_mentees``."""
    if post.school_id != school.pk:
        raise TransitionError(
            "post_of_another_school",
            f"{post.person.short_name} работает в другой организации.",
            field=_M,
        )
    require_works(post, on, field=_M)
    if category not in MenteeCategory.values:
        raise TransitionError("category_unknown", "Выберите категорию наставляемого.", field=_M)
    is_student = post.relation == Relation.PRACTICE or Study.objects.filter(post=post).exists()
    if form == Form.EMPLOYER_STUDENT and not is_student:
        raise TransitionError(
            "mentee_not_student",
            f"Форма «работодатель – студент»: у {post.person.short_name} не указано обучение.",
            field=_M,
        )


def require_works(post: StaffMember, on: dt.date, *, field: str) -> None:
    if not post.works(on):
        raise TransitionError(
            "post_left", f"{post.person.short_name} здесь больше не работает.", field=field
        )


def check_kinds(kinds, mentee_count: int) -> None:
    """Kinds fit the number of mentees; age and length of service never matter (REVERSE).

    Raises:
        TransitionError: ``kinds_missing``, ``kinds_unknown``, ``lone_consultation``,
            ``group_needs_two``, ``traditional_is_one_to_one``.
    """
    kinds = set(kinds)
    if not kinds:
        raise TransitionError(
            "kinds_missing", "Выберите хотя бы один вид наставничества.", field="kinds"
        )
    if kinds - set(Kind.values):
        raise TransitionError("kinds_unknown", "Неизвестный вид наставничества.", field="kinds")
    if kinds == {Kind.SPEED}:
        raise TransitionError(
            "lone_consultation",
            "Одна консультация — не программа от трёх месяцев: внесите её как разовую"
            " консультацию в «Помощь вне программ» или добавьте другой вид.",
            field="kinds",
        )
    if Kind.GROUP in kinds and mentee_count < 2:
        raise TransitionError(
            "group_needs_two", "Наставничество в группе — от двух наставляемых.", field="kinds"
        )
    if Kind.TRADITIONAL in kinds and mentee_count > 1:
        raise TransitionError(
            "traditional_is_one_to_one",
            "Традиционное наставничество — «один на один»: для группы выберите другой вид.",
            field="kinds",
        )


def in_order(kinds) -> tuple[str, ...]:
    """``kinds`` once each, in the order of the regulation."""
    return tuple(kind for kind in Kind.values if kind in kinds)


def check_term(starts_on: dt.date, ends_on: dt.date) -> None:
    """From three months to one year by calendar months (Положение, 1.2.1).

    Raises:
        TransitionError: ``term_out_of_limits``.
    """
    earliest, latest = programme_bounds(starts_on)
    if not earliest <= ends_on <= latest:
        raise TransitionError(
            "term_out_of_limits",
            "Срок — от трёх месяцев до одного года (Положение, 1.2.1).",
            field="ends_on",
        )


def check_curator(school: School, curator: Person, *, on: dt.date) -> None:
    """The curator holds a role in the organisation (director and curator may be one)."""
    roles = Membership.objects.current(on).filter(school=school, person=curator)
    if not roles.filter(role__in=[Role.CURATOR, Role.DIRECTOR]).exists():
        raise TransitionError(
            "curator_without_role",
            f"{curator.short_name} — не куратор и не руководитель этой организации.",
            field="curator",
        )


def refuse_same_pair(school: School, mentor: StaffMember, mentees, *, except_for=None) -> None:
    """The same mentor and mentee are not proposed twice (a double click, two tabs).

    Raises:
        TransitionError: ``pair_exists``.
    """
    mentored = MentorAppointment.objects.filter(
        Q(ends_on=None), post__person=mentor.person_id, dropped_on=None
    )
    people = [post.person_id for post, _ in mentees]
    same = MentoringGroup.objects.open().filter(
        school=school,
        pk__in=mentored.values("group"),
        members__left_on=None,
        members__post__person__in=people,
    )
    if same.exclude(pk=except_for).exists():
        raise TransitionError(
            "pair_exists", "Такая пара уже есть: тот же наставник и наставляемый.", field=_M
        )
