"""What a list would do to an organisation's records, row by row; nothing is written here."""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from schools.imports.changes import FieldChange, changes_of, possible
from schools.imports.content import NO_POSITION, fields_of
from schools.imports.matching import Known, Roster, name_key
from schools.models import Relation, School, StaffMember
from schools.text import key


class Outcome(StrEnum):
    NEW = "NEW"
    SAME = "SAME"
    CHANGE = "CHANGE"
    ASK = "ASK"


SKIP = "skip"  # leave everything as it is
ADD = "add"  # a new person with a post
# person:<pk> another post of a known person; row:<index> … of the person of another row;
# post:<pk> this post, corrected as the row says; move:<pk> a new position after this post.


@dataclass
class PlannedRow:
    """One row: ``choice`` is what happens unless the person chooses another of ``options``."""

    index: int
    sheet: str
    row: int
    fields: dict
    questions: list[str]
    outcome: Outcome = Outcome.SAME
    choice: str = SKIP
    why: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    post: StaffMember | None = None
    changes: list[FieldChange] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        parts = (self.fields["last_name"], self.fields["first_name"], self.fields["patronymic"])
        return " ".join(filter(None, parts))

    @property
    def title(self) -> str:
        subject = self.fields["subject"]
        position = self.fields["position"] or NO_POSITION
        return f"{position} ({subject})" if subject else position

    @property
    def post_key(self) -> str:
        return key(f"{self.fields['position']} {self.fields['subject']}")


@dataclass
class Plan:
    """Every row of the list, and the posts that the list does not name."""

    school: School
    on: dt.date
    content: dict
    roster: Roster
    rows: list[PlannedRow]
    absent: list[StaffMember]

    def of(self, outcome: str) -> list[PlannedRow]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def refused(self) -> list[dict]:
        return self.content["refused"]

    @property
    def fingerprint(self) -> str:
        """Changes whenever the plan would do something else than what was shown."""
        said = [
            [r.index, r.outcome, r.choice, r.options, [c.said for c in r.changes]]
            for r in self.rows
        ]
        text = json.dumps([said, [post.pk for post in self.absent]], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def make_plan(school: School, content: dict, *, on: dt.date) -> Plan:
    """Compare ``content`` (``schools.imports.content``) with the records of ``school``.

    ``on`` tells who works today. Reads the database, writes nothing.
    """
    roster = Roster(school)
    rows = [
        PlannedRow(i, r["sheet"], r["row"], fields_of(r), list(r["questions"]))
        for i, r in enumerate(content["rows"])
    ]
    maker = _Maker(roster, rows, on)
    maker.run()
    absent = [
        post
        for post in roster.posts.values()
        if post.left_on is None
        and post.relation == Relation.EMPLOYEE
        and post.pk not in maker.named
    ]
    absent.sort(key=lambda post: post.person.name_key)
    return Plan(school, on, content, roster, rows, absent)


class _Maker:
    """Rows whose post is certain take it first, then those nearly so; the others ask."""

    def __init__(self, roster: Roster, rows: list[PlannedRow], on: dt.date):
        self.roster, self.rows, self.on = roster, rows, on
        self.taken: dict[int, int] = {}  # post pk -> index of the row
        self.named: set[int] = set()  # posts that some row may be about
        self.new: dict[str, list[PlannedRow]] = defaultdict(list)

    def run(self) -> None:
        certain = []
        for row in self.rows:
            match = self.roster.find(row.fields)
            if match.person is not None:
                self.named |= {post.pk for post in match.person.posts}
                certain.append((row, match.person))
            elif match.candidates:
                self._ask_who(row, match.candidates, match.question)
            else:
                self._add_new(row)
        for take in (self._take_exact, self._take_near):
            certain = [(row, known) for row, known in certain if not take(row, known)]
        for row, known in certain:
            self._place(row, known)

    def _take_exact(self, row: PlannedRow, known: Known) -> bool:
        return self._take(row, [p for p in self._free(known) if p.post_key == row.post_key])

    def _take_near(self, row: PlannedRow, known: Known) -> bool:
        """The same position where one side has no subject or there is no other such post."""
        position, subject = row.fields["position"], row.fields["subject"]
        return self._take(
            row,
            [
                p
                for p in self._free(known)
                if not position
                or key(p.position) == key(position)
                and not (subject and p.subject and self._several(known, position))
            ],
        )

    def _free(self, known: Known) -> list[StaffMember]:
        return [p for p in known.working(self.on) if p.pk not in self.taken]

    def _take(self, row: PlannedRow, posts: list[StaffMember]) -> bool:
        if posts:
            self._use(row, posts[0])
        return bool(posts)

    def _several(self, known: Known, position: str) -> bool:
        return sum(key(p.position) == key(position) for p in known.working(self.on)) > 1

    def _use(self, row: PlannedRow, post: StaffMember) -> None:
        self.taken[post.pk] = row.index
        row.post, row.choice = post, f"post:{post.pk}"
        changes = changes_of(post, row.fields)
        row.changes = [change for change in changes if possible(post, change)]
        row.questions += [
            f"{change.said}: позже последнего дня работы, не меняется"
            for change in changes
            if change not in row.changes
        ]
        row.outcome = Outcome.CHANGE if row.changes else Outcome.SAME

    def _place(self, row: PlannedRow, known: Known) -> None:
        """The person is certain, the post is not: another one, a new one, or come back."""
        working = known.working(self.on)
        free = self._free(known)
        person = f"person:{known.person.pk}"
        if any(post.post_key == row.post_key for post in working):
            self._ask(row, "эта должность уже есть в другой строке списка", [])
        elif free:
            options = []
            for post in free:
                said = "; ".join(c.said for c in changes_of(post, row.fields))
                options += [
                    (f"post:{post.pk}", f"исправить запись ({said})"),
                    (f"move:{post.pk}", f"перевести с должности «{post.title}»"),
                ]
            self._ask(
                row, f"в записях другая должность: {', '.join(p.title for p in free)}",
                [*options, (person, "добавить ещё одну должность")],
            )  # fmt: skip
        elif working or self._came_back(row, known):
            row.outcome, row.choice = Outcome.NEW, person
            row.why = "ещё одна должность" if working else "возвращение на работу"
        else:
            left = max(post.left_on for post in known.posts)
            self._ask(
                row, f"уход отмечен {left:%d.%m.%Y}: снова работает?", [(person, "снова принят(а)")]
            )

    def _came_back(self, row: PlannedRow, known: Known) -> bool:
        hired = row.fields["hired_on"]
        return hired is not None and all(hired > post.left_on for post in known.posts)

    def _ask_who(self, row: PlannedRow, candidates: list[Known], question: str) -> None:
        options = []
        for known in candidates:
            self.named |= {post.pk for post in known.posts}
            who = known.person.full_name
            if known.person.birth_date:
                who += f", {known.person.birth_date:%d.%m.%Y}"
            for post in known.working(self.on):
                if post.pk not in self.taken:
                    said = "; ".join(c.said for c in changes_of(post, row.fields))
                    label = f"это {who}, {post.title}" + (f": исправить ({said})" if said else "")
                    options.append((f"post:{post.pk}", label))
            if not any(post.post_key == row.post_key for post in known.working(self.on)):
                options.append((f"person:{known.person.pk}", f"это {who}: ещё одна должность"))
        self._ask(row, question, [*options, (ADD, "другой человек: добавить")])

    def _ask(self, row: PlannedRow, why: str, options: list[tuple[str, str]]) -> None:
        row.outcome, row.choice, row.why = Outcome.ASK, SKIP, why
        row.options = [(SKIP, "пропустить, ничего не менять"), *options]

    def _add_new(self, row: PlannedRow) -> None:
        """Somebody new; two rows of one name and birth date are one person with two posts."""
        before = self.new[name_key(row.fields)]
        born = row.fields["birth_date"]
        sure = [r for r in before if born and r.fields["birth_date"] == born]
        unsure = [r for r in before if not (born and r.fields["birth_date"])]
        if any(r.post_key == row.post_key for r in sure):
            self._ask(row, "человек с этой должностью уже есть в списке", [])
        elif sure:
            row.outcome, row.choice = Outcome.NEW, f"row:{sure[0].index}"
            row.why = "ещё одна должность"
        elif unsure:
            options = [(f"row:{r.index}", f"тот же человек, что в строке {r.row}") for r in unsure]
            self._ask(
                row, "такое имя уже есть в списке, а даты рождения нет",
                [*options, (ADD, "другой человек: добавить")],
            )  # fmt: skip
        else:
            row.outcome, row.choice = Outcome.NEW, ADD
        if row.choice == ADD:
            before.append(row)
        if not row.fields["position"]:
            row.questions.append("в списке нет должности")
