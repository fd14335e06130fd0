"""The form of a set that is handed over."""

from crispy_forms.layout import Column, Row
from django import forms

from programs.forms.fields import DayField
from schools.forms.base import CalmForm


class PackForm(CalmForm):
    """Chosen signed papers, to whom, on what basis."""

    submit_label = "Подготовить комплект"

    as_of = DayField(
        label="По состоянию на", help_text="Войдут бумаги, подписанные в этот день или раньше."
    )
    recipient = forms.CharField(
        label="Кому", max_length=300, help_text="Например: Комитет по образованию администрации."
    )
    basis = forms.CharField(
        label="Основание", max_length=300, help_text="Запрос от какого числа и с каким номером."
    )
    papers = forms.MultipleChoiceField(label="Бумаги", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, papers, **kwargs):
        """``papers``: signed papers of the case (``programs.casepapers.CasePaper``)."""
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = [(paper.key, _label(paper)) for paper in papers]

    def layout(self):
        return [Row(Column("as_of"), Column("recipient")), "basis", "papers"]


def _label(paper) -> str:
    notes = [paper.note]
    if paper.file is None:
        notes.append("без скана: войдёт текст" if paper.text else "скана нет: только в описи")
    notes = "; ".join(filter(None, notes))
    return f"{paper.title}, {paper.signed_on:%d.%m.%Y}" + (f" ({notes})" if notes else "")
