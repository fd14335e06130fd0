"""Forms of a proposal: who mentors whom, in what form, for how long."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from programs import matching
from programs.choices import Basis, Form, Kind, LeaveGround, MenteeCategory
from programs.forms.fields import (
    DayField,
    MembersField,
    PostField,
    PostsField,
    RowField,
    TextField,
    post_label,
)
from schools.forms.base import HTML, CalmForm
from schools.models import Membership, Partner, Person, Role

BASIS_FIELDS = [
    "basis",
    "duty_clause",
    "duty_dated",
    "home_order",
    "home_agreement",
    "partner",
    "hours_per_month",
]
DUTY_WARNING = (
    "Если наставничество — обязанность по должностной инструкции, выплата и право отказаться за"
    " три рабочих дня (ТК РФ, ст. 351.8) не возникают. Так бывает, только когда эта работа"
    " постоянная и учтена в окладе."
)


class BasisFields(forms.Form):
    """On what the mentor's work rests; only the chosen basis asks for its papers."""

    basis = forms.ChoiceField(
        label="На чём основана работа наставника",
        choices=Basis,
        initial=Basis.ADDENDUM,
        help_text="Обычно это дополнительное соглашение: его можно подписать позже, до начала.",
    )
    duty_clause = forms.CharField(
        label="Пункт должностной инструкции", max_length=200, required=False,
        help_text=DUTY_WARNING,
    )  # fmt: skip
    duty_dated = DayField(label="Должностная инструкция от", required=False)
    home_order = forms.CharField(
        label="Приказ организации-работодателя", max_length=200, required=False,
        help_text="Для наставника из другой организации: номер и дата.",
    )  # fmt: skip
    home_agreement = forms.CharField(label="Соглашение организаций", max_length=200, required=False)
    partner = forms.ModelChoiceField(
        label="Организация-партнёр", queryset=Partner.objects.none(), required=False
    )
    hours_per_month = forms.IntegerField(
        label="Часов в месяц", min_value=1, max_value=200, required=False
    )

    def basis_layout(self):
        return Fieldset(
            "Основание работы наставника",
            "basis",
            HTML('<details class="mb-3"><summary>Другое основание: какие бумаги назвать</summary>'),
            Row(Column("duty_clause"), Column("duty_dated")),
            Row(Column("home_order"), Column("home_agreement")),
            Row(Column("partner"), Column("hours_per_month")),
            HTML("</details>"),
        )


class TermFields(forms.Form):
    """Form, kinds, reason and term (Положение, 4.1, 4.2 and 1.2.1)."""

    form = forms.ChoiceField(label="Форма наставничества", choices=Form)
    kinds = forms.MultipleChoiceField(
        label="Виды наставничества", choices=Kind, widget=forms.CheckboxSelectMultiple
    )
    why = TextField(
        label="Почему такие форма и виды",
        rows=2,
        max_length=500,
        help_text="Цель программы, запрос наставляемого и кадровые возможности"
        " (Положение, 4.2). Предложение можно поправить.",
    )
    curator = forms.ModelChoiceField(label="Куратор", queryset=Person.objects.none())
    starts_on = DayField(label="Начало")
    ends_on = DayField(
        label="Окончание", help_text="Программа длится от 3 до 12 месяцев (Положение, 1.2.1)."
    )

    def term_layout(self):
        return Fieldset(
            "Форма и срок",
            "form",
            "kinds",
            "why",
            Row(Column("starts_on"), Column("ends_on")),
            "curator",
        )


def offered(candidates, bank) -> dict:
    """Groups of a select: fitting people first; the bank's mentors work by secondment."""
    good = [(c.post, c.label) for c in candidates if not c.cautions]
    rest = [(c.post, c.label) for c in candidates if c.cautions]
    other = [(c.post, c.label) for c in bank]
    return {"Подходят": good, "Остальные": rest, "Банк наставников района": other}


def curators_of(school, on):
    """Who may be named curator: curators and directors of the organisation on that day."""
    roles = Membership.objects.current(on).filter(
        school=school, role__in=[Role.CURATOR, Role.DIRECTOR]
    )
    return Person.objects.filter(pk__in=roles.values("person"))


class ProposeForm(CalmForm, TermFields, BasisFields):
    """One page: mentor, mentees, form, kinds, term. Nothing lawful is asked twice."""

    submit_label = "Предложить пару"

    mentee = RowField(label="Наставляемый")
    category = forms.ChoiceField(label="Почему нужен наставник", choices=MenteeCategory)
    mentor = RowField(
        label="Наставник",
        help_text="Рядом с именем — что говорит за человека: предмет, категория, стаж, нагрузка.",
    )
    also = PostsField(label="Ещё наставляемые", required=False)

    def __init__(self, *args, school, on, candidates, bank, needing, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["mentor"].offer(offered(candidates, bank))
        self.fields["mentee"].offer(
            {
                "Нужен наставник": [(p, post_label(p)) for p in needing],
                "Остальные": [(p, post_label(p)) for p in others],
            }
        )
        self.fields["also"].queryset = school.staff.working(on).select_related("person")
        self.fields["curator"].queryset = curators_of(school, on)
        self.fields["partner"].queryset = school.partners.all()
        self.order_fields(["mentee", "category", "also", "mentor"])

    def layout(self):
        return [
            Fieldset(
                "Кто",
                "mentee",
                "category",
                HTML('<details class="mb-3"><summary>Это группа: добавить наставляемых</summary>'),
                "also",
                HTML("</details>"),
                "mentor",
            ),
            self.term_layout(),
            self.basis_layout(),
        ]

    def clean(self):
        data = super().clean()
        mentee, also = data.pop("mentee", None), data.pop("also", [])
        category = data.pop("category", None)
        if mentee is not None:
            others = [p for p in also if p.pk != mentee.pk]
            data["mentees"] = [
                (mentee, category),
                *[(p, matching.suggested_category(p, self.on)) for p in others],
            ]
        return data


class ChangeProposalForm(CalmForm, TermFields, BasisFields):
    """Before the order the proposal is simply corrected."""

    submit_label = "Сохранить изменения"

    def __init__(self, *args, group, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["curator"].queryset = curators_of(group.school, on) | Person.objects.filter(
            pk=group.curator_id
        )
        self.fields["partner"].queryset = group.school.partners.all()

    def layout(self):
        return [self.term_layout(), self.basis_layout()]


class WhyForm(CalmForm):
    """A step that only asks why."""

    danger = True

    why = TextField(label="Почему", rows=2, max_length=300)

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = label


class AddMemberForm(CalmForm):
    submit_label = "Предложить наставляемого"

    post = PostField(label="Наставляемый")
    category = forms.ChoiceField(
        label="Почему нужен наставник",
        choices=MenteeCategory,
        initial=MenteeCategory.NEEDS_SUPPORT,
        help_text="Войдёт в группу после согласия наставника, где назван этот педагог,"
        " и пункта приказа (Положение, 3.3).",
    )
    kinds = forms.MultipleChoiceField(
        label="Виды наставничества теперь", choices=Kind, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, group, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kinds"].initial = [
            *[kind for kind in group.kinds if kind != Kind.TRADITIONAL], Kind.GROUP
        ]  # fmt: skip
        taken = group.members.present().values("post__person")
        mentors = group.appointments.filter(ends_on=None, dropped_on=None).values("post__person")
        self.fields["post"].queryset = (
            group.school.staff.working(on)
            .exclude(person__in=taken)
            .exclude(person__in=mentors)
            .select_related("person")
        )


class ReleaseMemberForm(CalmForm):
    """One mentee leaves; the case goes on with the others."""

    submit_label = "Отметить выход"
    danger = True

    left_on = DayField(label="Последний день в группе")
    ground = forms.ChoiceField(
        label="Почему", choices=[c for c in LeaveGround.choices if c[0] != LeaveGround.CLOSED]
    )
    statement_on = DayField(
        label="Заявление от", required=False, help_text="Если наставляемый уходит по заявлению."
    )
    result = TextField(label="Чего достигли", rows=2, max_length=500, required=False)


class ReplaceMentorForm(CalmForm, BasisFields):
    """Another mentor; the programme, its plan and records go on (Положение, 3.3)."""

    submit_label = "Предложить нового наставника"

    mentor = RowField(label="Новый наставник")
    starts_on = DayField(label="С какого дня")
    reason = TextField(label="Почему меняется наставник", rows=2, max_length=300)

    def __init__(self, *args, group, candidates, bank, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentor"].offer(offered(candidates, bank))
        self.fields["partner"].queryset = group.school.partners.all()
        self.order_fields(["mentor", "starts_on", "reason"])

    def layout(self):
        head = ("mentor", "starts_on", "expected_ends_on", "reason")
        return [*[name for name in head if name in self.fields], self.basis_layout()]


class TemporaryMentorForm(ReplaceMentorForm):
    """A stand-in during a long absence: the first mentor returns without new papers."""

    submit_label = "Предложить временного наставника"
    reason = None

    expected_ends_on = DayField(label="Ожидаем возвращение наставника (по какой день)")


class EndTemporaryForm(CalmForm):
    submit_label = "Завершить временное назначение"

    ends_on = DayField(label="Последний день временного наставника")


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

    def __init__(self, *args, school, on, candidates, bank, needing, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        people = [(c.post, post_label(c.post)) for c in candidates]
        people.sort(key=lambda row: row[0].person.name_key)
        self.fields["mentor"].offer(
            {"Сотрудники": people, "Банк наставников района": [(c.post, c.label) for c in bank]}
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


class NamedMembersForm(CalmForm):
    """Base of forms that name mentees of one case."""

    members = MembersField(label="Кого касается", queryset=None, required=False)

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = group.members.present().select_related("post__person")
