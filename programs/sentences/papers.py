"""Events of printing papers in Russian."""

PAPERS = {
    "paper_printed": "Подготовлено к печати: {paper}.",
    "report_written": "Сохранён отчёт наставника: {mentor}.",
}
