"""Forms of the end: evaluation by criteria, and closing on one lawful ground."""

from django import forms

from programs.choices import Conclusion, Ground
from programs.forms.fields import DayField, TextField
from schools.forms.base import CalmForm

SCALE = [
    (0, "0 — не проявляется"),
    (1, "1 — частично"),
    (2, "2 — в основном"),
    (3, "3 — в полной мере"),
]


class EvaluationForm(CalmForm):
    """Scores 0 to 3 per criterion and mentee, and a conclusion (Положение, 6.1 and 7.1)."""

    submit_label = "Записать оценку"

    evaluated_on = DayField(label="Дата оценки")
    evaluator = forms.CharField(
        label="Кто оценивал", max_length=300,
        help_text="Наставник пары свою программу не оценивает.",
    )  # fmt: skip
    conclusion = forms.ChoiceField(
        label="Вывод",
        choices=[("", "как выходит по баллам"), *Conclusion.choices],
        required=False,
        help_text="Баллы только подсказывают: вывод делает человек.",
    )
    text = TextField(label="Обоснование", rows=3)

    def __init__(self, *args, members, criteria, **kwargs):
        super().__init__(*args, **kwargs)
        self.members, self.criteria = list(members), list(criteria)
        for member in self.members:
            for criterion in self.criteria:
                self.fields[self._name(member, criterion)] = forms.TypedChoiceField(
                    label=f"{criterion.text}: {member.post.person.short_name}",
                    choices=SCALE,
                    coerce=int,
                    widget=forms.RadioSelect,
                    error_messages={"required": "Поставьте балл."},
                )

    @staticmethod
    def _name(member, criterion) -> str:
        return f"score_{member.pk}_{criterion.pk}"

    @property
    def helper(self):
        """The table of scores stands in the same ``<form>``: the page draws it."""
        helper = super().helper
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout.pop()
        return helper

    def layout(self):
        return ["evaluated_on", "evaluator", "conclusion", "text"]

    def blocks(self):
        """For the page: [(block, [(criterion, [(member, bound field)])])]."""
        blocks: dict[str, list] = {}
        for criterion in self.criteria:
            cells = [(m, self[self._name(m, criterion)]) for m in self.members]
            blocks.setdefault(criterion.block, []).append((criterion, cells))
        return list(blocks.items())

    def clean(self):
        data = super().clean()
        data["scores"] = {
            member.pk: {
                criterion.pk: data.pop(self._name(member, criterion), None)
                for criterion in self.criteria
            }
            for member in self.members
        }
        return data


class ClosingForm(CalmForm):
    """Exactly one ground (Положение, 6.1)."""

    submit_label = "Завершить"
    danger = True

    ground = forms.ChoiceField(label="Основание", widget=forms.RadioSelect)
    closed_on = DayField(label="Последний день программы")
    ground_text = TextField(
        label="Пояснение", rows=2, max_length=500, required=False,
        help_text="Обязательно для иного случая.",
    )  # fmt: skip

    def __init__(self, *args, grounds, members, lines, **kwargs):
        """``grounds``: those lawful now; ``lines``: signed closing lines of this case."""
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(g, Ground(g).label) for g in grounds]
        self.members = list(members)
        for member in self.members:
            self.fields[f"result_{member.pk}"] = TextField(
                label=f"Результат: {member.post.person.full_name}",
                rows=2,
                max_length=500,
                required=False,
            )
        if lines is not None:
            self.fields["line"] = ClosingLineField(label="Приказ о завершении", queryset=lines)

    def clean(self):
        data = super().clean()
        results = {m.pk: data.pop(f"result_{m.pk}", "") for m in self.members}
        data["results"] = {pk: text for pk, text in results.items() if text}
        return data


class ClosingLineField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(empty_label=None, **kwargs)

    def label_from_instance(self, line):
        return str(line.order)
