"""A browser of somebody, forms of a page as it would send them, and what a request wrote."""

import re
from contextlib import contextmanager
from html.parser import HTMLParser

from django.db import connection
from django.test import Client

# A refused request may keep its own session and the throttle, never a fact.
OWN_TABLES = re.compile(r'"(django_session|schools_signinattempt|schools_trusteddevice)"')
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.I)
TEXTS = {"text": "Текст", "number": "3", "date": "2026-11-25"}


class Form(HTMLParser):
    """The POST forms of one page: ``forms`` is a list of (action, [(name, value)])."""

    def __init__(self, page: str):
        super().__init__()
        self.forms: list[tuple[str, dict]] = []
        self._data = self._select = self._area = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and (attrs.get("method") or "").lower() == "post":
            self._data = {}
            self.forms.append((attrs.get("action") or "", self._data))
        elif self._data is None:
            return
        elif tag == "input":
            self._input(attrs)
        elif tag == "textarea":
            self._area = attrs
            self._text = ""
        elif tag == "select":
            self._select = attrs
            self._options, self._chosen = [], []
        elif tag == "option" and self._select is not None:
            self._options.append(attrs.get("value", ""))
            if "selected" in attrs:
                self._chosen.append(attrs.get("value", ""))

    def handle_data(self, data):
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._data = None
        elif self._data is None:
            return
        elif tag == "textarea" and self._area is not None:
            self._data[self._area["name"]] = [f"{self._text.strip()} {TEXTS['text']}".strip()]
            self._area = None
        elif tag == "select" and self._select is not None:
            first = ([v for v in self._options if v] or self._options)[:1]
            self._data[self._select["name"]] = [v for v in self._chosen if v] or first
            self._select = None

    def _input(self, attrs):
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if not name or name == "csrfmiddlewaretoken" or kind in ("submit", "file"):
            return
        if kind in ("checkbox", "radio"):
            if "checked" in attrs or (kind == "radio" and name not in self._data):
                value = attrs.get("value", "on")
                known = self._data.get(name, []) if kind == "checkbox" else []
                self._data[name] = [*known, value]
            return
        value = attrs.get("value") or (TEXTS.get(kind, "") if "required" in attrs else "")
        self._data[name] = [value]


def forms(response) -> list[tuple[str, dict]]:
    """(action, data) of the POST forms on a page, required places filled with something."""
    return Form(response.content.decode()).forms


def signed_in(user) -> Client:
    """A browser of ``user`` that has opened a page and shows errors of the server as pages.

    The first page puts the time zone into the session; where every request is rolled back, each
    would ask for it and save the session again.
    """
    client = Client(raise_request_exception=False)
    client.force_login(user)
    client.get("/")
    return client


@contextmanager
def written():
    """A list that gathers the SQL of every change of facts inside the block."""
    found = []

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and not OWN_TABLES.search(sql):
            found.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found
