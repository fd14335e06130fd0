"""Papers of an organisation outside cases: partners, local acts, roadmap, yearly checks."""

import datetime as dt

from schools import history
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import (
    CheckKind,
    LocalAct,
    Partner,
    RoadmapItem,
    School,
    SchoolYearCheck,
    StoredFile,
)
from schools.workflow.base import apply, not_in_future, refusing, write

PARTNER_FIELDS = ("name", "agreement_number", "agreement_on", "agreement_until")
ACT_FIELDS = (
    "kind", "title", "number", "adopted_on", "valid_until", "union_opinion", "council_minutes",
)  # fmt: skip
ROADMAP_FIELDS = ("school_year", "stage", "title", "due_on", "done_on")


def add_partner(school: School, *, by, on: dt.date, **facts) -> Partner:
    """A partner organisation with its agreement (``PARTNER_FIELDS``).

    Raises:
        TransitionError: ``constraint`` (the name is known, dates out of order).
    """
    return _add(Partner(school=school), PARTNER_FIELDS, by, on, facts)


def change_partner(partner: Partner, *, by, on: dt.date, **facts) -> Partner:
    """Correct a partner or prolong its agreement. Raises as ``add_partner``."""
    return _change(partner, PARTNER_FIELDS, by, on, facts)


def add_act(
    school: School, *, by, on: dt.date, file: StoredFile | None = None, **facts
) -> LocalAct:
    """Record a local act (``ACT_FIELDS``), with its file where there is one (Положение, 3.1).

    Raises:
        TransitionError: ``date_in_future``, ``constraint``.
    """
    not_in_future(facts.get("adopted_on"), on, field="adopted_on", what="Дата утверждения")
    return _add(LocalAct(school=school, file=file), ACT_FIELDS, by, on, facts)


def change_act(
    act: LocalAct, *, by, on: dt.date, file: StoredFile | None = None, **facts
) -> LocalAct:
    """Correct a local act; ``file`` replaces its file, None leaves it. Raises as ``add_act``."""
    not_in_future(facts.get("adopted_on"), on, field="adopted_on", what="Дата утверждения")
    if file is not None:
        facts["file"] = file
    return _change(act, (*ACT_FIELDS, "file"), by, on, facts)


def add_roadmap_item(school: School, *, by, on: dt.date, **facts) -> RoadmapItem:
    """One line of the roadmap (``ROADMAP_FIELDS``).

    Raises:
        TransitionError: ``date_in_future``, ``constraint``.
    """
    not_in_future(facts.get("done_on"), on, field="done_on", what="Дата выполнения")
    return _add(RoadmapItem(school=school), ROADMAP_FIELDS, by, on, facts)


def change_roadmap_item(item: RoadmapItem, *, by, on: dt.date, **facts) -> RoadmapItem:
    """Correct a line, mark it done or not done. Raises as ``add_roadmap_item``."""
    not_in_future(facts.get("done_on"), on, field="done_on", what="Дата выполнения")
    return _change(item, ROADMAP_FIELDS, by, on, facts)


def remove_roadmap_item(item: RoadmapItem, *, by, on: dt.date) -> None:
    """Take a line out of the roadmap."""
    _remove(item, by, on)


def record_check(
    school: School, *, by, on: dt.date, kind: str, school_year: int, done_on: dt.date, url: str = ""
) -> SchoolYearCheck:
    """A yearly duty was done: the roster refreshed, the site's section checked.

    Args:
        school_year: calendar year in which the school year begins; 2026 is 2026/27.

    Raises:
        TransitionError: ``date_in_future``, ``check_known``, ``address_missing``.
    """
    not_in_future(done_on, on, field="done_on")
    if kind == CheckKind.SITE and not url:
        raise TransitionError("address_missing", "Укажите адрес страницы.", field="url")
    with history.changing(Scope.of(schools=[school.pk]), by=by, on=on) as change:
        with refusing("check_known", "В этом учебном году это уже отмечено."):
            check = SchoolYearCheck.objects.create(
                school=school, school_year=school_year, kind=kind, done_on=done_on, url=url,
                by=by.person if by else None,
            )  # fmt: skip
        change.record(
            "year_check_recorded", check, school, school=school.pk,
            what=check.get_kind_display(), done_on=done_on,
        )  # fmt: skip
        return check


def remove_check(check: SchoolYearCheck, *, by, on: dt.date) -> None:
    """Take back a yearly duty that was marked by mistake."""
    with history.changing(Scope.of(schools=[check.school_id]), by=by, on=on) as change:
        change.record(
            "year_check_removed", check, check.school, school=check.school_id,
            what=check.get_kind_display(), done_on=check.done_on,
        )  # fmt: skip
        check.delete()


def _add(row, fields, by, on, facts):
    with history.changing(Scope.of(schools=[row.school_id]), by=by, on=on) as change:
        apply(row, {name: facts[name] for name in fields if name in facts})
        write(row)
        _tell(change, "record_added", row)
        return row


def _change(row, fields, by, on, facts):
    with history.changing(Scope.of(schools=[row.school_id]), by=by, on=on) as change:
        row = type(row).objects.select_for_update().get(pk=row.pk)
        said = apply(row, {name: facts[name] for name in fields if name in facts})
        if said:
            write(row, list(fields))
            _tell(change, "record_changed", row, changes="; ".join(said))
        return row


def _remove(row, by, on) -> None:
    with history.changing(Scope.of(schools=[row.school_id]), by=by, on=on) as change:
        row = type(row).objects.select_for_update().get(pk=row.pk)
        _tell(change, "record_deleted", row)
        row.delete()


def _tell(change, kind, row, **values) -> None:
    change.record(kind, row, row.school, school=row.school_id, what=_named(row), **values)


def _named(row) -> str:
    """«Партнёр «Колледж»», «Локальный акт «Положение…»»."""
    title = getattr(row, "title", "") or getattr(row, "name", "")
    return f"{str(row._meta.verbose_name).capitalize()} «{title}»"
