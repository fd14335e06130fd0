"""Forms about who belongs to a case: mentees, a successor, a stand-in."""

from django import forms

from programs.choices import Kind, LeaveGround, MenteeCategory
from programs.forms.fields import ByOrderField, DayField, PostField, RowField, TextField
from programs.forms.groups import BasisFields, offered
from schools.forms.base import CalmForm


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
    by_order = ByOrderField(
        help_text="Подготовится проект приказа: выход отметится, когда отметите его подписание."
    )


class ReplaceMentorForm(CalmForm, BasisFields):
    """Another mentor; the programme, its plan and records go on (Положение, 3.3)."""

    submit_label = "Предложить нового наставника"

    mentor = RowField(label="Новый наставник")
    starts_on = DayField(label="С какого дня")
    reason = TextField(label="Почему меняется наставник", rows=2, max_length=300)

    def __init__(self, *args, group, on, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.school, self.on = group.school, on
        self.fields["mentor"].offer(offered(candidates))
        self.fields["partner"].queryset = group.school.partners.all()
        self.order_fields(["mentor", "starts_on", "reason"])

    def clean(self):
        data = super().clean()
        self.fit_basis(data, self.school, self.on)
        return data

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
