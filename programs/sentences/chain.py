"""Events of the legal chain in Russian: from the request to the order and the notice."""

CHAIN = {
    "mentoring_requested": "Внесён запрос на наставничество: {mentee}.",
    "request_settled": "Решено по запросу ({mentee}): {outcome}.",
    "group_proposed": "Предложена пара (группа): наставник {mentor}, наставляемые: {mentees};"
    " срок с {starts_on} по {ends_on}.",
    "proposal_changed": "Предложение изменено: наставник {mentor}, наставляемые: {mentees};"
    " срок с {starts_on} по {ends_on}.",
    "proposal_withdrawn": "Предложение снято: {why}.",
    "member_proposed": "Предложено включить в группу: {mentee}.",
    "member_dropped": "Из предложения вычеркнуто: {mentee}.",
    "member_released": "Отмечен выход из группы: {mentee}, последний день {left_on} ({ground}).",
    "mentor_consent_recorded": "Отмечено согласие наставника ({person}) от {signed_on};"
    " названы: {mentees}.",
    "mentee_consent_recorded": "Отмечено согласие наставляемого ({person}) от {signed_on}.",
    "supplement_recorded": "Отмечено дополнение к согласию наставника ({person})"
    " от {signed_on}; названы: {mentees}.",
    "consent_withdrawn": "Отмечен отзыв согласия ({person}) от {withdrawn_on}.",
    "addendum_recorded": "Внесено дополнительное соглашение ({mentor}) от {signed_on}.",
    "order_drafted": "Подготовлен проект приказа «{title}», пунктов: {lines}.",
    "order_line_added": "В проект приказа «{title}» добавлен пункт: {action}.",
    "order_line_dropped": "Из проекта приказа «{title}» вычеркнут пункт: {action}.",
    "order_dropped": "Снят проект приказа «{title}».",
    "order_signed": "Отмечено подписание приказа от {signed_on} №\u00a0{number} «{title}»;"
    " подписано: {signatory}; пар и групп: {cases}.",
    "order_corrected": "Исправлены сведения о приказе, внесённом с бумаги: {changes}.",
    "order_line_cancelled": "Приказом от {ordered_on} №\u00a0{order} отменён {what}.",
    "mentor_assigned": "Приказом от {ordered_on} №\u00a0{order} закреплена пара (группа):"
    " наставник {mentor}, наставляемые: {mentees}; с {starts_on}.",
    "mentor_replaced": "Приказом от {ordered_on} №\u00a0{order} заменён наставник: {old}"
    " (по {ends_on}) — {mentor} (с {starts_on}).",
    "temporary_mentor_appointed": "Приказом от {ordered_on} №\u00a0{order} временно назначен"
    " наставник: {mentor}, с {starts_on} до {expected_on}.",
    "appointment_ended": "Приказом от {ordered_on} №\u00a0{order} прекращено поручение наставнику:"
    " {mentor}, последний день {ends_on}.",
    "members_added": "Приказом от {ordered_on} №\u00a0{order} в группу включены: {mentees};"
    " с {starts_on}.",
    "mentor_proposed": "Предложен другой наставник: {mentor}, с {starts_on}; причина: {reason}.",
    "temporary_mentor_proposed": "Предложен временный наставник: {mentor}, с {starts_on}"
    " до {expected_on}.",
    "mentor_dropped": "Снято предложение наставника: {mentor}.",
    "temporary_mentor_ended": "Отмечено окончание временного назначения: {mentor},"
    " последний день {ends_on}.",
    "notice_by_mentor": "Внесено уведомление наставника об отказе ({mentor}) от {given_on};"
    " первый день без поручения {effective_on}.",
    "notice_by_employer": "Внесено уведомление об отмене поручения ({mentor}) от {given_on};"
    " первый день без поручения {effective_on}.",
    "case_adopted": "Внесена действующая пара (группа): наставник {mentor}, наставляемые:"
    " {mentees}; приказ от {ordered_on} №\u00a0{order}, согласие наставника от {consented_on}.",
    "case_adopted_as_proposal": "Пара (группа), которая работала без приказа или согласия,"
    " внесена как предложение: наставник {mentor}, наставляемые: {mentees}.",
    "paper_program_adopted": "Внесена утверждённая программа: утверждена {approved_on},"
    " срок с {starts_on} по {ends_on}.",
    "episode_before_order": "Встречи до приказа внесены как помощь вне программы:"
    " с {starts_on} по {ends_on}.",
    "mentor_left_school": "Поручение закончено: {mentor} больше не работает на этой должности,"
    " последний день {last_day}.",
    "mentee_left_school": "Наставляемый выбыл: {mentee} больше не работает на этой должности,"
    " последний день {last_day}.",
}
