"""Help in choosing a mentor: candidates of one organisation with reasons in words.

There is no hidden score: the order follows the reasons that the curator reads.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from programs.choices import Form, Kind, MenteeCategory
from programs.models import MentorAppointment
from schools.models import Category, Qualification, Relation, Secondment, StaffMember
from schools.text import key, plural

STRONG = {Category.HIGHEST: "высшая категория", Category.FIRST: "первая категория"}


@dataclass
class Candidate:
    """A post that could mentor, with what speaks for it and what to keep in mind."""

    post: StaffMember
    mentees: int = 0
    reasons: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    same_subject: bool = False
    seconded: bool = False
    rank: tuple = ()

    @property
    def label(self) -> str:
        words = [self.post.person.full_name, self.post.title, *self.reasons, *self.cautions]
        return " · ".join(words)


def candidates(school, on: dt.date, *, mentee: StaffMember | None = None, warn_above: int = 3):
    """People of ``school``, and those seconded to it, who could mentor on ``on``, best first.

    A short length of service only lowers the place (the regulation asks for results, not for
    years, and reverse mentoring is lawful). Three queries whatever the number of people.
    """
    posts = posts_for(school, on).prefetch_related(
        Prefetch("qualifications", queryset=Qualification.objects.all(), to_attr="known"),
    )
    if mentee is not None:
        posts = posts.exclude(person=mentee.person_id)
    load = _load(school, on)
    found = [
        _weigh(post, on, mentee, load.get(post.person_id, 0), warn_above)
        if post.school_id == school.pk
        else _seconded(post, mentee)
        for post in posts
    ]
    return sorted(found, key=lambda c: (*c.rank, c.post.person.name_key, c.post.pk))


def posts_for(school, on: dt.date):
    """Posts that may be named mentor in ``school``: own ones and those seconded (queryset)."""
    offers = Secondment.objects.in_force(on).filter(to_school=school)
    return (
        StaffMember.objects.working(on)
        .filter(Q(school=school) | Q(pk__in=offers.values("post")))
        .exclude(relation=Relation.PRACTICE)
        .select_related("person", "partner", "school")
    )


def _load(school, on: dt.date) -> dict[int, int]:
    """Present mentees of every mentor of the school: person -> count."""
    rows = MentorAppointment.objects.on(on).filter(
        post__school=school, group__withdrawn_on=None, group__closed_on=None,
        group__members__left_on=None, group__members__isnull=False,
    ).values_list("post__person", "group__members__post__person")  # fmt: skip
    load: dict[int, set[int]] = {}
    for mentor, learner in rows:
        load.setdefault(mentor, set()).add(learner)
    return {mentor: len(people) for mentor, people in load.items()}


def _weigh(post: StaffMember, on, mentee, mentees: int, warn_above: int) -> Candidate:
    candidate, novice = Candidate(post, mentees), post.is_novice(on)
    newest = post.known[0] if post.known else None
    category = newest.category if newest else ""
    if mentee is not None and mentee.subject and _share(mentee.subject, post.subject):
        candidate.same_subject = True
        candidate.reasons.append(f"тот же предмет: {post.subject}")
    if category in STRONG:
        candidate.reasons.append(STRONG[category])
    if newest and newest.is_teacher_mentor:
        candidate.reasons.append("категория «педагог-наставник»")
    years = post.teaching_years
    if years is not None:
        words = f"педагогический стаж {years} {plural(years, 'год', 'года', 'лет')}"
        (candidate.cautions if novice else candidate.reasons).append(words)
    if post.in_mentor_bank:
        candidate.reasons.append("в банке наставников")
    if mentees:
        candidate.cautions.append(f"уже наставляет: {mentees}")
    if mentees >= warn_above:
        candidate.cautions.append("большая нагрузка")
    if post.leaving_on:
        candidate.cautions.append(f"уходит {post.leaving_on:%d.%m.%Y}")
    candidate.rank = (
        mentees >= warn_above or post.leaving_on is not None,
        novice,
        not post.in_mentor_bank,
        not candidate.same_subject,
        [Category.HIGHEST, Category.FIRST].index(category) if category in STRONG else 2,
        mentees,
        -(years or 0),
    )
    return candidate


def _seconded(post: StaffMember, mentee) -> Candidate:
    """Somebody of another organisation: the host knows the name, the post and who sends."""
    candidate = Candidate(post, seconded=True)
    candidate.reasons.append(f"направляет {post.school}")
    candidate.same_subject = mentee is not None and _share(mentee.subject, post.subject)
    candidate.rank = (False, False, True, not candidate.same_subject, 2, 0, 0)
    return candidate


def _share(left: str, right: str) -> bool:
    """Two lists of subjects have a word in common («математика, физика» and «физика»)."""
    split = [
        {w for w in key(text).replace(",", " ").split() if len(w) > 3} for text in (left, right)
    ]
    return bool(split[0] & split[1])


def suggested_category(post: StaffMember, on: dt.date) -> str:
    """The most likely category of a mentee; the curator decides."""
    if post.relation == Relation.PRACTICE:
        return MenteeCategory.STUDENT
    if post.is_novice(on):
        return MenteeCategory.YOUNG_SPECIALIST
    if post.hired_on and post.hired_on > on - dt.timedelta(days=365):
        return MenteeCategory.NEW_IN_ORGANIZATION
    return MenteeCategory.NEEDS_SUPPORT


def suggested_form(mentor: StaffMember | None, mentees) -> str:
    if mentor is not None and mentor.relation == Relation.PARTNER:
        return Form.PARTNER_TEACHER
    if mentor is not None and key(mentor.position).startswith(("директор", "заведующ")):
        return Form.HEAD_TEACHER
    if mentees and all(m.relation == Relation.PRACTICE for m in mentees):
        return Form.EMPLOYER_STUDENT
    return Form.TEACHER_TEACHER


def suggested_kinds(mentees) -> list[str]:
    return [Kind.GROUP if len(mentees) > 1 else Kind.TRADITIONAL]


def suggested_why(mentor: StaffMember | None, mentees, category: str) -> str:
    """One sentence for «почему такие форма и виды» (Положение, 4.2)."""
    if mentor is None or not mentees:
        return (
            "Форма и виды выбраны по цели программы, запросу наставляемого и кадровым"
            " возможностям организации."
        )
    label = MenteeCategory(category).label if category else "запрос наставляемого"
    why = f"Запрос наставляемого: {label}"
    if mentees[0].subject and _share(mentees[0].subject, mentor.subject):
        why += f"; наставник ведёт тот же предмет ({mentor.subject})"
    return f"{why}; кадровые возможности организации позволяют такую форму."[:500]


def usual_dates(on: dt.date) -> tuple[dt.date, dt.date]:
    """A start and an end that are usual and lawful (3 to 12 months).

    From 1 September to 31 May; a pair proposed later starts in about two weeks and still ends
    on 31 May, or lasts nine months where that would be less than three.
    """
    first = dt.date(on.year, 9, 1)
    if on <= first and on.month >= 6:
        return first, dt.date(on.year + 1, 5, 31)
    start = on + dt.timedelta(days=14)
    end = dt.date(start.year + (start.month >= 6), 5, 31)
    if (end - start).days < 100:  # three months and a margin
        end = dt.date(end.year, 12, 31) if end.month == 5 else end
    return start, end
