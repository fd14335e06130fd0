"""A person moves to another organisation of the municipality."""

import datetime as dt

import pytest

from schools.errors import TransitionError
from schools.models import StaffMember, Transfer
from schools.tests.factories import make_curator, make_post, make_school
from schools.workflow import transfers

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 12)
MOVES = dt.date(2026, 11, 2)


@pytest.fixture
def home():
    return make_school()


@pytest.fixture
def host(home):
    return make_school(municipality=home.municipality)


def ask(home, host, **facts):
    return transfers.ask_transfer(
        make_post(home), by=make_curator(home), on=TODAY, to_school=host, position="учитель",
        moves_on=MOVES, **facts,
    )  # fmt: skip


def test_both_consents_give_the_same_person_a_second_post(home, host):
    transfer = ask(home, host, subject="физика")
    assert not StaffMember.objects.filter(
        school=host, person=transfer.post.person
    ).exists()  # fmt: skip

    transfer = transfers.confirm_transfer(transfer, by=make_curator(host), on=TODAY)

    new, old = transfer.new_post, StaffMember.objects.get(pk=transfer.post_id)
    assert (new.person, new.school, new.hired_on) == (old.person, host, MOVES)
    assert old.left_on == MOVES - dt.timedelta(days=1)


def test_work_at_two_places_leaves_the_first_post_open(home, host):
    transfer = ask(home, host, keeps_post=True)
    transfers.confirm_transfer(transfer, by=None, on=TODAY)
    assert StaffMember.objects.get(pk=transfer.post_id).left_on is None


def test_refused_transfer_changes_nothing_and_cannot_be_confirmed(home, host):
    transfer = ask(home, host)
    transfers.refuse_transfer(transfer, by=make_curator(host), on=TODAY, reason="Нет ставки")

    with pytest.raises(TransitionError) as caught:
        transfers.confirm_transfer(transfer, by=None, on=TODAY)

    assert caught.value.code == "transfer_closed"
    assert transfer.post.person.posts.count() == 1


def test_only_organisations_of_the_municipality_are_asked(home):
    with pytest.raises(TransitionError) as caught:
        ask(home, make_school())
    assert caught.value.code == "not_in_district"
    assert not Transfer.objects.exists()


def test_one_open_transfer_per_post(home, host):
    transfer = ask(home, host)
    with pytest.raises(TransitionError) as caught:
        transfers.ask_transfer(
            transfer.post, by=transfer.asked_by, on=TODAY, to_school=host, position="учитель",
            moves_on=MOVES,
        )  # fmt: skip
    assert caught.value.code == "transfer_open"
