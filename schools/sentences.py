"""Events of people and places in Russian. Passive voice: it needs no gender of the actor."""

SENTENCES = {
    "record_changed": "{what}: изменено — {changes}.",
    "record_added": "{what}: добавлено.",
    "calendar_loaded": "Производственный календарь прочитан: годы {years}, изменено дней {days}.",
    "calendar_day_corrected": "Календарь исправлен: {day}, {name}.",
    "account_created": "Заведена учётная запись: {person}, логин {login}.",
    "code_issued": "Выдан одноразовый код для входа: {person}, действует до {expires_on}.",
    "code_used": "Выполнен вход по одноразовому коду: {person}; выбран новый пароль.",
    "password_changed": "Пароль сменён: {person}.",
    "sign_in_email_changed": "Изменена почта для входа: {person}.",
    "password_reset": "Пароль восстановлен по ссылке из письма: {person}.",
    "signed_out_everywhere": "Завершены все сеансы: {person}.",
    "sign_in_unlocked": "Снята задержка входа после неудачных попыток: {person}.",
    "role_given": "Назначена роль «{role}»: {person}, с {starts_on} по {ends_on}.",
    "role_ended": "Завершена роль «{role}»: {person}, последний день {ends_on}.",
    "deputy_named": "Назначено замещение: {person} вместо {principal}, с {starts_on} по {ends_on}.",
    "director_named": "Назначен руководитель: {person}, с {starts_on}.",
    "school_handed_over": "Организация передана новому руководителю: {person} вместо {previous},"
    " с {starts_on}.",
    "handover_cancelled": "Отменена передача организации: {person} вместо {previous},"
    " с {starts_on}.",
    "record_removed": "{what}: удалено.",
    # staff
    "post_added": "{person}: добавлена должность «{position}», принят(а) {hired_on}.",
    "post_details_changed": "{person}: сведения исправлены — {changes}.",
    "name_cases_corrected": "{person}: исправлено склонение имени — {cases}.",
    "contacts_changed": "{person}: контакты изменены самим сотрудником.",
    "position_changed": "{person}: «{was}» → «{becomes}» с {starts_on}.",
    "leaving_announced": "{person}: предупреждение об уходе, последний день {leaving_on}.",
    "leaving_withdrawn": "{person}: предупреждение об уходе отозвано.",
    "post_left": "{person}: уход с должности «{position}», последний день {left_on}.",
    "leaving_undone": "{person}: отметка об уходе снята, должность продолжается.",
    "absence_recorded": "{person}: {what} с {starts_on}, выход {expected_on}.",
    "absence_ended": "{person}: выход на работу {returned_on}.",
    "absence_changed": "{person}: отсутствие исправлено — {changes}.",
    "absence_removed": "{person}: запись об отсутствии ({what} с {starts_on}) удалена.",
    "record_of_person_added": "{person}: {what} — {changes}.",
    "record_of_person_changed": "{person}: {what} исправлено — {changes}.",
    "record_of_person_removed": "{person}: {what} удалено — {changes}.",
    "bank_joined": "{person}: включение в банк наставников, согласие от {consent_on}.",
    "bank_left": "{person}: исключение из банка наставников (согласие было от {consent_on}).",
    # moves between organisations
    "transfer_asked": "{person}: запрошен переход {home} → {host} с {moves_on}, «{position}».",
    "transfer_refused": "{person}: в переходе {home} → {host} отказано. {reason}",
    "transfer_withdrawn": "{person}: запрос о переходе {home} → {host} отозван. {reason}",
    "transfer_done": "{person}: переход {home} → {host} согласован, первый день {moves_on}.",
    "mentor_seconded": "{person}: направление наставником {home} → {host} с {starts_on},"
    " {home_order}.",
    "secondment_withdrawn": "{person}: направление наставником {home} → {host} отозвано.",
    # organisation
    "year_check_recorded": "Отмечено {done_on}: {what}.",
    "year_check_removed": "Отметка от {done_on} снята: {what}.",
    "policy_set": "Настройки организации с {starts_on}: {changes}.",
    # lists
    "staff_imported": "Список «{file}» загружен: новых {added}, изменено {changed}, уволено {left},"
    " отмечено в отпуске {away}.",
    "post_imported": "{person}: по списку «{file}» — {changes}.",
    "record_deleted": "{what}: удалено.",
    # background work
    "job_retried": "Остановленное задание № {number} поставлено в очередь ещё раз: {what}.",
}
