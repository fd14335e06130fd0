"""What a row says otherwise than the records do: field, was → becomes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from schools.models import Category, Person, StaffMember
from schools.text import key

LABELS = {
    "last_name": "фамилия",
    "first_name": "имя",
    "patronymic": "отчество",
    "birth_date": "дата рождения",
    "phone": "телефон",
    "email": "почта",
    "position": "должность",
    "subject": "предмет",
    "hired_on": "принят(а)",
    "total_years": "общий стаж, лет",
    "teaching_years": "педагогический стаж, лет",
    "category": "категория",
    "is_teacher_mentor": "педагог-наставник",
}
OF_PERSON = ("last_name", "first_name", "patronymic", "birth_date", "phone", "email")
OF_POST = ("position", "subject", "hired_on", "total_years", "teaching_years")
OF_QUALIFICATION = ("category", "is_teacher_mentor")


@dataclass(frozen=True)
class FieldChange:
    name: str
    was: str
    becomes: str
    value: Any

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def said(self) -> str:
        return f"{self.label}: {self.was} → {self.becomes}"


def changes_of(post: StaffMember, fields: dict) -> list[FieldChange]:
    """Where ``fields`` differ from the records of ``post`` and its person.

    What a list leaves empty changes nothing; neither do letter case and ё/е. The flag
    «педагог-наставник» is only ever set: a list without the column says nothing about it.
    ``post`` comes with its person and qualifications loaded.
    """
    found = person_changes(post.person, fields) + _differing(post, OF_POST, fields)
    current = next(iter(post.qualifications.all()), None)
    category = current.category if current else Category.NONE
    if fields["category"] and fields["category"] != category:
        was = Category(category).label if current else "—"
        found.append(
            FieldChange("category", was, Category(fields["category"]).label, fields["category"])
        )
    if fields["is_teacher_mentor"] and not (current and current.is_teacher_mentor):
        found.append(FieldChange("is_teacher_mentor", "нет", "да", True))
    return found


def person_changes(person: Person, fields: dict) -> list[FieldChange]:
    """The part of ``changes_of`` that concerns the person, not the post."""
    return _differing(person, OF_PERSON, fields)


def _differing(row: Model, names: tuple[str, ...], fields: dict) -> list[FieldChange]:
    found = []
    for name in names:
        before, value = getattr(row, name), fields[name]
        if value not in (None, "") and not _equal(before, value):
            found.append(FieldChange(name, _words(before), _words(value), value))
    return found


def possible(post: StaffMember, change: FieldChange) -> bool:
    """A hiring date after an announced last day is a slip of the list: it changes nothing."""
    last = post.left_on or post.leaving_on
    return not (change.name == "hired_on" and last is not None and change.value > last)


def _equal(before, value) -> bool:
    if isinstance(value, str):
        return key(before or "") == key(value)
    return before == value


def _words(value) -> str:
    if value is None or value == "":
        return "—"
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)
