"""Django admin: for superusers, read-only where the process is led, silent about confidences."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentorship.tests.pages import written
from programs.workflow.meetings import correct_meeting

pytestmark = pytest.mark.django_db

ABSENT = [
    "programs.privatenote", "programs.helprequest", "programs.meeting", "programs.attendance",
    "programs.contractaddendum", "programs.terminationnotice", "programs.consent",
    "programs.incentive", "programs.mentoringepisode", "programs.remark", "programs.evaluation",
    "programs.score", "schools.storedfile", "schools.signincode", "schools.eventvalue",
    "schools.importdraft",
]  # fmt: skip
READ_ONLY = [
    "programs.mentoringgroup", "programs.order", "programs.deadline", "programs.document",
    "schools.transfer", "schools.event", "schools.job", "schools.recompute",
]  # fmt: skip
CONFIDENCES = {
    "note", "help", "other mentor", "meeting", "later meeting", "pay", "addendum", "incentive",
    "episode", "request", "file",
}  # fmt: skip


@pytest.fixture
def registry() -> dict:
    return {model._meta.label_lower: model for model in admin.site._registry}


@pytest.fixture
def root(world) -> Client:
    client = Client()
    client.force_login(world.users["superuser"])
    return client


def page_of(model, what: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def test_what_is_confided_is_not_in_the_admin_at_all(registry):
    assert set(ABSENT) & set(registry) == set()
    assert set(READ_ONLY) <= set(registry)


def test_only_who_administers_enters(world, registry):
    urls = [reverse("admin:index"), *(page_of(m, "changelist") for m in registry.values())]
    for role, user in world.users.items():
        client = Client()
        client.force_login(user)
        for url in urls[:: 1 if role in ("director", "superuser") else 7]:
            response = client.get(url)
            entered = response.status_code == 200
            assert entered == (role == "superuser"), (role, url)


@pytest.mark.parametrize("label", READ_ONLY)
def test_the_process_is_only_looked_at(root, registry, label):
    model = registry[label]
    row = model.objects.first()
    with written() as changes:
        assert root.get(page_of(model, "add")).status_code == 403
        assert root.post(page_of(model, "add"), {}).status_code == 403
        if row is not None:
            assert root.post(page_of(model, "change", row.pk), {}).status_code == 403
            assert root.post(page_of(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert changes == []


def test_rows_that_tell_what_a_mentee_asked_do_not_open(world, root, registry):
    meeting = world.places["А"].rows.meeting
    correct_meeting(meeting, by=world.users["mentor"], on=timezone.localdate(), topic="Иное")
    for label, kinds in [
        ("schools.event", ["help_asked", "other_mentor_asked", "meeting_text_corrected"]),
        ("programs.deadline", ["help_answer", "mentor_change"]),
    ]:
        for kind in kinds:
            row = registry[label].objects.filter(kind=kind).first()
            assert row is not None, kind
            assert root.get(page_of(registry[label], "change", row.pk)).status_code == 302
    assert "Иное" not in root.get(page_of(registry["schools.event"], "changelist")).content.decode()


def test_no_page_of_the_admin_tells_a_confidence(world, root, registry):
    found = []
    for model in registry.values():
        urls = [page_of(model, "changelist"), page_of(model, "changelist") + "?q=ЩЪ"]
        urls += [
            page_of(model, "change", pk)
            for pk in model.objects.values_list("pk", flat=True)[:200:4]
        ]
        for url in dict.fromkeys(urls):
            text = root.get(url).content.decode()
            told = {c.kind for c in world.canaries.found(text)} & CONFIDENCES
            found += [f"{url}: {kind}" for kind in told]
            if "другого наставника" in text:
                found.append(f"{url}: the wish for another mentor")
    assert not found, "\n".join(found)
