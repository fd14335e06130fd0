"""Forms of the orders book: draft, signing, «всё подписано»."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from programs.choices import OrderKind
from programs.forms.fields import DayField, ScanField
from schools.forms.base import HTML, CalmForm


class LinesField(forms.MultipleChoiceField):
    """Ticks for what an order may do: ``{value: (label, line)}``; returns the lines."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, rows: dict[str, tuple[str, object]]) -> None:
        self._rows = rows
        self.choices = [(value, label) for value, (label, _) in rows.items()]

    def clean(self, value):
        return [self._rows[one][1] for one in super().clean(value)]


class DraftOrderForm(CalmForm):
    """One order for many pairs; each point lives its own life."""

    submit_label = "Подготовить приказ"

    kind = forms.ChoiceField(label="Вид приказа", choices=OrderKind)
    lines = LinesField(label="Что войдёт в приказ")
    title = forms.CharField(
        label="Заголовок", max_length=300, required=False,
        help_text="Если оставить пустым, заголовок составится по виду приказа.",
    )  # fmt: skip
    program_due_on = DayField(
        label="Подготовить программы до",
        required=False,
        help_text="Если срок не назван в приказе, на программу даётся 30 дней (Положение, 3.5).",
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].offer(lines)


class AddLineForm(CalmForm):
    submit_label = "Добавить в приказ"

    lines = LinesField(label="Что добавить")

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].offer(lines)


def _mentees(appointment) -> str:
    """Whom the addendum of ``appointment`` is about: «Петров А. С., Сидорова Е. И.»."""
    members = appointment.group.members.present().select_related("post__person")
    return ", ".join(member.post.person.short_name for member in members)


class SignOrderForm(CalmForm):
    """The order is signed on paper: number and date come from the organisation's own book."""

    submit_label = "Отметить подписание"

    number = forms.CharField(label="Номер приказа", max_length=50)
    signed_on = DayField(label="Дата приказа")
    signatory_position = forms.CharField(label="Кто подписал: должность", max_length=200)
    signatory_name = forms.CharField(label="Фамилия, имя, отчество", max_length=200)
    scan = ScanField(required=False)

    def __init__(self, *args, suggested="", signatory_help="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs["placeholder"] = suggested
        self.fields["number"].help_text = (
            f"По книге приказов. Следующий, возможно, {suggested}." if suggested else ""
        )
        self.fields["signatory_name"].help_text = signatory_help

    def layout(self):
        rows = [
            Row(Column("number"), Column("signed_on")),
            Row(Column("signatory_position"), Column("signatory_name")),
        ]
        return rows + [name for name in ("scan",) if name in self.fields]


class CorrectOrderForm(CalmForm):
    """What was typed from a paper order, once more."""

    submit_label = "Сохранить исправление"

    number = forms.CharField(label="Номер приказа", max_length=50)
    signed_on = DayField(label="Дата приказа")
    signatory_position = forms.CharField(label="Кто подписал: должность", max_length=200)
    signatory_name = forms.CharField(label="Фамилия, имя, отчество", max_length=200)

    def layout(self):
        return [
            Row(Column("number"), Column("signed_on")),
            Row(Column("signatory_position"), Column("signatory_name")),
        ]


class AllSignedForm(SignOrderForm):
    """September: every consent and the order itself, on one page and in one step."""

    submit_label = "Всё подписано"
    scan = None

    consented_on = DayField(
        label="Согласия подписаны",
        required=False,
        help_text="Для всех сразу; у кого другая дата — укажите в его строке.",
    )

    def __init__(self, *args, missing, addenda=(), **kwargs):
        """``missing``: [(group, post, role label)] whose consent is not recorded yet;
        ``addenda``: appointments whose addendum is printed and not recorded."""
        super().__init__(*args, **kwargs)
        self.missing = []
        for group, post, role in missing:
            name = f"consent_{group.pk}_{post.pk}"
            self.fields[name] = DayField(label=f"{post.person.full_name} — {role}", required=False)
            self.missing.append((name, group.pk, post.pk))
        self.addenda = {}
        for appointment in addenda:
            name = f"addendum_{appointment.pk}"
            self.fields[name] = DayField(
                label=f"{appointment.post.person.full_name} → {_mentees(appointment)}",
                required=False,
            )
            self.addenda[name] = appointment.pk

    def layout(self):
        rows = super().layout()
        if self.missing:
            names = [name for name, _, _ in self.missing]
            rows = [
                Fieldset("Согласия", "consented_on", HTML('<div class="day-list">'), *names,
                         HTML("</div>")),
                Fieldset("Приказ", *rows),
            ]  # fmt: skip
        else:
            rows = [Fieldset("Приказ", *rows)]
        if self.addenda:
            note = HTML('<p class="small-print">Какое ещё не подписано — оставьте пустым.</p>')
            days = [HTML('<div class="day-list">'), *self.addenda, HTML("</div>")]
            rows.insert(-1, Fieldset("Дополнительные соглашения", note, *days))
        return rows

    def clean(self):
        data = super().clean()
        common = data.pop("consented_on", None)
        consents = {}
        for name, group, post in self.missing:
            day = data.pop(name, None) or common
            if day is None and name not in self.errors:
                self.add_error(name, "Укажите дату здесь или одну дату для всех.")
            consents[(group, post)] = day
        data["consents"] = consents
        days = {pk: data.pop(name, None) for name, pk in self.addenda.items()}
        data["addenda"] = {pk: day for pk, day in days.items() if day}
        return data
