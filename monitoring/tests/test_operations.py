"""«Работа системы»: what an administrator sees, and what the two buttons do."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from programs.deadlines import wide
from programs.models import Letter
from programs.tests.races import together
from programs.workflow.letters import resend_letter
from schools import jobs, pulse
from schools.models import Event, Heartbeat, Job, Municipality, User
from schools.tasks import sweep_jobs
from schools.tests.factories import make_director, make_school, make_user
from schools.workflow.jobs import retry_parked_job

DAY = dt.date(2026, 11, 22)


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root@demo.example", "secret-password"))
    return client


def make_job(**fields) -> Job:
    finished = timezone.now() if fields.get("state") in ("FAILED", "CANCELLED", "DONE") else None
    owner = make_director(make_school())
    return Job.objects.create(
        **{"kind": "paper", "owner": owner, "title": "Согласие Тайновой", "finished_at": finished,
           **fields}
    )  # fmt: skip


def make_letter(**fields) -> Letter:
    return Letter.objects.create(**{"recipient": make_user().person, "day": DAY, **fields})


def text_of(client, name, **query) -> str:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_everything_that_waits_or_stopped_is_counted_with_its_list(root):
    make_job()
    parked = make_job(state="FAILED", attempts=3, error="Не хватило памяти")
    refused = make_letter(state="FAILED", error="550 no such user")
    make_letter(state="UNCERTAIN", attempts=2)
    make_letter()
    place = Municipality.objects.first()
    Municipality.objects.filter(pk=place.pk).update(horizon_on=dt.date(2020, 8, 31))
    wide.ask(f"municipality:{place.pk}")
    pulse.beat_once(pulse.BEAT)

    page = text_of(root, "operations")
    assert "Пересчитывать нечего" not in page
    assert place.name in page
    assert "0 из 1" in page
    assert page.count("молчит") == 4  # three workers and the tick; beat lives
    assert "ждёт: 1" in page
    for name, state, number in [
        ("jobs", "WAITING", 1), ("jobs", "FAILED", 1), ("letters", "FAILED", 1),
        ("letters", "UNCERTAIN", 1), ("letters", "WAITING", 1), ("letters", "SENT", 0),
    ]:  # fmt: skip
        url = reverse(f"operations-{name}") + f"?state={state}"
        row = page.split(f'href="{url}"')[-1].split("</li>")[0]
        assert f">{number}<" in row, (name, state)
        assert text_of(root, f"operations-{name}", state=state).count('scope="row"') == number
    failed = text_of(root, "operations-jobs", state="FAILED")
    assert f"№&nbsp;{parked.pk}" in failed
    assert "Не хватило памяти" in failed
    assert "Тайнов" not in failed + text_of(root, "operations-jobs") + page
    assert refused.error in text_of(root, "operations-letters", state="FAILED")
    assert place.name in text_of(root, "operations-horizon", only="behind")


@pytest.mark.django_db
def test_a_page_of_a_system_where_nothing_ever_ran_opens(root):
    page = text_of(root, "operations")
    assert "знаков ещё не было" in page
    assert "Пересчитывать нечего" in page
    assert "Таких писем нет" in text_of(root, "operations-letters")
    assert "Таких заданий нет" in text_of(root, "operations-jobs", state="nonsense")


@pytest.mark.django_db
def test_a_parked_job_is_repeated_by_an_administrator_and_history_says_so(root):
    job = make_job(state="FAILED", attempts=3, error=jobs.rows.PARKED)
    url = reverse("operations-job-retry", args=[job.pk])
    assert root.post(url).status_code == 302
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("WAITING", 0)
    assert "уже не остановлено" in root.post(url, follow=True).content.decode()
    event = Event.objects.get(kind="job_retried")
    assert event.chain.name == "system"
    assert "Тайнов" not in str(event.value.values)


@pytest.mark.django_db
def test_what_its_owner_cancelled_is_not_revived_by_another(root):
    job = make_job(state="CANCELLED")
    root.post(reverse("operations-job-retry", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "CANCELLED"
    assert not Event.objects.filter(kind="job_retried").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["FAILED", "UNCERTAIN"])
def test_a_letter_that_stopped_is_sent_again_once(root, state):
    letter = make_letter(state=state, attempts=2, refusals=7, error="421 later",
                         not_before=timezone.now() + dt.timedelta(hours=9))  # fmt: skip
    url = reverse("operations-letter-resend", args=[letter.pk])
    root.post(url)
    kept = letter.message_id
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.refusals, letter.error) == ("WAITING", 0, 0, "")
    assert letter.not_before <= timezone.now()
    assert letter.message_id == kept
    assert "уже в очереди или отправлено" in root.post(url, follow=True).content.decode()
    assert Event.objects.filter(kind="letter_resent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_repeat_once():
    admin = User.objects.create_superuser("root@demo.example", "secret-password")
    letter, job = make_letter(state="FAILED"), make_job(state="FAILED", attempts=3)
    codes = together(*[lambda: resend_letter(letter, by=admin, on=DAY)] * 2)
    codes += together(*[lambda: retry_parked_job(job, by=admin, on=DAY)] * 2)
    assert codes == ["letter_not_stopped", "job_not_parked"]
    assert Event.objects.filter(kind__in=["letter_resent", "job_retried"]).count() == 2


@pytest.mark.django_db
def test_staff_of_the_admin_need_the_right_for_it(client):
    user = make_user(is_staff=True)
    client.force_login(user)
    assert client.get(reverse("operations")).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_job"))
    client.force_login(User.objects.get(pk=user.pk))
    assert client.get(reverse("operations")).status_code == 200
    assert reverse("operations") in client.get(reverse("admin:index")).content.decode()


@pytest.mark.django_db
def test_a_task_of_the_schedule_notes_when_it_ended_well(root):
    assert 'Обход заданий</div><span class="nowrap">ещё не было' in text_of(root, "operations")
    sweep_jobs.apply()
    assert Heartbeat.objects.filter(name="run:jobs").exists()
    assert 'Обход заданий</div><span class="nowrap">ещё не было' not in text_of(root, "operations")
