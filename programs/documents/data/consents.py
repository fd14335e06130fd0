"""Consents: of the mentor, of a mentee, and the separate sheet on personal data."""

from django.utils import timezone

from programs.choices import Basis
from programs.documents.data.common import addressed, participants, person, title_in
from programs.models import MentoringGroup
from schools import grammar
from schools.grammar import GENITIVE
from schools.models import DataConsent, StaffMember
from schools.typography import NBSP, day, short_day


def mentor_consent(group: MentoringGroup, post: StaffMember, members=None) -> dict:
    """Согласие наставника (ТК РФ, ст. 351.8; Положение, 3.3). No personal-data clause inside.

    ``members`` are the mentees whom the paper names: all present ones by default.
    """
    if members is None:
        _, members = participants(group)
    appointment = group.appointments.filter(post=post, dropped_on=None).order_by("-pk").first()
    return {
        **_consent(group, post),
        "title": "Согласие на выполнение работы по наставничеству",
        "mentor": person(post),
        "mentees": [person(member.post) for member in members],
        "by_contract": appointment is not None and appointment.basis == Basis.ADDENDUM,
        "basis": basis_in_words(appointment) if appointment else "",
    }


def basis_in_words(appointment) -> str:
    """On what the work rests where it is no addendum; '' for an addendum."""
    if appointment.basis == Basis.DUTY_OF_POST:
        return (
            "Работа по наставничеству входит в должностные обязанности:"
            f" {appointment.duty_clause} должностной инструкции"
            f" от {short_day(appointment.duty_dated)}."
        )
    if appointment.basis == Basis.SECONDMENT:
        papers = [p for p in (appointment.home_order, appointment.home_agreement) if p]
        grounds = f": {'; '.join(papers)}" if papers else ""
        return f"Работа выполняется по направлению работодателя{grounds}."
    if appointment.basis == Basis.PARTNER_AGREEMENT:
        partner = appointment.partner
        number = f" №{NBSP}{partner.agreement_number}" if partner.agreement_number else ""
        dated = f" от {short_day(partner.agreement_on)}" if partner.agreement_on else ""
        return f"Работа выполняется по договору с организацией-партнёром{dated}{number}."
    return ""


def mentee_consent(group: MentoringGroup, post: StaffMember) -> dict:
    """Согласие наставляемого (Положение, 2.3)."""
    appointment, _ = participants(group)
    return {
        **_consent(group, post),
        "title": "Согласие на участие в программе наставничества",
        "mentee": person(post),
        "mentor": person(appointment.post) if appointment else None,
    }


def _consent(group: MentoringGroup, post: StaffMember) -> dict:
    """Addressee, author, form, kinds and term: the same on both consents."""
    return {
        "to": addressed(group.school, timezone.localdate(), post.person),
        "author": title_in(post, GENITIVE),
        "author_name": grammar.name_in(post.person, GENITIVE),
        "school": group.school.full_name,
        "form": group.get_form_display(),
        "kinds": group.kind_labels,
        "starts_on": day(group.planned_starts_on),
        "ends_on": day(group.planned_ends_on),
    }


_PROCESSING = {
    "title": "Согласие на обработку персональных данных",
    "aim": "ведение банка наставников и сопровождение наставничества в организации сверх того,"
    " что необходимо по трудовому договору и закону",
    "data": [
        "фамилия, имя, отчество",
        "должность, преподаваемый предмет, образование, стаж, квалификационная категория",
        "номер телефона и адрес электронной почты",
        "сведения об участии в программах наставничества и их результатах",
    ],
    "actions": "сбор, запись, систематизация, накопление, хранение, уточнение, использование,"
    " блокирование, удаление, уничтожение — с использованием средств автоматизации"
    " и без них",
}
_DISTRIBUTION = {
    "title": "Согласие на обработку персональных данных, разрешённых субъектом персональных"
    " данных для распространения",
    "aim": "размещение сведений о наставничестве в разделе «Наставничество» на официальном сайте"
    " организации",
    "data": [
        "фамилия, имя, отчество",
        "должность, преподаваемый предмет, квалификационная категория",
        "фотография",
        "сведения о результатах наставничества",
    ],
    "actions": "распространение (размещение в открытом доступе)",
}


def data_consent(post: StaffMember, purpose: str) -> dict:
    """A sheet of its own for one purpose (152-ФЗ, ст. 9 и 10.1), never part of another paper.

    What the law or the contract of employment needs anyway is not asked for here.
    """
    school = post.school
    public = purpose == DataConsent.Purpose.DISTRIBUTION
    return {
        **(_DISTRIBUTION if public else _PROCESSING),
        "public": public,
        "name": post.person.full_name,
        "signature": grammar.signature(post.person),
        "school": school.full_name,
        "address": school.address or school.settlement,
        "site": school.site_url,
    }
