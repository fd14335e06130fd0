"""Packs: all papers of a case for the organisation itself, and a set that is handed over."""

import datetime as dt

from programs import casepapers
from programs.errors import TransitionError
from programs.models import MentoringGroup, Pack
from programs.workflow.base import not_in_future
from schools import history, jobs
from schools.history import Scope
from schools.models import Job
from schools.text import clean


def ask_archive(group: MentoringGroup, *, by, on: dt.date) -> Job:
    """One zip of every signed paper of the case, for the organisation itself.

    Raises:
        TransitionError: ``no_papers``.
    """
    if not casepapers.of_case(group, on):
        raise TransitionError("no_papers", "Подписанных бумаг пока нет.")
    params = {"group": group.pk, "as_of": on.isoformat()}
    return jobs.start("archive", owner=by, school=group.school, params=params)


def hand_over(
    group: MentoringGroup, *, by, on: dt.date, as_of: dt.date, recipient: str, basis: str, papers
) -> Pack:
    """«Комплект для передачи»: chosen signed papers as of a day, to whom and on what basis.

    What it holds is frozen now. The same request later holds the same, whatever came since.

    Args:
        papers: keys of ``casepapers.CasePaper``.

    Raises:
        TransitionError: ``date_in_future``, ``recipient_missing``, ``basis_missing``,
            ``nothing_chosen``, ``paper_not_of_the_day``.
    """
    recipient, basis, keys = clean(recipient), clean(basis), sorted(set(papers))
    not_in_future(as_of, on, field="as_of", what="День, на который готовят комплект,")
    if not recipient:
        raise TransitionError("recipient_missing", "Укажите, кому передают.", field="recipient")
    if not basis:
        raise TransitionError("basis_missing", "Укажите основание передачи.", field="basis")
    if not keys:
        raise TransitionError("nothing_chosen", "Выберите бумаги.", field="papers")
    with history.changing(Scope.of(cases=[group.pk]), by=by, on=on) as change:
        frozen = _frozen_before(group, as_of, recipient, basis, keys)
        frozen = frozen or _freeze(group, as_of, keys)
        pack = Pack.objects.create(
            school=group.school, group=group, as_of=as_of, recipient=recipient, basis=basis,
            papers=frozen, made_on=on, by=by,
        )  # fmt: skip
        pack.job = jobs.start("pack", owner=by, school=group.school, params={"pack": pack.pk})
        pack.save(update_fields=["job"])
        # The pack alone: to whom papers went is no news for the pair and the district.
        change.record(
            "pack_handed_over", pack, school=group.school_id, as_of=as_of,
            recipient=recipient, basis=basis, papers=len(frozen),
        )  # fmt: skip
    return pack


def _frozen_before(group, as_of, recipient, basis, keys) -> list | None:
    same = Pack.objects.filter(group=group, as_of=as_of, recipient=recipient, basis=basis)
    for papers in same.order_by("pk").values_list("papers", flat=True):
        if sorted(paper["key"] for paper in papers) == keys:
            return papers
    return None


def _freeze(group, as_of: dt.date, keys: list[str]) -> list[dict]:
    found = [paper for paper in casepapers.of_case(group, as_of) if paper.key in keys]
    if len(found) != len(keys):
        raise TransitionError(
            "paper_not_of_the_day",
            f"Не все выбранные бумаги были подписаны на {as_of:%d.%m.%Y}.",
            field="papers",
        )
    return [frozen(paper) for paper in found]


def frozen(paper: casepapers.CasePaper) -> dict:
    """``paper`` as a pack keeps it: the file with its hash, or the text itself."""
    return {
        "key": paper.key,
        "title": paper.title,
        "signed_on": paper.signed_on.isoformat(),
        "note": paper.note,
        "file": paper.file.pk if paper.file else None,
        "sha256": paper.file.sha256 if paper.file else "",
        "text": "" if paper.file else paper.text,
    }
