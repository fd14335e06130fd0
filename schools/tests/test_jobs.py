"""Background jobs: claims, limits, cancelling, files that expire, a broker that is away."""

import datetime as dt
import os
import signal
import socket
import threading
import time

import pytest
import time_machine
from celery import Celery
from django.core.files.base import ContentFile
from django.db import OperationalError, connections
from django.urls import reverse
from django.utils import timezone

from mentorship import environment
from programs.tests.races import together
from schools import jobs, registry, stores
from schools.errors import DomainError
from schools.models import Job, JobState, StoredFile
from schools.registry import JobKind
from schools.tasks import run_job, sweep_jobs
from schools.tests.factories import make_director, make_school

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def kind(monkeypatch):
    """``kind(run, **limits)`` registers what jobs of the kind «test» do."""

    def register(run, **limits):
        made = JobKind(run, lambda job: reverse("job-file", args=[job.pk]), "Проба", **limits)
        monkeypatch.setitem(registry.job_kinds, "test", made)

    register(lambda job, report: {})
    return register


@pytest.fixture
def sent(monkeypatch):
    """What the broker was told, as (task, pks)."""
    told = []
    monkeypatch.setattr(stores, "_quiet_until", float("-inf"))
    monkeypatch.setattr(
        stores.current_app, "send_task", lambda task, args, **options: told.append((task, args))
    )
    return told


def make_job(**fields) -> Job:
    owner = fields.pop("owner", None) or make_director(make_school())
    return jobs.start("test", owner=owner, params=fields.pop("params", {}), **fields)


def store(job, text="строка") -> StoredFile:
    stored = StoredFile(name="файл.csv", content_type="text/csv", size=5, sha256="0" * 64)
    stored.file.save("x", ContentFile(text.encode()), save=True)
    return stored


# --- one job, many hands ---------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sent")
def test_the_same_message_five_times_at_once_does_the_work_once(kind):
    done = []

    def work(job, report):
        done.append(job.pk)
        time.sleep(0.3)

    kind(work)
    job = make_job()
    outcomes = []
    together(*[lambda: outcomes.append(jobs.run(job.pk))] * 5)
    assert sorted(outcomes) == ["done", *["skipped"] * 4]
    assert done == [job.pk]


@pytest.mark.django_db(transaction=True)
def test_two_beats_and_a_flushed_broker_neither_lose_nor_repeat_a_job(kind, sent):
    done = []
    kind(lambda job, report: done.append(job.pk))
    job = make_job()
    assert len(sent) == 1
    sent.clear()  # the broker was flushed: nobody ever hears of the row
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=30), tick=True):
        together(sweep_jobs, sweep_jobs)  # of two beats
    assert {args for _, args in sent} == {(job.pk,)}
    for _, (pk,) in sent:
        jobs.run(pk)
    assert done == [job.pk]


@pytest.mark.django_db
def test_a_queue_that_nobody_reads_for_days_is_not_filled_with_the_same_message(kind, sent):
    start = timezone.now()
    make_job()
    for minutes in range(0, 24 * 60, 5):  # a sweep every five minutes of a day
        with time_machine.travel(start + dt.timedelta(minutes=minutes, seconds=25)):
            jobs.sweep()
    with time_machine.travel(start + dt.timedelta(days=1)):
        for _ in range(5):
            jobs.sweep()
    assert len(sent) < 24 * 12 + 5


@pytest.mark.django_db
def test_the_sweeper_takes_over_from_a_worker_that_died(kind, sent):
    job = make_job()
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, claim="dead", lease_until=timezone.now() - HOUR, attempts=1,
        hint_at=timezone.now() - HOUR,
    )  # fmt: skip
    assert jobs.sweep() == 1
    assert jobs.run(job.pk) == "done"
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


@pytest.mark.django_db
@pytest.mark.usefixtures("sent")
def test_who_lost_the_claim_writes_nothing_and_leaves_no_file(kind):
    def work(job, report):
        stored = store(job)
        Job.objects.filter(pk=job.pk).update(claim="another")
        return {"file": stored}

    kind(work)
    job = make_job()
    assert jobs.run(job.pk) == "lost"
    job.refresh_from_db()
    assert (job.state, job.claim, job.file) == (JobState.RUNNING, "another", None)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sent")
def test_a_job_cancelled_while_it_ends_is_cancelled_or_done_never_both(kind):
    for _ in range(5):
        waiting, go = threading.Event(), threading.Event()

        def work(job, report, waiting=waiting, go=go):
            waiting.set()
            go.wait(10)
            return {"file": store(job)}

        kind(work)
        job = make_job()
        said = []

        def press(job=job, waiting=waiting, go=go, said=said):
            waiting.wait(10)
            go.set()
            said.append(jobs.cancel(job))

        together(lambda job=job, said=said: said.append(jobs.run(job.pk)), press)
        job.refresh_from_db()
        assert (job.state == JobState.CANCELLED) == (True in said) == ("lost" in said)
        assert (job.state == JobState.DONE) == ("done" in said) == (job.file is not None)
    assert StoredFile.objects.count() == Job.objects.filter(state=JobState.DONE).count()


@pytest.mark.django_db(transaction=True)
def test_repeat_pressed_twice_queues_the_job_once(kind, sent):
    job = make_job()
    jobs.cancel(job)
    sent.clear()
    said = []
    together(*[lambda: said.append(jobs.retry(job))] * 2)
    assert sorted(said) == [False, True]
    assert len(sent) == 1


# --- limits: the work stands in a process of its own -----------------------------------------


def _eat(job, report):
    held = [bytearray(50_000_000) for _ in range(20)]
    return {"never": len(held)}


def _hang(job, report):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


def _die(job, report):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def quick(monkeypatch):
    """A parent that looks after its child more often than every five seconds."""
    monkeypatch.setattr("schools.jobs.runs.RENEW_EVERY", 0.2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sent", "quick")
@pytest.mark.parametrize(
    ("work", "limits", "words"),
    [
        (_eat, {"megabytes": 200}, "не хватило памяти"),
        (_hang, {"seconds": 1}, "слишком много времени"),
        (_die, {}, "остановился посреди работы"),
    ],
)
def test_what_kills_its_process_costs_an_attempt_and_is_parked_after_three(
    kind, client, work, limits, words
):
    kind(work, **limits)
    job = make_job()
    for attempt in (1, 2, 3):
        jobs.run_in_child(job.pk)
        job.refresh_from_db()
        assert job.attempts == attempt
        assert job.state == (JobState.FAILED if attempt == 3 else JobState.WAITING)
    assert jobs.run_in_child(job.pk) == "skipped"
    client.force_login(job.owner)
    page = client.get(reverse("job-detail", args=[job.pk])).content.decode()
    assert words in page
    assert "Повторить" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sent", "quick")
def test_a_job_in_a_process_of_its_own_reports_and_ends(kind):
    def work(job, report):
        report(1, 2)
        return {"file": store(job), "pid": os.getpid()}

    kind(work, keeps=HOUR)
    job = make_job()
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.progress, job.total) == (JobState.DONE, 1, 2)
    assert job.result["pid"] != os.getpid()
    assert job.file is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sent", "quick")
def test_cancelling_stops_even_a_job_that_never_reports(kind):
    kind(_hang)
    job = make_job()
    threading.Timer(1, lambda: (jobs.cancel(job), connections.close_all())).start()
    began = time.monotonic()
    assert jobs.run_in_child(job.pk) == "cancelled"
    assert time.monotonic() - began < 10
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sent", "quick")
def test_a_database_that_restarts_costs_a_job_no_attempt(kind):
    def away(job, report):
        raise OperationalError("unable to open database file")

    kind(away)
    job = make_job()
    assert jobs.run_in_child(job.pk) == "away"
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 0)


@pytest.mark.django_db
@pytest.mark.usefixtures("sent")
def test_a_refusal_is_parked_at_once_with_its_own_words(kind):
    def refuse(job, report):
        raise DomainError("damaged", "Файл повреждён: загрузите другой.")

    kind(refuse)
    job = make_job()
    assert jobs.run(job.pk) == "failed"
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "Файл повреждён: загрузите другой.")


# --- files that live for a time --------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sent")
def test_a_file_whose_time_is_over_is_deleted_and_can_be_made_again(kind, client):
    kind(lambda job, report: {"file": store(job)}, keeps=HOUR)
    job = make_job()
    jobs.run(job.pk)
    job.refresh_from_db()
    client.force_login(job.owner)
    page, file = (reverse(name, args=[job.pk]) for name in ("job-detail", "job-file"))
    assert b"".join(client.get(file).streaming_content).decode() == "строка"
    assert jobs.expire_files() == 0

    path = job.file.file.path
    with time_machine.travel(timezone.now() + 2 * HOUR, tick=True):
        client.force_login(job.owner)
        assert client.get(file).url == page  # even before the sweep
        assert jobs.expire_files() == 1
        assert not os.path.exists(path)
        assert not StoredFile.objects.exists()
        shown = client.get(page).content.decode()
        assert "Срок хранения файла истёк, подготовьте снова" in shown
        client.post(reverse("job-retry", args=[job.pk]))
        assert jobs.run(job.pk) == "done"
    job.refresh_from_db()
    assert job.file is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sent")
def test_a_file_that_something_else_points_at_is_kept_and_holds_up_no_other(kind):
    kind(lambda job, report: {"file": store(job)}, keeps=HOUR)
    taken, other = make_job(), make_job()
    for job in (taken, other):
        jobs.run(job.pk)
    taken.refresh_from_db()
    Job.objects.filter(pk=make_job().pk).update(file=taken.file)
    with time_machine.travel(timezone.now() + 2 * HOUR, tick=True):
        assert jobs.expire_files() == 1
        assert StoredFile.objects.get() == taken.file
        assert os.path.exists(taken.file.file.path)
        assert jobs.expire_files() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("sent")
def test_what_is_kept_with_its_case_never_expires(kind):
    kind(lambda job, report: {"file": store(job)})
    job = make_job()
    jobs.run(job.pk)
    with time_machine.travel(timezone.now() + dt.timedelta(days=4000)):
        assert jobs.expire_files() == 0
    job.refresh_from_db()
    assert job.file is not None


# --- the page --------------------------------------------------------------------------------

HTMX = {"HX-Request": "true"}


@pytest.mark.django_db
@pytest.mark.usefixtures("sent", "kind")
def test_the_page_asks_again_and_gets_nothing_until_there_is_news(client):
    job = make_job()
    client.force_login(job.owner)
    url = reverse("job-detail", args=[job.pk])
    page = client.get(url).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    asked = page.split('data-hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(asked, headers=HTMX).status_code == 204

    jobs.run(job.pk)
    part = client.get(asked, headers=HTMX).content.decode()
    assert part.count("Готово.") == 2  # shown, and said aloud
    assert "data-hx-get" not in part
    assert "<html" not in part


@pytest.mark.django_db
@pytest.mark.usefixtures("sent", "kind")
def test_a_person_finds_own_jobs_and_nobody_elses(client):
    job = make_job(title="Приказ № 5")
    make_job(title="Чужой приказ")
    client.force_login(job.owner)
    page = client.get(reverse("job-list")).content.decode()
    assert "Приказ № 5" in page
    assert "Сейчас в работе: 1" in page
    assert "Чужой" not in page
    assert reverse("job-list") in client.get(reverse("profile")).content.decode()


# --- a broker that is away -------------------------------------------------------------------


@pytest.fixture
def broker(monkeypatch):
    """``broker(url)``: the product's own settings of Redis, at ``url``."""
    monkeypatch.setattr(stores, "_quiet_until", float("-inf"))

    def connect(url):
        monkeypatch.setenv("BROKER_URL", url)
        address, options = environment.broker()
        app = Celery("dead", set_as_current=False)
        app.conf.update(broker_url=address, broker_transport_options=options)
        monkeypatch.setattr(stores, "current_app", app)

    return connect


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("kind")
@pytest.mark.parametrize("dead", ["refuses", "hangs"])
def test_a_dead_broker_costs_a_step_less_than_a_second(broker, dead, silent_server):
    broker({
        "refuses": "redis://127.0.0.1:1/0",
        "hangs": f"redis://127.0.0.1:{silent_server}/0",
    }[dead])  # fmt: skip
    owner = make_director(make_school())
    began = time.monotonic()
    made = [make_job(owner=owner) for _ in range(5)]  # a step with much to tell
    assert time.monotonic() - began < 1
    assert Job.objects.filter(state=JobState.WAITING).count() == len(made)


@pytest.fixture
def silent_server():
    """The port of a server that takes connections and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield server.getsockname()[1]
