"""The sweep finds people in one statement, the pages row by row: they must be the same people."""

import datetime as dt
import random
from collections import defaultdict

import pytest

from programs.deadlines.owners import responsible_for
from programs.models import Deadline, Notification
from programs.notifications.sweep import sweep
from programs.tests.deadline_world import World, d
from schools.models import Absence, Membership
from schools.tests.factories import make_person, make_post, make_school

pytestmark = pytest.mark.django_db
ON = d("20.10.2026")
LONG_DUE, FAR_AHEAD = ON - dt.timedelta(days=21), ON + dt.timedelta(days=300)


class Muddle:
    """Two organisations of one municipality in which anybody may hold any role, deputise,
    have left or be away; two pairs, whose curators and mentors may be the same people."""

    def __init__(self, seed: int):
        self.pick = random.Random(seed)
        self.worlds = [World(calendar=False)]
        place = self.worlds[0].school.municipality
        self.worlds += [World(beside=self.worlds[0])]
        self.schools = [self.worlds[0].school, make_school(municipality=place)]
        for world in self.worlds:
            world.consents()
            world.order()
        self.people = [make_person() for _ in range(5)]
        for person in self.people:
            for n in range(self.pick.choice([0, 1, 1, 2])):  # some have no post at all
                make_post(self.pick.choice(self.schools), person=person, subject=f"{n}")
        self.people += [world.mentor.person for world in self.worlds]
        self.people += [self.worlds[0].director, self.worlds[0].curator]
        Membership.objects.filter(person=self.pick.choice(self.people)).delete()
        for _ in range(14):
            self.give_role(place)
        for post in self.pick.sample([p for one in self.people for p in one.posts.all()], 5):
            self.send_away(post)
        for world in self.worlds:
            world.group.curator = self.pick.choice(self.people)
            world.group.save()

    def give_role(self, place):
        role = self.pick.choice(["DIRECTOR", "CURATOR", "CURATOR", "METHODOLOGIST"])
        scope = {"municipality": place}
        if role != "METHODOLOGIST":
            scope = {"school": self.pick.choice(self.schools)}
        held = Membership.objects.filter(role=role, deputises_for=None, **scope).first()
        # A second director is a deputy; the others may hold a role at once until its end.
        deputises = role == "DIRECTOR" or self.pick.random() < 0.4
        Membership.objects.create(
            person=self.pick.choice(self.people), role=role, starts_on=d("01.09.2026"),
            ends_on=self.pick.choice([d("19.10.2026"), ON, d("31.12.2026")]),
            deputises_for=held if deputises else None, **scope,
        )  # fmt: skip

    def send_away(self, post):
        if self.pick.random() < 0.3:
            post.left_on = self.pick.choice([d("19.10.2026"), ON])
            post.save()
        else:
            Absence.objects.create(
                post=post, kind="OTHER", starts_on=self.pick.choice([ON, d("01.10.2026")]),
                expected_on=self.pick.choice([None, ON, d("21.10.2026")]),
            )  # fmt: skip

    def owe(self, owner, period, *, school=None, world=None, person=None, **fields) -> Deadline:
        return Deadline.objects.create(
            **{
                "kind": "remark", "subject": "x:1", "owner": owner, "period": period,
                "school": school or world.school, "group": world and world.group,
                "person": person, "opens_on": d("01.09.2026"), "due_on": LONG_DUE, "basis": "",
                "force": "LAW", "date_source": "DISTRICT", **fields,
            }
        )  # fmt: skip

    def rows(self, **fields) -> list[Deadline]:
        """One row of every kind of owner in every place, of the same ``fields``."""
        made, name = [], fields.pop("period", "")
        for number, place in enumerate([*self.worlds, *self.schools]):
            where = {"world": place} if isinstance(place, World) else {"school": place}
            school = getattr(place, "school", place)
            for role in ("director", "curator"):
                made.append(
                    self.owe(f"{role}:school:{school.pk}", f"{name}{number}", **where, **fields)
                )
            for person in self.people:
                made.append(
                    self.owe(
                        f"person:{person.pk}", f"{name}{number}", person=person, **where, **fields
                    )
                )
        return made


def found(rows) -> dict[int, dict[int, bool]]:
    """{deadline: {recipient: escalated}} as the sweep wrote them."""
    items = defaultdict(dict)
    for item in Notification.objects.filter(deadline__in=rows):
        assert item.recipient_id not in items[item.deadline_id]
        items[item.deadline_id][item.recipient_id] = item.escalated
    return items


@pytest.mark.parametrize("seed", range(12))
def test_the_sweep_tells_those_who_answer(seed):
    muddle = Muddle(seed)
    rows = muddle.rows(date_source="DEFAULT", opens_on=ON, due_on=ON)
    rows += [
        muddle.owe(f"curator:school:{world.school.pk}", "", world=world, kind="mentor_change",
                   subject=f"help:{world.group.pk}", force="ADVICE", opens_on=ON, due_on=ON)
        for world in muddle.worlds
    ]  # fmt: skip
    sweep(ON)
    items, answering = found(rows), responsible_for(rows, ON)
    for row in rows:
        assert items[row.pk] == {person.pk: False for person in answering[row.pk]}, row.owner
    assert sweep(ON) == 0


@pytest.mark.parametrize("seed", range(12))
def test_from_above_hear_curators_and_directors_who_do_not_owe_it_themselves(seed):
    muddle = Muddle(seed)
    rows = muddle.rows()
    # The same places asked for their curators and directors alone.
    roles = muddle.rows(period="far", opens_on=ON, due_on=FAR_AHEAD, kind="pause_end")
    above = defaultdict(set)
    for row, people in responsible_for(roles, ON).items():
        asked = next(role for role in roles if role.pk == row)
        if not asked.owner.startswith("person:"):
            above[asked.school_id, asked.group_id] |= {person.pk for person in people}
    sweep(ON)
    items, answering = found(rows), responsible_for(rows, ON)
    for row in rows:
        own = {person.pk for person in answering[row.pk]}
        expected = dict.fromkeys(above[row.school_id, row.group_id], True)
        assert items[row.pk] == expected | dict.fromkeys(own, False), row.owner
    assert Notification.objects.count() == sum(len(people) for people in items.values())
