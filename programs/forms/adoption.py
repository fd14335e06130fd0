"""The form of a pair that already runs on paper: one page, past dates."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from programs import matching
from programs.choices import MenteeCategory
from programs.forms.fields import DayField, PostsField, RowField, TextField, post_label
from programs.forms.groups import BasisFields, TermFields, curators_of
from schools.forms.base import HTML, CalmForm


class AdoptForm(CalmForm, TermFields, BasisFields):
    """A pair that already runs on paper: past dates, on one page."""

    submit_label = "Внести пару"

    mentee = RowField(label="Наставляемый")
    category = forms.ChoiceField(label="Почему нужен наставник", choices=MenteeCategory)
    mentor = RowField(label="Наставник")
    also = PostsField(label="Ещё наставляемые", required=False)
    consented_on = DayField(
        label="Согласие наставника подписано",
        help_text="Не позже даты приказа (Положение, 3.3). Если согласия не было — пара"
        " войдёт как предложение, приказ оформите заново.",
        required=False,
    )
    mentees_consented_on = DayField(label="Согласие наставляемого подписано", required=False)
    order_number = forms.CharField(label="Номер приказа", max_length=50, required=False)
    ordered_on = DayField(label="Дата приказа", required=False)
    signatory_position = forms.CharField(
        label="Кто подписал приказ: должность", max_length=200, required=False
    )
    signatory_name = forms.CharField(label="Фамилия, имя, отчество", max_length=200, required=False)
    goal = TextField(label="Цель программы", rows=2, required=False)
    tasks = TextField(label="Задачи программы", rows=2, required=False)
    approved_on = DayField(
        label="Программа утверждена",
        required=False,
        help_text="Если программы ещё нет, оставьте пустым: её можно составить потом.",
    )
    earlier_text = TextField(
        label="Встречи до приказа, если были",
        rows=2,
        required=False,
        help_text="Одной-двумя строками: войдут в справку о наставнике.",
    )
    earlier_starts_on = DayField(label="Эти встречи с", required=False)
    earlier_ends_on = DayField(label="по", required=False)

    def __init__(self, *args, school, on, candidates, needing, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.school, self.on = school, on
        people = sorted(candidates, key=lambda c: c.post.person.name_key)
        self.fields["mentor"].offer(
            {
                "Сотрудники": [(c.post, post_label(c.post)) for c in people if not c.seconded],
                "Направлены к вам": [(c.post, c.label) for c in people if c.seconded],
            }
        )
        self.fields["mentee"].offer(
            {
                "Стаж до 3 лет": [(p, post_label(p)) for p in needing],
                "Остальные": [(p, post_label(p)) for p in others],
            }
        )
        self.fields["also"].queryset = school.staff.working(on).select_related("person")
        self.fields["curator"].queryset = curators_of(school, on)
        self.fields["partner"].queryset = school.partners.all()

    def layout(self):
        return [
            Fieldset(
                "Кто",
                "mentor",
                "mentee",
                "category",
                HTML('<details class="mb-3"><summary>Это группа: добавить наставляемых</summary>'),
                "also",
                HTML("</details>"),
            ),
            Fieldset(
                "Бумаги, как они есть",
                Row(Column("consented_on"), Column("mentees_consented_on")),
                Row(Column("order_number"), Column("ordered_on")),
                Row(Column("signatory_position"), Column("signatory_name")),
            ),
            self.term_layout(),
            Fieldset("Программа, если утверждена", "approved_on", "goal", "tasks"),
            self.basis_layout(),
            HTML('<details class="mb-3"><summary>Были встречи до приказа</summary>'),
            "earlier_text",
            Row(Column("earlier_starts_on"), Column("earlier_ends_on")),
            HTML("</details>"),
        ]

    def clean(self):
        data = super().clean()
        self.fit_basis(data, self.school, self.on)
        mentee, also = data.pop("mentee", None), data.pop("also", [])
        category, agreed = data.pop("category", None), data.pop("mentees_consented_on", None)
        if mentee is not None:
            others = [p for p in also if p.pk != mentee.pk]
            data["mentees"] = [
                (mentee, category),
                *[(p, matching.suggested_category(p, self.on)) for p in others],
            ]
            data["mentee_consents"] = (
                {post.pk: agreed for post, _ in data["mentees"]} if agreed else {}
            )
        data["program"] = self._program(data)
        data["earlier"] = self._earlier(data)
        return data

    def _earlier(self, data) -> dict | None:
        names = ("text", "starts_on", "ends_on")
        earlier = {name: data.pop(f"earlier_{name}", None) for name in names}
        if not any(earlier.values()):
            return None
        for name in names:
            if not earlier[name]:
                self.add_error(f"earlier_{name}", "Заполните: что было и когда.")
        return earlier

    def _program(self, data) -> dict | None:
        goal, tasks, approved_on = (data.pop(n, None) for n in ("goal", "tasks", "approved_on"))
        if not approved_on:
            return None
        for name, value in (("goal", goal), ("tasks", tasks)):
            if not value:
                self.add_error(name, "Назовите: без этого программа не утверждается.")
        return {
            "goal": goal,
            "tasks": tasks,
            "starts_on": data.get("starts_on"),
            "ends_on": data.get("ends_on"),
            "approved_on": approved_on,
            "approved_position": data.get("signatory_position", ""),
            "approved_name": data.get("signatory_name", ""),
        }
