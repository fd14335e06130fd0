"""Words of letters, as an admin changes them."""

from django import forms

from programs.models import LetterTemplate
from programs.notifications import wording


class WordsForm(forms.ModelForm):
    """Subject, opening and closing of one kind of letter; unknown fields are refused."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = LetterTemplate
        fields = ["subject", "opening", "closing"]
        widgets = {
            "subject": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "opening": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 7}),
            "closing": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 4}),
        }
        help_texts = {
            "subject": "Одна строка, без имён людей: её видно и на закрытом экране.",
            "opening": "Абзацы разделяет пустая строка. Дальше в письме идёт список дел.",
            "closing": "После списка дел. Можно оставить пустым.",
        }

    def __init__(self, *args, code: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.code = code

    def _clean_words(self, name: str) -> str:
        text = self.cleaned_data[name]
        problem = wording.wrong_fields(self.code, text)
        if problem:
            raise forms.ValidationError(problem)
        return text

    def clean_subject(self):
        return self._clean_words("subject")

    def clean_opening(self):
        return self._clean_words("opening")

    def clean_closing(self):
        return self._clean_words("closing")

    @property
    def words(self) -> wording.Words:
        """What was typed, once it is valid."""
        return wording.Words(*(self.cleaned_data[name] for name in self.Meta.fields))
