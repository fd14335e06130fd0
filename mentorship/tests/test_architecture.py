"""The shape of the code that reviews would otherwise have to watch over."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from mentorship.celery import app as celery_app
from schools import registry

ROOT = Path(settings.BASE_DIR)
APPS = ["schools", "programs", "monitoring"]  # each may import itself and those before it
# Inside an app: what a layer must not import (views → forms, workflow, queries → models).
UPWARDS = {
    "models": {"views", "forms", "workflow", "permissions", "tasks", "notifications", "admin"},
    "workflow": {"views", "forms", "admin"},
    "deadlines": {"views", "forms", "workflow", "admin"},
    "queries": {"views", "forms", "workflow", "admin"},
    "permissions": {"views", "forms", "workflow", "admin"},
    "forms": {"views", "admin"},
    "documents": {"views", "forms", "admin"},
}


def _modules(app: str):
    """(path inside the app, syntax tree) of every module but tests and migrations."""
    for path in sorted((ROOT / app).rglob("*.py")):
        inside = path.relative_to(ROOT / app)
        if not {"migrations", "tests"} & set(inside.parts):
            yield inside, ast.parse(path.read_text())


def _imported(tree) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("app", APPS)
def test_imports_between_apps_go_one_way(app):
    forbidden = {*APPS[APPS.index(app) + 1 :], "mentorship"}
    wrong = [
        f"{app}/{path} imports {name}"
        for path, tree in _modules(app)
        for name in sorted(_imported(tree))
        if name.split(".")[0] in forbidden
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_imports_inside_an_app_go_downwards(app):
    wrong = []
    for path, tree in _modules(app):
        layer = path.parts[0].removesuffix(".py")
        for name in sorted(_imported(tree)):
            parts = name.split(".")
            if parts[0] in APPS and len(parts) > 1 and parts[1] in UPWARDS.get(layer, ()):
                wrong.append(f"{app}/{path} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_views_fetch_rows_only_through_visible_to(app):
    """``get_object_or_404(Model, …)`` and ``Model.objects.get/all`` skip the question who asks."""
    wrong = []
    for path, tree in _modules(app):
        if path.parts[0] != "views":
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or "visible_to" in ast.unparse(node):
                continue
            called = ast.unparse(node.func)
            if called in {"get_object_or_404", "get_list_or_404"}:
                source = ast.unparse(node.args[0])
                if "(" not in source and source[:1].isupper():
                    wrong.append(f"{app}/{path}:{node.lineno} {called}({source}, …)")
            elif called.endswith((".objects.get", ".objects.all")):
                wrong.append(f"{app}/{path}:{node.lineno} {called}(…)")
    assert wrong == []


def test_the_day_is_never_taken_from_utc():
    """Midnight in Barnaul is five in the afternoon in London."""
    wrong = [
        f"{app}/{path}"
        for app in APPS
        for path, tree in _modules(app)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"timezone.now().date", "dt.date.today", "date.today"}
    ]
    assert wrong == []


def test_beat_sends_only_tasks_that_exist():
    celery_app.loader.import_default_modules()
    sent = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert sent <= set(celery_app.tasks)


def test_every_queue_has_a_worker_here_and_in_production():
    compose = (ROOT / "docker-compose.yml").read_text()
    asked = {kind.queue for kind in registry.job_kinds.values()}
    asked.add(settings.CELERY_TASK_DEFAULT_QUEUE)
    assert asked <= set(settings.WORKER_QUEUES)
    assert set(re.findall(r"-Q (\S+)", compose)) == set(settings.WORKER_QUEUES)


def test_no_page_fetches_anything_from_elsewhere():
    """The law keeps this data inside the country; the policy would block it anyway."""
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        for mark in ('src="http', 'href="http', "<style", " style=", " onclick=", "@import"):
            if mark in text and "documents" not in path.parts and "mail" not in path.parts:
                wrong.append(f"{path.relative_to(ROOT)}: {mark}")
    assert wrong == []
