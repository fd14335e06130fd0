"""Events of people and places in Russian. Passive voice: it needs no gender of the actor."""

SENTENCES = {
    "record_changed": "{what}: изменено — {changes}.",
    "record_added": "{what}: добавлено.",
    "account_created": "Заведена учётная запись: {person}, логин {login}.",
    "code_issued": "Выдан одноразовый код для входа: {person}, действует до {expires_on}.",
    "code_used": "Выполнен вход по одноразовому коду: {person}; выбран новый пароль.",
    "password_changed": "Пароль сменён: {person}.",
    "password_reset": "Пароль восстановлен по ссылке из письма: {person}.",
    "contacts_changed": "Изменены свои контакты: {person} — {changes}.",
    "signed_out_everywhere": "Завершены все сеансы: {person}.",
    "sign_in_unlocked": "Снята задержка входа после неудачных попыток: {person}.",
    "role_given": "Назначена роль «{role}»: {person}, с {starts_on} по {ends_on}.",
    "role_ended": "Завершена роль «{role}»: {person}, последний день {ends_on}.",
    "deputy_named": "Назначено замещение: {person} вместо {principal}, с {starts_on} по {ends_on}.",
    "director_named": "Назначен руководитель: {person}, с {starts_on}.",
    "school_handed_over": "Организация передана новому руководителю: {person} вместо {previous},"
    " с {starts_on}.",
}
