"""Events of a programme's life in Russian: draft, meetings, evaluation, closing.

The methodologist reads the history of a pair: texts of meetings, requests and sums of money
never stand in an event whose subject is the case.
"""

PROGRAMME = {
    "program_drafted": "Начата подготовка программы.",
    "program_changed": "Изменён проект программы.",
    "event_added": "В план добавлено мероприятие: {title}, срок {due_on}.",
    "event_changed": "Изменено мероприятие плана: {title}, срок {due_on}.",
    "event_removed": "Из плана убрано мероприятие: {title}.",
    "program_submitted": "Программа передана на согласование {on_paper} (версия {version}).",
    "program_returned": "Программа возвращена на доработку: {reason}",
    "program_agreed": "Программа согласована {on_paper}: {who}.",
    "program_approved": "Программа утверждена {on_paper}: {who}.",
    "program_extended": "Программа продлена до {new_ends_on} (было до {old_ends_on}): {reason}",
    "program_amended": "Программа скорректирована (версия {version}): {summary}",
    "program_paused": "Программа приостановлена с {starts_on}, ожидаем возобновление"
    " {expected_on}: {reason}",
    "pause_prolonged": "Возобновление программы ожидаем {expected_on}.",
    "program_resumed": "Программа возобновлена {resumed_on}; открытых мероприятий"
    " перенесено: {moved}.",
    "meeting_logged": "Внесена запись о встрече {held_on}.",
    "meeting_corrected": "Исправлена запись о встрече {held_on}: {what}.",
    "meeting_text_corrected": "Было → стало. {changes}",
    "meeting_cancelled": "Запись о встрече {held_on} отменена.",
    "meeting_confirmed": "Встреча {held_on} подтверждена: {who}.",
    "event_settled": "Мероприятие «{title}»: {outcome}, {settled_on}.",
    "event_reopened": "Снята отметка с мероприятия «{title}» (было: {outcome}, {settled_on}).",
    "event_moved": "Срок мероприятия «{title}» перенесён: {old_due_on} → {due_on}. {reason}",
    "program_evaluated": "Оценка эффективности программы {evaluated_on}: {percent} %,"
    " {conclusion}.",
    "evaluation_corrected": "Оценка эффективности исправлена: {old_percent} % → {percent} %,"
    " {conclusion}.",
    "program_closed": "Программа завершена {closed_on}: {ground}.",
    "help_asked": "Наставляемый просит о помощи.",
    "other_mentor_asked": "Наставляемый просит другого наставника.",
    "help_answered": "На просьбу о помощи отвечено.",
    "other_mentor_answered": "На просьбу о другом наставнике отвечено.",
    "remark_written": "Замечание методиста, ответить до {due_on}.",
    "remark_answered": "На замечание методиста отвечено.",
    "note_written": "Добавлена заметка пары.",
    "episode_recorded": "Внесена помощь вне программы: {what}, {starts_on} – {ends_on}.",
    "recognition_granted": "Поощрение {granted_on}: {measure}.",
    "payment_granted": "Премия {granted_on}: {measure}.",
    "scan_attached": "Прикреплён скан: {file}.",
}

# What the pair wrote, asked for and was paid: nobody learns of it from a list of all events.
CONFIDENTIAL = {
    "meeting_text_corrected",
    "help_asked",
    "help_answered",
    "other_mentor_asked",
    "other_mentor_answered",
    "note_written",
    "payment_granted",
}
