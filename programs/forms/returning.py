"""Signed sheets come back: the upload, a place by hand, and the dates that a person confirms."""

from django import forms

from programs.forms.fields import ACCEPTED_SCANS, DayField
from programs.models import Document
from schools.forms.base import CalmForm
from schools.text import row_key


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several at once; cleans to a list."""

    def __init__(self, **kwargs):
        super().__init__(
            widget=_ManyFiles(attrs={"accept": ACCEPTED_SCANS, "multiple": True}), **kwargs
        )

    def clean(self, data, initial=None):
        one = super().clean
        return [one(item, initial) for item in data] if data else [one(data, initial)]


class UploadForm(CalmForm):
    submit_label = "Загрузить"

    uploads = FilesField(
        label="Сканы или снимки подписанных листов",
        help_text="PDF (можно все листы в одном файле), JPEG или PNG, до 20 МБ каждый. Снимок"
        " телефоном подойдёт: лист целиком, квадратный код в углу виден.",
        error_messages={"required": "Выберите файлы."},
    )


class _PrintField(forms.ModelChoiceField):
    def label_from_instance(self, document):
        name = str(document)
        return (
            f"{name[0].upper()}{name[1:]} — напечатано {document.printed_on:%d.%m.%Y},"
            f" листов: {document.pages}"
        )

    def to_python(self, value):
        """A number that no key can be is a wrong choice, like any other."""
        if value not in self.empty_values and row_key(str(value)) is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return super().to_python(value)


class PlaceForm(CalmForm):
    """Which sheet of which print a page is."""

    submit_label = "Это этот лист"

    document = _PrintField(
        queryset=Document.objects.none(), label="Бумага", empty_label="— выберите —"
    )
    sheet = forms.IntegerField(label="Лист", min_value=1, max_value=1295, initial=1)

    def __init__(self, *args, documents, **kwargs):
        """``documents``: the prints of the organisation that are still waited for."""
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents


class FilingForm(forms.Form):
    """All sheets that found their place: one date for all, or one for each paper.

    ``rows`` are ``programs.returned.Returned``; a row's fields end with the key of its print.
    """

    ORDER = {
        "number": "Номер приказа",
        "signatory_position": "Должность подписавшего",
        "signatory_name": "Кто подписал",
    }

    signed_all = DayField(label="Дата на бумаге, одна для всех", required=False)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            pk = row.document.pk
            self.fields[f"take_{pk}"] = forms.BooleanField(required=False, initial=row.is_whole)
            self.fields[f"signed_on_{pk}"] = DayField(
                label="Когда получено" if row.is_notice else "Дата на бумаге",
                required=False,
                initial=row.known_on,
            )
            if row.asks_number:
                for name, label in self.ORDER.items():
                    self.fields[f"{name}_{pk}"] = forms.CharField(
                        label=label, max_length=200, required=False,
                        initial=row.signatory.get(name, ""),
                    )  # fmt: skip
        for name, field in self.fields.items():
            take = name.startswith("take_")
            field.widget.attrs["class"] = "form-check-input" if take else "form-control"
        for row in rows:
            row.fields = self._of(row)

    def _of(self, row) -> dict:
        pk = row.document.pk
        names = ["take", "signed_on", *(self.ORDER if row.asks_number else ())]
        return {name: self[f"{name}_{pk}"] for name in names}

    def chosen(self):
        """(row, details of its step) of the ticked rows; a row without a date gets an error."""
        for row in self.rows:
            pk = row.document.pk
            if not self.cleaned_data.get(f"take_{pk}"):
                continue
            name = f"signed_on_{pk}"
            day = self.cleaned_data.get(name)
            if name in self.errors:
                continue
            if day is None and row.is_notice:
                self.add_error(name, "Укажите день, когда уведомление получено: от него идёт срок.")
                continue
            day = day or self.cleaned_data.get("signed_all")
            if day is None:
                self.add_error(name, "Укажите дату, которая стоит на бумаге.")
                continue
            details = {"signed_on": day}
            if row.asks_number:
                details |= {key: self.cleaned_data.get(f"{key}_{pk}", "") for key in self.ORDER}
            yield row, details

    def refuse(self, row, error) -> None:
        """The refusal of a step, at the row's own field."""
        name = f"{error.field}_{row.document.pk}"
        self.add_error(name if name in self.fields else f"take_{row.document.pk}", error.message)
