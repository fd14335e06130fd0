"""What many papers share: the organisation's head and letterhead, people in every case."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max

from programs.models import MentorAppointment, MentoringGroup
from schools import grammar
from schools.grammar import ACCUSATIVE, DATIVE, GENITIVE
from schools.models import Membership, Person, Relation, Role, School, StaffMember
from schools.typography import NBSP
from schools.words import words_for

REGULATION = (
    "Положением о наставничестве для педагогических работников муниципальных образовательных"
    " организаций"
)
LABOUR_CODE = "статьёй 351.8 Трудового кодекса Российской Федерации"
# Words that begin a reason as people type it and are never a name.
_COMMON = set(
    "не нет по в во на из за для после до при отпуск болезнь перевод увольнение заявление решение"
    " окончание завершение план программа просьба согласие уведомление необходимость нужно".split()
)
_HEADS = ("директор", "заведующ", "руководител", "исполняющ", "и. о.", "и.о.", "начальник")


@dataclass(frozen=True)
class Head:
    """Who heads the organisation on a day; ``person`` is None where nobody is named."""

    position: str
    person: Person | None

    @property
    def signature(self) -> str:
        return grammar.signature(self.person) if self.person else ""


def head_of(school: School, on: dt.date) -> Head:
    """The director in office on ``on``; the usual position of the kind where none is named."""
    membership = (
        Membership.objects.current(on)
        .filter(school=school, role=Role.DIRECTOR)
        .select_related("person")
        .order_by("deputises_for")
        .first()
    )
    usual = words_for(school).head
    if membership is None:
        return Head(usual, None)
    post = school.staff.working(on).filter(person=membership.person).order_by("pk").first()
    named = post is not None and post.position.lower().startswith(_HEADS)
    return Head(post.position if named else usual, membership.person)


def signing_head(school: School, on: dt.date, mentors) -> Head:
    """The head who signs a paper about the work of ``mentors`` (pks of people).

    Nobody signs, approves or receives a paper on one's own work: where the head is among them
    both post and name stay blank for whoever does it instead (acting head, deputy, founder).
    """
    head = head_of(school, on)
    return Head("", None) if head.person and head.person.pk in mentors else head


def mentors_of(*groups) -> set[int]:
    """People (pks) who are, were or are proposed as mentors of ``groups`` (pks)."""
    rows = MentorAppointment.objects.filter(group__in=groups, dropped_on=None)
    return set(rows.values_list("post__person", flat=True))


def curator_signature(group) -> str:
    """«И. О. Фамилия» of the curator who agrees to papers of ``group``; '' where that is a
    mentor of it: whoever agrees instead writes the name by hand."""
    own = group.curator_id in mentors_of(group.pk)
    return "" if own else grammar.signature(group.curator)


def curators_of(school: School, on: dt.date) -> list[Person]:
    rows = Membership.objects.current(on).filter(school=school, role=Role.CURATOR)
    return [row.person for row in rows.select_related("person").order_by("starts_on", "pk")]


def letterhead(school: School) -> dict:
    """The top of the organisation's own paper, by ГОСТ Р 7.0.97-2025."""
    return {
        "school": school.full_name,
        "short_school": school.short_name if school.short_name != school.full_name else "",
        "founder": school.founder,
        "place": school.settlement,
    }


def addressed(school: School, on: dt.date, author: Person) -> list[str]:
    """Lines of the addressee: the head, or the founder's side where the head is the author."""
    head = head_of(school, on)
    if head.person is not None and head.person.pk == author.pk:
        # Nobody addresses a paper to oneself: the head answers to the founder.
        return [f"В {grammar.place_in(school.municipality.authority_name)}"]
    lines = [capital(grammar.post_in(head.position, DATIVE)), school.short_name]
    if head.person is not None:
        lines.append(grammar.name_in(head.person, DATIVE, short=True))
    return lines


def participants(group: MentoringGroup):
    """The case's present mentor (proposed first, else ordered) and present members; of a case
    that has ended, those who were in it to the last."""
    appointments = group.appointments.select_related("post__person", "post__school", "partner")
    proposed = appointments.filter(ordered_on=None, dropped_on=None)
    appointment = proposed.first() or appointments.ordered().order_by("-starts_on").first()
    rows = group.members.select_related("post__person", "post__school")
    members = list(rows.present())
    if not members:
        joined = rows.filter(joined_on__isnull=False)
        last = joined.aggregate(last=Max("left_on"))["last"]
        members = list(joined.filter(left_on=last))
    return appointment, members


def title_in(post: StaffMember, case: str = "nomn") -> str:
    """The post as papers name it; a student's with the course and the institution."""
    title = grammar.post_title(post, case)
    if post.relation == Relation.PRACTICE:
        study = post.studies.first()
        if study is not None:
            course = f" {study.course}{NBSP}курса" if study.course else ""
            return f"{title}{course} ({study.institution})"
    if post.relation == Relation.PARTNER and post.partner:
        return f"{title} ({post.partner})"
    return title


def person(post: StaffMember) -> dict:
    """A person with the post, in the cases that sentences ask for."""
    return {
        "name": post.person.full_name,
        "post": title_in(post),
        "signature": grammar.signature(post.person),
        "short": post.person.short_name,
        "who": named_in(post, "nomn"),
        "whom": named_in(post, ACCUSATIVE),
        "of_whom": named_in(post, GENITIVE),
        "acquainted": grammar.by_sex(post.person, "ознакомлен", "ознакомлена", "ознакомлен(а)"),
    }


def named_in(post: StaffMember, case: str) -> str:
    """«Иванову Марию Петровну, учителя математики»."""
    name = post.person.full_name if case == "nomn" else grammar.name_in(post.person, case)
    return f"{name}, {title_in(post, case)}"


def his(person: Person) -> str:
    """«его», «её», or '' where the sex is not known."""
    return grammar.by_sex(person, "его", "её", "")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """A text as it stands inside a sentence: no full stop, no capital but that of a name or an
    abbreviation is guessed at."""
    text = text.strip().rstrip(". ")
    first, _, _ = text.partition(" ")
    plain = first[:1].isupper() and first[1:].islower() and first.lower() in _COMMON
    return text[:1].lower() + text[1:] if plain else text


def items(text: str) -> list[str]:
    """Lines of a text as points, without the dashes that people put before them."""
    return [line.strip(" •–—-\t") for line in text.splitlines() if line.strip()]


def _as_person(name: str) -> Person | None:
    """A full name of three words as a person, None where initials or less were typed."""
    words = name.replace("\u00a0", " ").split()
    if len(words) != 3 or any("." in word for word in words):
        return None
    return Person(last_name=words[0], first_name=words[1], patronymic=words[2])


def typed_name_in(name: str, case: str) -> str:
    """A full name as typed in a form, in ``case``; initials stay as they are."""
    typed = _as_person(name)
    return grammar.guessed_name(typed, case) if typed else name


def typed_signature(name: str) -> str:
    """«В. И. Орлова» out of a full name as typed."""
    typed = _as_person(name)
    return grammar.signature(typed) if typed else name


def acting(name: str) -> str:
    """«действующей» of whoever is named, where the name tells."""
    typed = _as_person(name) or Person(last_name=name)
    return grammar.by_sex(typed, "действующего", "действующей", "действующего(ей)")
