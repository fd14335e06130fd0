"""A text field that suggests what was typed before, without JavaScript."""

from django import forms
from django.utils.html import format_html, format_html_join


class Suggest(forms.TextInput):
    """An input with a <datalist>; set ``options`` to the suggestions."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.options: list[str] = []

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{(attrs or {}).get('id', name)}-list"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((o,) for o in self.options))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)
