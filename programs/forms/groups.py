"""Forms of a proposal: who mentors whom, in what form, for how long."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from programs import matching
from programs.choices import Basis, Form, Kind, MenteeCategory
from programs.forms.fields import (
    DayField,
    PostsField,
    RowField,
    TextField,
    post_label,
)
from schools.forms.base import HTML, CalmForm
from schools.models import Membership, Partner, Person, Relation, Role, Secondment

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

    def fit_basis(self, data: dict, school, on) -> None:
        """Whoever comes from elsewhere leaves one lawful basis, and its papers are known."""
        mentor = data.get("mentor")
        if mentor is None:
            return
        if mentor.school_id != school.pk:
            data["basis"] = Basis.SECONDMENT
            offer = Secondment.objects.in_force(on).filter(post=mentor, to_school=school).first()
            for name in ("home_order", "home_agreement"):
                data[name] = data.get(name) or (getattr(offer, name) if offer else "")
        elif mentor.relation == Relation.PARTNER:
            data["basis"] = Basis.PARTNER_AGREEMENT

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


def offered(candidates) -> dict:
    """Groups of a select: fitting people first."""
    own = [c for c in candidates if not c.seconded]
    return {
        "Подходят": [(c.post, c.label) for c in own if not c.cautions],
        "Направлены к вам": [(c.post, c.label) for c in candidates if c.seconded],
        "Остальные": [(c.post, c.label) for c in own if c.cautions],
    }


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

    def __init__(self, *args, school, on, candidates, needing, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.school, self.on = school, on
        self.fields["mentor"].offer(offered(candidates))
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
        self.fit_basis(data, self.school, self.on)
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
