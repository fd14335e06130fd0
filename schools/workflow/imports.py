"""Writing a confirmed list: one transaction, one refresh of deadlines, every change told."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from schools import history
from schools.errors import TransitionError
from schools.history import Change, Scope
from schools.imports.answers import AWAY, KEEP, LEFT, VACATION, Answers, Report
from schools.imports.changes import OF_PERSON, OF_POST, OF_QUALIFICATION, changes_of, person_changes
from schools.imports.content import NO_POSITION
from schools.imports.plan import ADD, SKIP, Outcome, Plan, PlannedRow, make_plan
from schools.models import (
    Category,
    ImportDraft,
    Person,
    Qualification,
    School,
    StaffMember,
)
from schools.workflow.absences import add_absence
from schools.workflow.base import not_in_future, refusing
from schools.workflow.doubles import note_doubles
from schools.workflow.leaving import leave_post
from schools.workflow.staff import move_post

BATCH = 500  # rows of one INSERT


def import_staff(
    school: School,
    plan: Plan,
    *,
    by,
    on: dt.date,
    name: str,
    as_of: dt.date | None = None,
    answers: Answers | None = None,
) -> Report:
    """Write a list as ``plan`` and ``answers`` say.

    The plan is made anew under the lock of the organisation: if the records changed meanwhile
    so that the list would do something else than was shown, nothing is written.

    Args:
        name: the file's name, for the history.
        as_of: the day on which the list counts years of service; ``on`` by default.

    Raises:
        TransitionError: ``plan_changed``, ``unknown_choice``, ``post_twice``, ``constraint``,
            or the refusal of a dismissal, an absence or a move that the person chose.
    """
    answers = answers or Answers()
    with transaction.atomic():
        # The organisation first, cases next: the order of locks of every wide step.
        School.objects.select_for_update().get(pk=school.pk)
        fresh = make_plan(school, plan.content, on=on)
        if fresh.fingerprint != plan.fingerprint:
            raise TransitionError(
                "plan_changed",
                "Пока список проверяли, записи изменились. Просмотрите его ещё раз.",
            )
        writing = _Writing(fresh, answers, name, on, as_of or on)
        scope = Scope.of(schools=[school.pk], people=writing.people_concerned())
        with history.changing(scope, by=by, on=on) as change:
            with refusing("constraint", "Список противоречит записям: проверьте отмеченное."):
                writing.write(change)
            return writing.report


def confirm_import(
    draft: ImportDraft, *, by, on: dt.date, fingerprint: str, answers: Answers
) -> ImportDraft:
    """Write the uploaded list once, however often the button is pressed.

    Raises:
        TransitionError: as ``import_staff``; ``plan_changed`` also when the page showed
            another plan than ``fingerprint``.
    """
    with transaction.atomic():
        draft = ImportDraft.objects.select_for_update().get(pk=draft.pk)
        if draft.written_at is not None:
            return draft
        plan = make_plan(draft.school, draft.content, on=on)
        if plan.fingerprint != fingerprint:
            raise TransitionError(
                "plan_changed",
                "Пока список проверяли, записи изменились. Просмотрите его ещё раз.",
            )
        report = import_staff(
            draft.school,
            plan,
            by=by,
            on=on,
            name=draft.file.name,
            as_of=draft.as_of,
            answers=answers,
        )
        draft.report = asdict(report)
        draft.written_at = timezone.now()
        draft.save(update_fields=["report", "written_at"])
        return draft


class _Writing:
    """One list being written. ``write`` runs inside a change, everything else before it."""

    def __init__(self, plan: Plan, answers: Answers, name: str, on: dt.date, as_of: dt.date):
        self.plan, self.answers, self.name, self.on = plan, answers, name, on
        self.as_of = as_of
        self.report = Report(refused=len(plan.refused))
        self.choices = {row.index: self._choice(row) for row in plan.rows}
        self.absent = {post.pk: post for post in plan.absent}
        if set(answers.absent) - set(self.absent):
            raise TransitionError("unknown_choice", "Такого сотрудника нет среди отсутствующих.")
        targets = [c for c in self.choices.values() if c.startswith(("post:", "move:"))]
        if len({c.partition(":")[2] for c in targets}) < len(targets):
            raise TransitionError("post_twice", "Две строки списка указаны одному сотруднику.")
        self.made: dict[int, Person] = {}  # index of a row -> the new person

    def _choice(self, row: PlannedRow) -> str:
        choice = self.answers.rows.get(row.index, row.choice)
        allowed = {SKIP, row.choice, *(value for value, _ in row.options)}
        if choice not in allowed:
            raise TransitionError("unknown_choice", f"Строка {row.row}: такого выбора нет.")
        return choice

    def people_concerned(self) -> set[int]:
        """People known before whose facts change; cases of theirs are locked and refreshed."""
        posts = [self.plan.roster.posts[pk] for pk in self.answers.absent]
        found = {post.person_id for post in posts}
        for row in self.plan.rows:
            kind, _, pk = self.choices[row.index].partition(":")
            if kind in ("post", "move") and row.outcome != Outcome.SAME:
                found.add(self.plan.roster.posts[int(pk)].person_id)
            elif kind == "person":
                found.add(int(pk))
        return found

    def write(self, change: Change) -> None:
        groups: dict[str, list[PlannedRow]] = {}
        for row in self.plan.rows:
            kind = self.choices[row.index].partition(":")[0]
            if row.outcome == Outcome.SAME and kind == "post":
                self.report.same += 1
            else:
                groups.setdefault(kind, []).append(row)
        self.report.skipped = [row.index for row in groups.get(SKIP, [])]
        self._dismiss(change)
        for row in groups.get("post", []):
            self._correct(row, change)
        for row in groups.get("move", []):
            self._move(row, change)
        new = self._make_people(groups.get(ADD, []))
        rows = [row for kind in (ADD, "row", "person") for row in groups.get(kind, [])]
        posts = self._make_posts(rows)
        self.report.added = [post.pk for post in posts]
        note_doubles([person.pk for person in new], self.plan.school)
        report = self.report
        change.record(
            "staff_imported", self.plan.school, *posts, school=self.plan.school.pk,
            file=self.name, added=len(report.added), changed=len(report.changed),
            left=len(report.left), away=len(report.away),
        )  # fmt: skip

    def _dismiss(self, change: Change) -> None:
        for pk, what in self.answers.absent.items():
            post, day = self.absent[pk], self.answers.absent_on.get(pk, self.on)
            if what == LEFT:
                not_in_future(day, self.on, field="", what=f"{post.person.short_name}: дата ухода")
                leave_post(post, change, left_on=day)
                self.report.left.append(pk)
            elif what in (VACATION, AWAY):
                add_absence(post, change, kind=what, starts_on=day)
                self.report.away.append(pk)
            elif what != KEEP:
                raise TransitionError("unknown_choice", "Такого выбора нет.")

    def _correct(self, row: PlannedRow, change: Change) -> None:
        post = self._target(row)
        changes = row.changes or changes_of(post, row.fields)
        if not changes:
            self.report.same += 1
            return
        for owner, names in ((post.person, OF_PERSON), (post, OF_POST)):
            fields = [c.name for c in changes if c.name in names]
            for made in changes:
                if made.name in names:
                    setattr(owner, made.name, made.value)
            if fields:
                owner.save(update_fields=[*fields, *self._with_keys(owner, fields)])
        if any(c.name in OF_QUALIFICATION for c in changes):
            current = next(iter(post.qualifications.all()), None)
            _qualify(post, row.fields, self.on, current).save()
        self.report.changed.append(post.pk)
        change.record(
            "post_imported", post, post.person, school=post.school_id,
            person=post.person.short_name, file=self.name,
            changes="; ".join(made.said for made in changes),
        )  # fmt: skip

    def _with_keys(self, owner, fields) -> list[str]:
        if isinstance(owner, Person):
            return ["name_key"]
        if {"total_years", "teaching_years"} & set(fields):
            owner.years_as_of = self.as_of
            return ["post_key", "years_as_of"]
        return ["post_key"]

    def _move(self, row: PlannedRow, change: Change) -> None:
        post = self._target(row)
        new = move_post(
            post, change, position=row.fields["position"] or NO_POSITION,
            subject=row.fields["subject"], unit=post.unit,
            starts_on=self.answers.moves_on.get(row.index, self.on),
        )  # fmt: skip
        self.report.changed.append(new.pk)

    def _target(self, row: PlannedRow) -> StaffMember:
        return self.plan.roster.posts[int(self.choices[row.index].partition(":")[2])]

    def _make_people(self, rows: list[PlannedRow]) -> list[Person]:
        people = []
        for row in rows:
            person = Person(**{name: row.fields[name] for name in OF_PERSON})
            person.fill_keys()
            self.made[row.index] = person
            people.append(person)
        return Person.objects.bulk_create(people, BATCH)

    def _make_posts(self, rows: list[PlannedRow]) -> list[StaffMember]:
        posts = []
        for row in rows:
            post = StaffMember(school=self.plan.school, person=self._person(row))
            for name in OF_POST:
                setattr(post, name, row.fields[name])
            post.position = post.position or NO_POSITION
            if post.total_years is not None or post.teaching_years is not None:
                post.years_as_of = self.as_of
            post.fill_keys()
            posts.append(post)
        StaffMember.objects.bulk_create(posts, BATCH)
        Qualification.objects.bulk_create(
            (
                _qualify(post, row.fields, self.on)
                for post, row in zip(posts, rows, strict=True)
                if row.fields["category"] or row.fields["is_teacher_mentor"]
            ),
            BATCH,
        )
        return posts

    def _person(self, row: PlannedRow) -> Person:
        kind, _, pk = self.choices[row.index].partition(":")
        if kind == "person":
            known = self.plan.roster.people[int(pk)].person
            changes = person_changes(known, row.fields)
            for made in changes:
                setattr(known, made.name, made.value)
            if changes:
                known.save(update_fields=[*(made.name for made in changes), "name_key"])
            return known
        person = self.made.get(int(pk) if kind == "row" else row.index)
        if person is None:
            raise TransitionError(
                "unknown_choice", f"Строка {row.row}: человек из строки, названной в ответе,"
                " не добавляется.",
            )  # fmt: skip
        return person


def _qualify(
    post: StaffMember, fields: dict, on: dt.date, current: Qualification | None = None
) -> Qualification:
    """What the list says; where it is silent, the words of ``current`` go on."""
    known = current or Qualification(category=Category.NONE)
    return Qualification(
        post=post, category=fields["category"] or known.category, recorded_on=on,
        is_teacher_mentor=fields["is_teacher_mentor"] or known.is_teacher_mentor,
        is_teacher_methodist=known.is_teacher_methodist,
    )  # fmt: skip
