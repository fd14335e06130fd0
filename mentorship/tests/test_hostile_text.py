"""Names and texts that try to act: on pages, in spreadsheets and on paper they stay text."""

import io
import itertools
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from mentorship.crawl import walk
from mentorship.tests.canaries import Canaries
from programs.documents import render
from programs.documents.jobs import TEMPLATES
from programs.workflow.papers import print_mentor_consent, print_order, print_program

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "</textarea></title><svg onload=alert(1)>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "javascript:alert(1)//",
    "<link rel=attachment href='file:///etc/passwd'>",
    "а" * 60,
    "\nвторая\r\nтретья\tстрока",
]  # fmt: skip
FORMULAS = [
    '=HYPERLINK("http://x","y")',
    "+7*7",
    "-7*7",
    "@SUM(A1)",
    "\t=7*7",
    "\n=7*7",
]


class Hostile(Canaries):
    """Every planted word carries a payload after it, or a formula before it."""

    def dressed(self, text: str, number: int) -> str:
        if number % 2 == 0:
            return FORMULAS[number // 2 % len(FORMULAS)] + text
        return text + PAYLOADS[number % len(PAYLOADS)]


CANARIES = Hostile()
STEPS_OUT = ("javascript:", "data:", "vbscript:", "file:")


class Acts(HTMLParser):
    """Collects everything on a page that would act by itself or leave the site."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if any(name.startswith("on") for name in values):
            self.found.append(self.get_starttag_text())
        if tag == "script" and not (values.get("src") or "").startswith("/"):
            self.found.append(self.get_starttag_text())
        if tag in ("iframe", "object", "embed", "base", "style"):
            self.found.append(self.get_starttag_text())
        for name in ("href", "src", "action", "formaction"):
            target = (values.get(name) or "").strip().lower()
            if target == "x" or target.startswith(STEPS_OUT):
                self.found.append(self.get_starttag_text())


@pytest.mark.parametrize("role", ["director", "mentor", "mentee", "methodologist", "guest mentor"])
def test_no_page_lets_a_text_act(world, role):
    client = Client()
    client.force_login(world.users[role])
    found, pages, planted = [], 0, set()
    for address, _, response in walk(client, per_name=2, limit=150):
        kind = response.headers.get("Content-Type", "")
        assert "\n" not in "".join(response.headers.values())
        if kind.startswith("text/html"):
            page = response.content.decode()
            pages += 1
            planted |= world.canaries.found(page)
            found += [f"{address}: {tag}" for tag in Acts(page).found]
            assert "{{" not in page.replace("{{ 7|add:7 }}", ""), address
        elif "spreadsheet" in kind:
            assert live_cells(response.content) == [], address
    assert not found, "\n".join(found)
    assert pages > 10
    assert len(planted) > 5


def live_cells(data: bytes) -> list[str]:
    """Formulas and hyperlinks of a workbook."""
    cells = itertools.chain.from_iterable(
        row for sheet in load_workbook(io.BytesIO(data)) for row in sheet
    )
    return [str(cell.value) for cell in cells if cell.data_type == "f" or cell.hyperlink]


@pytest.mark.parametrize("name", ["staff-export", "group-export"])
def test_a_formula_in_a_name_stays_text_in_a_spreadsheet(world, name):
    client = Client()
    client.force_login(world.users["director"])
    response = client.get(reverse(name) + "?state=ALL&shown=all")
    assert live_cells(response.content) == []
    cells = [
        str(cell.value)
        for sheet in load_workbook(io.BytesIO(response.content))
        for row in sheet
        for cell in row
    ]
    assert any(text.strip()[:1] in "=+-@" for text in cells if "ЩЪ" in text)


@pytest.fixture
def papers(world):
    """The three papers of the main case as they go to be drawn."""
    place, on = world.places["А"], timezone.localdate()
    printed = [
        print_mentor_consent(place.main.group, by=place.director, on=on),
        print_order(place.rows.draft, by=place.director, on=on),
        print_order(place.rows.order, by=place.director, on=on),
        print_program(place.main.program, by=place.director, on=on),
    ]
    return [(TEMPLATES[paper.kind], {**paper.data, "code": paper.code}) for paper in printed]


def test_a_paper_is_text_however_hostile_its_names(world, papers):
    for template, data in papers:
        page = render_to_string(f"documents/{template}.html", data)
        acting = [tag for tag in Acts(page).found if tag != "<style>"]
        assert acting == [], template
        assert world.canaries.found(page), template
        pdf = render.paper(template, data)
        assert pdf.startswith(b"%PDF-")
        assert b"/EmbeddedFile" not in pdf
        assert b"/URI" not in pdf


@pytest.mark.parametrize(
    "tag",
    [
        "<link rel=attachment href='file:///etc/passwd'>",
        "<img src='file:///etc/passwd'>",
        "<img src='http://127.0.0.1:1/x.png'>",
        "<style>@import url('http://127.0.0.1:1/x.css');</style>",
        "<object data='file:///etc/passwd'></object>",
    ],
)
def test_even_a_tag_that_slips_through_fetches_nothing(tag):
    pdf = render.to_pdf(f"<html lang=ru><head><title>т</title></head><body>{tag}<p>т</p></body>")
    assert b"/EmbeddedFile" not in pdf
    assert b"root:" not in pdf
