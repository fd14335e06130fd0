"""The form of a name's grammatical cases."""

from django import forms

from schools.forms.base import CalmForm
from schools.grammar import CASE_NAMES, guessed_name, name_in


class CasesForm(CalmForm):
    """One field for each case that papers ask for; it begins with what they say now."""

    submit_label = "Сохранить"

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        for case, label in CASE_NAMES.items():
            self.fields[case] = forms.CharField(
                label=label,
                max_length=310,
                required=False,
                initial=name_in(person, case),
                help_text=f"По правилам: {guessed_name(person, case)}",
            )
