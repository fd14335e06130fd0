"""The list of pairs as a spreadsheet."""

from programs import queries
from programs.states import State
from schools import xlsx

COLUMNS = [
    "№", "Организация", "Наставник", "Должность наставника", "Наставляемые", "Форма", "Виды",
    "Состояние", "Куратор", "Начало", "Окончание", "Программа утверждена", "Завершена",
]  # fmt: skip


def of_groups(groups) -> bytes:
    """The list of pairs. ``groups`` are read ``with_people`` and with their state."""
    return xlsx.table("Пары и группы", COLUMNS, map(_row, groups.iterator(chunk_size=500)))


def _row(group) -> list:
    mentor = queries.named_mentor(group)
    return [
        group.pk,
        str(group.school),
        queries.mentor_name(group),
        mentor.post.title if mentor else "",
        queries.mentee_names(group),
        group.get_form_display(),
        ", ".join(group.kind_labels),
        State(group.state).label,
        group.curator.short_name,
        group.sf_starts_on or group.planned_starts_on,
        group.sf_ends_on or group.planned_ends_on,
        group.sf_approved_on,
        group.closed_on,
    ]
