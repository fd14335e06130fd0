"""Locks and refusals that the steps of the chain share.

Lock order everywhere: municipality, school, cases by pk, their rows by pk, event chains.
"""

from contextlib import contextmanager

from django.db import IntegrityError, transaction

from programs.errors import TransitionError
from programs.models import MentoringGroup, OrderRegister
from schools import history
from schools.history import Scope
from schools.models import Municipality, School


def lock_school(pk: int) -> School:
    """The organisation's row, held until the end of the transaction."""
    schools = School.objects.select_for_update(of=("self",), no_key=True)
    return schools.select_related("municipality").get(pk=pk)


def lock_issuer(register: OrderRegister) -> None:
    """Whoever writes a register or an order of an issuer waits for the others here."""
    if register.school_id is not None:
        lock_school(register.school_id)
    else:
        Municipality.objects.select_for_update(no_key=True).get(pk=register.municipality_id)


def lock_cases(pks) -> dict[int, MentoringGroup]:
    """Cases by pk, locked in the order of pk."""
    groups = MentoringGroup.objects.select_for_update(of=("self",), no_key=True)
    groups = groups.filter(pk__in=set(pks)).select_related("school").order_by("pk")
    return {group.pk: group for group in groups}


@contextmanager
def issuer_step(register: OrderRegister, cases, *, by, on):
    """One step on an issuer's orders and the ``cases`` (a callable that gives their pks).

    The pks are asked for under the issuer's lock: no other step changes the lines meanwhile.
    Yields ``(change, {pk: case})``.
    """
    with transaction.atomic():
        lock_issuer(register)
        pks = set(cases())
        with history.changing(Scope.of(cases=pks), by=by, on=on) as change:
            yield change, lock_cases(pks)


@contextmanager
def refusing(code: str, message: str, *, field: str = ""):
    """A constraint that a race can reach refuses in words; nothing has changed then."""
    try:
        with transaction.atomic():  # a savepoint: the failed write must not spoil the rest
            yield
    except IntegrityError as error:
        raise TransitionError(code, message, field=field) from error
