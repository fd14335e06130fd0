"""Words of letters: five kinds, each with its versions, a preview and a way back."""

from http import HTTPStatus

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from programs.errors import TransitionError
from programs.forms.letters import WordsForm
from programs.models import LetterTemplate
from programs.notifications import rendering, wording
from schools.admin.base import ReadOnlyAdmin


@admin.register(LetterTemplate)
class LetterTemplateAdmin(ReadOnlyAdmin):
    """A version is never edited: a change of words is a new one. Who may: superusers, and those
    with the permission to change words of letters."""

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("programs.change_lettertemplate")

    def get_urls(self):
        def at(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"programs_words_{name}")

        return [
            at("words/<slug:code>/", self.words_view, "change"),
            at("words/<slug:code>/preview/", require_POST(self.preview_view), "preview"),
            at("words/<slug:code>/restore/", require_POST(self.restore_view), "restore"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        newest = {row.code: row for row in self._versions().order_by("version")}
        words = wording.current_all()
        rows = [(kind, words[code], newest.get(code)) for code, kind in wording.KINDS.items()]
        return self._page(request, "list", {"title": "Слова писем", "rows": rows})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        if row is None or row.code not in wording.KINDS:
            raise Http404
        return redirect("admin:programs_words_change", row.code)

    def words_view(self, request, code):
        kind = self._kind_or_404(request, code)
        newest = self._versions(code).first()
        initial = {"based_on": newest.version if newest else 0, **wording.current(code).texts}
        form = WordsForm(request.POST or None, initial=initial, code=code)
        if form.is_valid():
            try:
                self._change(request, code, form)
            except TransitionError as error:
                form.add_error(error.field or None, error.message)
            else:
                return redirect("admin:programs_lettertemplate_changelist")
        return self._form_page(request, kind, form)

    def preview_view(self, request, code):
        kind = self._kind_or_404(request, code)
        form = WordsForm(request.POST, code=code)
        if not form.is_valid():
            return self._form_page(request, kind, form)
        subject, text, html = rendering.sample(code, form.words, timezone.localdate())
        context = {"kind": kind, "title": "Предпросмотр", "subject": subject, "text": text}
        # Mail programs read styles on the elements themselves; the policy of pages does not.
        page = csp_update({"style-src": [SELF, UNSAFE_INLINE]})(self._page)
        return page(request, "preview", {**context, "html": html})

    def restore_view(self, request, code):
        kind = self._kind_or_404(request, code)
        version = request.POST.get("version", "")
        try:
            number = int(version) if version.isdecimal() and len(version) < 9 else -1
            on = timezone.localdate()
            wording.restore_words(code, by=request.user, on=on, version=number)
        except TransitionError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"Прежние слова письма «{kind.name}» снова действуют.")
        return redirect("admin:programs_words_change", code)

    def _change(self, request, code, form) -> None:
        based_on = form.cleaned_data["based_on"]
        on = timezone.localdate()
        wording.change_words(code, by=request.user, on=on, based_on=based_on, **form.words.texts)
        name = wording.KINDS[code].name
        messages.success(request, f"Слова письма «{name}» изменены, следующие уйдут с ними.")

    def _kind_or_404(self, request, code) -> wording.Kind:
        if not self.has_change_permission(request):
            raise PermissionDenied
        if code not in wording.KINDS:
            raise Http404
        return wording.KINDS[code]

    def _versions(self, code=None):
        rows = LetterTemplate.objects.select_related("changed_by__person")
        return rows if code is None else rows.filter(code=code)

    def _form_page(self, request, kind, form):
        context = {
            "title": kind.name,
            "kind": kind,
            "form": form,
            "older": list(self._versions(kind.code))[1:20],
            "changed": self._versions(kind.code).exists(),
            "list_url": reverse("admin:programs_lettertemplate_changelist"),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return self._page(request, "form", context, status=status)

    def _page(self, request, name, context, status=HTTPStatus.OK):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        template = f"admin/programs/lettertemplate/words_{name}.html"
        return TemplateResponse(request, template, context, status=status)
