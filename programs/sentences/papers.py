"""Events of printing papers in Russian."""

PAPERS = {
    "paper_printed": "Подготовлено к печати: {paper}.",
    "data_consent_recorded": "Обработка персональных данных ({purpose}): {person}.",
    "data_consent_withdrawn": "Отозвано согласие на обработку персональных данных ({purpose}):"
    " {person}.",
    "report_written": "Сохранён отчёт наставника: {mentor}.",
}
