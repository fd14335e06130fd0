"""Who in the organisation a row of a list is about."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from schools.models import Person, School, StaffMember
from schools.text import key


@dataclass
class Known:
    """A person of the organisation with the posts held here, ended ones too."""

    person: Person
    posts: list[StaffMember] = field(default_factory=list)

    def working(self, on: dt.date) -> list[StaffMember]:
        return [post for post in self.posts if post.works(on)]

    def holds(self, position: str) -> bool:
        return any(key(post.position) == key(position) for post in self.posts)


@dataclass
class Match:
    """Nobody, exactly one person, or several candidates and a question about them."""

    person: Known | None = None
    candidates: list[Known] = field(default_factory=list)
    question: str = ""


class Roster:
    """Everybody who works or worked in one organisation, read in three queries."""

    def __init__(self, school: School):
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self.by_birth: dict[dt.date, list[Known]] = defaultdict(list)
        self.posts: dict[int, StaffMember] = {}
        people: dict[int, Known] = {}
        posts = (
            StaffMember.objects.filter(school=school)
            .select_related("person")
            .prefetch_related("qualifications", "absences")
            .order_by("pk")
        )
        for post in posts:
            self.posts[post.pk] = post
            if post.person_id not in people:
                people[post.person_id] = Known(post.person)
                self._index(people[post.person_id])
            post.person = people[post.person_id].person  # one object per person
            people[post.person_id].posts.append(post)
        self.people = people

    def _index(self, known: Known) -> None:
        self.by_name[known.person.name_key].append(known)
        if known.person.birth_date:
            self.by_birth[known.person.birth_date].append(known)

    def find(self, fields: dict) -> Match:
        """Name and birth date decide; where a date is missing, name and position do."""
        same = self.by_name.get(name_key(fields), [])
        born, position = fields["birth_date"], fields["position"]
        if not born:
            return _one([k for k in same if position and k.holds(position)]) or _ask(
                same, "такое имя уже есть, а даты рождения в списке нет"
            )
        exact = [known for known in same if known.person.birth_date == born]
        if exact:
            return _one(exact) or _ask(exact, "таких людей несколько")
        undated = [known for known in same if known.person.birth_date is None]
        found = _one([known for known in undated if known.holds(position)])
        if found or undated:
            return found or _ask(undated, "такое имя уже есть без даты рождения")
        other_date = [known for known in same if known.holds(position)]
        if other_date:
            return _ask(other_date, "у человека с тем же именем и должностью другая дата рождения")
        alike = [known for known in self.by_birth.get(born, []) if _alike(known.person, fields)]
        return _ask(alike, "похожее имя и та же дата рождения: тот же человек?")


def name_key(fields: dict) -> str:
    parts = (fields["last_name"], fields["first_name"], fields["patronymic"])
    return key(" ".join(filter(None, parts)))


def _one(found: list[Known]) -> Match | None:
    return Match(person=found[0]) if len(found) == 1 else None


def _ask(candidates: list[Known], question: str) -> Match:
    return Match(candidates=candidates, question=question) if candidates else Match()


def _alike(person: Person, fields: dict) -> bool:
    """A changed surname, or a patronymic left out or shortened."""
    first = key(person.first_name) == key(fields["first_name"])
    last = key(person.last_name) == key(fields["last_name"])
    middle = key(person.patronymic) == key(fields["patronymic"])
    initial = key(person.first_name)[:1] == key(fields["first_name"])[:1]
    return (first and middle) or (last and initial)
