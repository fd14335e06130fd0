"""The chain of papers of one case in words: what is there, what is missing, what to press."""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.urls import reverse

from programs import permissions as may
from programs.actions import Action
from programs.casefile import CaseFile, own_member
from programs.choices import Basis, ConsentRole

DONE, NOW, LATER, EASY = "good", "wait", "neutral", "info"
WORDS = {DONE: "есть", NOW: "ждёт", LATER: "впереди", EASY: "не требуется"}


@dataclass
class Link:
    """One link of the chain: its paper, its day, what is still missing, and the button."""

    title: str
    tone: str
    text: str = ""
    on: dt.date | None = None
    clause: str = ""
    word: str = ""
    actions: list[Action] = field(default_factory=list)

    def __post_init__(self):
        self.word = self.word or WORDS[self.tone]


def chain(case: CaseFile) -> list[Link]:
    """From the request to the closing, in the order of the law, as ``case.user`` may read it."""
    links = [_request(case), _proposal(case), _mentor_consent(case), _mentee_consents(case)]
    if case.sees_pay:
        links.append(_basis(case))
    links += [_order(case), _program(case), _run(case), _evaluation(case), _closing(case)]
    if case.until is not None:
        links = [link for link in links if link.on is not None and link.on <= case.until]
    _keep_one_primary(links)
    return links


def _keep_one_primary(links: list[Link]) -> None:
    """One button stands out: the first thing that waits."""
    found = False
    for link in links:
        link.actions = [replace(a, primary=a.primary and not found) for a in link.actions]
        found = found or any(a.primary for a in link.actions)


def _url(name: str, row) -> str:
    return reverse(name, args=[row.pk])


def _request(case: CaseFile) -> Link:
    if not case.requests:
        return Link(
            "Запрос", EASY, "Пара предложена организацией без отдельного запроса.",
            clause="Положение, 4.2", word="без запроса",
        )  # fmt: skip
    first = min(case.requests, key=lambda r: r.asked_on)
    return Link("Запрос", DONE, first.get_category_display(), first.asked_on, "Положение, 4.2")


def _proposal(case: CaseFile) -> Link:
    group = case.group
    link = Link("Предложение", DONE, group.why, group.proposed_on, "Положение, 3.5 и 4.2")
    if group.withdrawn_on:
        link.tone, link.word = EASY, "снято"
        link.text = f"Снято {group.withdrawn_on:%d.%m.%Y}: {group.withdrawn_why}"
    return link


def _mentor_consent(case: CaseFile) -> Link:
    link = Link("Письменное согласие наставника", NOW, clause="Положение, 3.3; ТК РФ, ст. 351.8")
    target = case.proposed or case.mentor
    if target is None:
        link.text = "Наставник не назван."
        return link
    consent = case.consent_of(target, ConsentRole.MENTOR)
    day = target.consented_on or (consent and consent.signed_on)
    who = target.post.person.short_name
    if day and not _still(case, ConsentRole.MENTOR):
        link.tone, link.on, link.word, link.text = DONE, day, "", who
        link.word = WORDS[DONE]
        return link
    link.text = (
        f"{who}: нужно согласие, где назван новый наставляемый."
        if day
        else f"{who}: ещё не подписано. Без него приказ издать нельзя."
    )
    _offer(case, link, may.can_record_consent, "Отметить подписание", "consent-record")
    return link


def _still(case: CaseFile, role: str) -> bool:
    return any(missing == role for missing, _ in case.missing_consents)


def _mentee_consents(case: CaseFile) -> Link:
    single = case.is_pair
    title = "Согласие наставляемого" if single else "Согласия наставляемых"
    link = Link(title, DONE, clause="Положение, 2.3")
    missing, days, parts = [], [], []
    for member in case.members:
        consent = case.consent_of(member, ConsentRole.MENTEE)
        name = member.post.person.short_name
        if not consent and case.policy.mentee_mark_allowed:
            _offer_mark(case, link, member)
        if consent:
            days.append(consent.signed_on)
            parts.append(f"{name} — {consent.signed_on:%d.%m.%Y}")
        else:
            missing.append(name)
            parts.append(f"{name} — нет")
    link.on = max(days) if days and not missing else None
    link.text = "; ".join(parts)
    if not missing:
        return link
    if not case.policy.mentee_consent_required:
        link.tone = EASY
    else:
        link.tone = NOW if case.runs else LATER
    link.word = WORDS[link.tone]
    _offer(case, link, may.can_record_consent, "Отметить подписание", "consent-record")
    return link


def _offer_mark(case: CaseFile, link: Link, member) -> None:
    """The mentee's own button; a mentor has none, a mentor's consent is paper."""
    if case.may_act(may.can_mark_consent(case.user, member)):
        link.actions.append(Action("Дать согласие", _url("consent-mark", member), True))


def _basis(case: CaseFile) -> Link:
    mentor = case.mentor
    if mentor is None:
        return Link("Дополнительное соглашение", LATER, clause="ТК РФ, ст. 351.8")
    if mentor.basis == Basis.DUTY_OF_POST:
        text = f"{mentor.duty_clause}, инструкция от {mentor.duty_dated:%d.%m.%Y}"
        return Link("Обязанность по должности", DONE, text, clause="ТК РФ, ст. 60.2")
    if mentor.basis == Basis.PARTNER_AGREEMENT:
        number = mentor.partner.agreement_number or "без номера"
        text = f"{mentor.partner}: договор {number}"
        return Link("Договор с партнёром", DONE, text, mentor.partner.agreement_on,
                    "Положение, 3.4")  # fmt: skip
    if mentor.basis == Basis.SECONDMENT:
        whole = bool(mentor.home_order and mentor.home_agreement)
        text = "; ".join(filter(None, [mentor.home_order, mentor.home_agreement]))
        return Link(
            "Направление из другой организации", DONE if whole else NOW,
            text or "Нужны приказ работодателя и соглашение организаций.",
            clause="Положение, 3.4",
        )  # fmt: skip
    return _addendum(case, mentor)


def _addendum(case: CaseFile, mentor) -> Link:
    link = Link("Дополнительное соглашение", NOW, clause="ТК РФ, ст. 351.8")
    own = [a for a in case.addenda if a.appointment_id == mentor.pk]
    if own:
        last = own[-1]
        link.tone, link.word, link.on = DONE, WORDS[DONE], last.signed_on
        link.text = (
            f"{last.pay_amount.normalize():f} {last.get_pay_kind_display()}, "
            f"{last.starts_on:%d.%m.%Y} – {last.ends_on:%d.%m.%Y}"
        )
    else:
        link.text = "Содержание, срок, форма и оплата работы: подписывают до начала."
    label = "Новое соглашение" if own else "Отметить подписание"
    # Before the order it only warns: the order itself stands out then.
    ordered = mentor.ordered_on is not None
    primary = ordered and not own
    _offer(case, link, may.can_record_addendum, label, "addendum-record", primary=primary)
    return link


def _order(case: CaseFile) -> Link:
    link = Link("Приказ о закреплении", NOW, clause="Положение, 3.3")
    ordered = [a for a in case.appointments if a.ordered_on]
    waiting = case.proposed is not None or any(m.joined_on is None for m in case.members)
    if ordered and not (waiting and case.runs):
        order = ordered[-1].order_line.order
        link.tone, link.word, link.on = DONE, WORDS[DONE], order.signed_on
        link.text = f"{order}".capitalize()
        return link
    if ordered:
        link.title, link.on = "Приказ об изменении", None
    staff = case.may_act(may.can_draft_order(case.user, case.group.school))
    if case.draft_lines:
        order = case.draft_lines[0].order
        link.text = f"Проект подготовлен {order.prepared_on:%d.%m.%Y}, ждёт подписи."
        if staff:
            link.actions.append(Action("Отметить подписание", _url("order-sign", order), True))
    elif case.missing_consents:
        link.tone, link.word = LATER, WORDS[LATER]
        link.text = "После согласий: дата приказа не может быть раньше них."
        if staff and not ordered:
            link.actions.append(Action("Подготовить приказ", _url("order-draft", case.group)))
    else:
        link.text = "Согласия собраны, можно издавать приказ."
        if staff:
            link.actions.append(Action("Подготовить приказ", _url("order-draft", case.group), True))
    return link


def _program(case: CaseFile) -> Link:
    link = Link("Персонализированная программа", NOW, clause="Положение, 3.5 и 1.2.1")
    program = case.program
    editing = case.may_act(may.can_edit_program(case.user, case.group))
    if program is None:
        ordered = case.was_ordered
        link.tone = NOW if ordered else LATER
        link.word = WORDS[link.tone]
        link.text = "Ещё не начата: цель, задачи, план мероприятий."
        if editing:
            url = _url("program-edit", case.group)
            link.actions.append(Action("Составить программу", url, ordered))
    elif program.approved_on:
        link.tone, link.word, link.on = DONE, WORDS[DONE], program.approved_on
        link.text = f"Утверждена: {program.approved_position}, {program.approved_name}"
    elif program.submitted_on:
        _submitted(case, link, program)
    else:
        link.text = "Черновик."
        if program.returned_on:
            link.text = f"Вернули {program.returned_on:%d.%m.%Y}: {program.return_reason}"
        if editing:
            url = _url("program-edit", case.group)
            link.actions.append(Action("Продолжить программу", url, True))
    return link


def _submitted(case: CaseFile, link: Link, program) -> None:
    waiting = [m for m in case.members if m.pk not in case.agreements]
    link.text = f"Передана на согласование {program.submitted_on:%d.%m.%Y}."
    if waiting:
        names = ", ".join(m.post.person.short_name for m in waiting)
        link.text += f" Не согласовали: {names}."
    else:
        link.text += " Согласована, ждёт утверждения."
    mine = own_member(case)
    if mine is not None and mine in waiting:
        link.actions.append(Action("Согласовать программу", _url("program-agree", program), True))
    elif waiting and case.may_act(case.is_staff):
        link.actions.append(Action("Отметить согласие", _url("program-agree", program)))
    if case.may_act(may.can_approve_program(case.user, case.group)):
        url = _url("program-approve", case.group)
        link.actions.append(Action("Отметить утверждение", url, not waiting))
    if case.may_act(may.can_return_program(case.user, case.group)):
        link.actions.append(Action("Вернуть на доработку", _url("program-return", case.group)))


def _run(case: CaseFile) -> Link:
    link = Link("Реализация", LATER)
    program = case.program
    if program is None or program.approved_on is None:
        link.text = "Начнётся, когда есть и приказ, и утверждённая программа."
        return link
    term = f"{program.starts_on:%d.%m.%Y} – {program.current_ends_on:%d.%m.%Y}"
    done = sum(1 for e in case.events if e.outcome in ("DONE", "PARTIAL"))
    link.on = program.starts_on
    link.text = f"{term}. Мероприятий выполнено: {done} из {len(case.events)}."
    link.tone, link.word = (DONE, "завершена") if program.closed_on else (EASY, "идёт")
    if program.starts_on > case.on:
        link.tone, link.word = LATER, WORDS[LATER]
    if case.pause is not None:
        link.tone, link.word = NOW, "приостановлена"
        link.text = f"Приостановлена с {case.pause.starts_on:%d.%m.%Y}: {case.pause.reason}"
        _offer(case, link, may.can_resume_program, "Возобновить", "program-resume")
    elif case.runs and program.starts_on <= case.on:
        _offer(case, link, may.can_log_meeting, "Записать встречу", "meeting-log", primary=False)
    return link


def _evaluation(case: CaseFile) -> Link:
    link = Link("Оценка эффективности", LATER, clause="Положение, 6.1 и 7.1")
    program, summary = case.program, case.evaluation
    if summary is not None:
        link.tone, link.word, link.on = DONE, WORDS[DONE], summary.evaluated_on
        link.text = f"{summary.percent} % — {summary.get_conclusion_display()}"
    elif program is not None and program.approved_on and not program.closed_on:
        near = program.current_ends_on - dt.timedelta(days=30) <= case.on
        link.tone = NOW if near else LATER
        link.word = WORDS[link.tone]
        link.text = "Без оценки программу нельзя завершить в полном объёме."
        _offer(case, link, may.can_evaluate_program, "Оценить", "evaluation-record", primary=near)
    return link


def _closing(case: CaseFile) -> Link:
    link = Link("Завершение", LATER, clause="Положение, 6.1")
    program = case.program
    if program is not None and program.closed_on:
        link.tone, link.word, link.on = DONE, "завершена", program.closed_on
        link.text = program.ground_text or program.get_ground_display()
    elif program is not None and program.approved_on:
        ended = program.current_ends_on <= case.on or case.evaluation is not None
        link.tone = NOW if ended else LATER
        link.word = WORDS[link.tone]
        if ended:
            link.text = "Назовите основание завершения."
        _offer(case, link, may.can_close_program, "Завершить", "program-close", primary=ended)
    elif case.group.closed_on:
        link.tone, link.word, link.on = DONE, "завершена", case.group.closed_on
    return link


def _offer(case: CaseFile, link: Link, predicate, label, name, *, primary=True) -> None:
    if case.may_act(predicate(case.user, case.group)):
        link.actions.append(Action(label, _url(name, case.group), primary))
