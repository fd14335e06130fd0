"""Events of printing papers in Russian."""

PAPERS = {
    "paper_printed": "Подготовлено к печати: {paper}.",
    "paper_filed": "Подписанная бумага от {signed_on} в деле: {paper}.",
}
