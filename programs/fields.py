"""Column types of our own."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from programs.choices import Kind


class KindSetField(models.PositiveSmallIntegerField):
    """One or more of the seven kinds in one column, as a tuple of codes.

    Stored as a bit for each kind, so that a plain CHECK (1 to 127) says “at least one, and
    only known ones” on both databases.
    """

    EVERY = (1 << len(Kind.values)) - 1

    @staticmethod
    def to_mask(kinds) -> int:
        return sum(1 << Kind.values.index(kind) for kind in set(kinds))

    @staticmethod
    def to_kinds(mask: int) -> tuple[str, ...]:
        return tuple(kind for bit, kind in enumerate(Kind.values) if mask >> bit & 1)

    def from_db_value(self, value, expression, connection):
        return value if value is None else self.to_kinds(value)

    def to_python(self, value):
        if value is None or isinstance(value, tuple):
            return value
        if isinstance(value, int):
            return self.to_kinds(value)
        kinds = [value] if isinstance(value, str) else list(value)
        unknown = set(kinds) - set(Kind.values)
        if unknown:
            raise ValidationError("Неизвестный вид наставничества.")
        return tuple(kind for kind in Kind.values if kind in kinds)

    def get_prep_value(self, value):
        if isinstance(value, str):
            value = (value,)
        return super().get_prep_value(
            self.to_mask(value) if isinstance(value, (tuple, list, set)) else value
        )

    def value_to_string(self, obj):
        return str(self.to_mask(self.value_from_object(obj)))

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=Kind.choices,
            label=self.verbose_name.capitalize(),
            widget=forms.CheckboxSelectMultiple,
        )

    def validate(self, value, model_instance):
        if not value:
            raise ValidationError("Выберите хотя бы один вид наставничества.")

    def run_validators(self, value):
        """The integer's range does not apply to a set; the CHECK keeps it."""
