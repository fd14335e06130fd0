"""Events of printing papers in Russian."""

PAPERS = {
    "paper_printed": "Подготовлено к печати: {paper}.",
    "data_consent_recorded": "Обработка персональных данных ({purpose}): {person}.",
    "data_consent_withdrawn": "Отозвано согласие на обработку персональных данных ({purpose}):"
    " {person}.",
    "pack_handed_over": "Подготовлен комплект для передачи по состоянию на {as_of}: {recipient};"
    " основание: {basis}; бумаг: {papers}.",
    "paper_filed": "Подписанная бумага от {signed_on} в деле: {paper}.",
    "report_written": "Сохранён отчёт наставника: {mentor}.",
}
