"""``manage.py import_staff FILE --school ID``: the same reader, plan and step as the screen."""

import datetime as dt
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from schools import stafflist
from schools.errors import DomainError
from schools.imports import content
from schools.imports.plan import Outcome, Plan, make_plan
from schools.models import School
from schools.stafflist import ListError, StaffList
from schools.workflow.imports import import_staff


class Command(BaseCommand):
    """Exit codes: 0 read (and written), 1 refused with the reason on stderr, 2 wrong arguments.

    Rows with a question and people whom the list does not name stay as they are: only a person
    at the screen answers for them.
    """

    help = "Читает список сотрудников (XLSX или CSV) и вносит его в записи организации."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--school", required=True, type=int, metavar="ID")
        parser.add_argument(
            "--as-of", type=dt.date.fromisoformat, metavar="YYYY-MM-DD",
            help="день, на который посчитан стаж; сегодня, если не указан",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="только прочитать и сравнить")
        parser.add_argument("--json", action="store_true", help="вывести прочитанное как JSON")

    def handle(self, *, file: Path, school: int, as_of, dry_run: bool, **options):
        place = School.objects.select_related("municipality").filter(pk=school).first()
        if place is None:
            raise CommandError(f"Организации с номером {school} нет.")
        on = place.local_day()
        found = self._read(file, as_of=as_of or on)
        plan = make_plan(place, content.to_json(found), on=on)
        if not dry_run:
            try:
                import_staff(place, plan, by=None, on=on, name=file.name, as_of=as_of or on)
            except DomainError as error:
                raise CommandError(error.message) from error
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(found, plan, written=not dry_run)

    def _read(self, file: Path, *, as_of: dt.date) -> StaffList:
        try:
            return stafflist.read(file, name=file.name, as_of=as_of)
        except ListError as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(f"Файл не открывается: {error}.") from error

    def _tell(self, found: StaffList, plan: Plan, *, written: bool) -> None:
        asked = plan.of(Outcome.ASK)
        lines = [
            "Список внесён." if written else "Проверка: ничего не записано.",
            f"Новых: {len(plan.of(Outcome.NEW))}",
            f"Изменено: {len(plan.of(Outcome.CHANGE))}",
            f"Без изменений: {len(plan.of(Outcome.SAME))}",
            f"С вопросом, не внесены: {len(asked)}",
            *(f"  строка {row.row}: {row.full_name} — {row.why}" for row in asked),
            f"Не приняты: {len(plan.refused)}",
            *(f"  строка {r['row']}: {r['fio']} — {r['about']}" for r in plan.refused),
            f"Нет в списке, оставлены: {len(plan.absent)}",
            *(f"  {post.person.full_name}, {post.title}" for post in plan.absent),
            f"Замечаний к строкам: {sum(bool(p.kept) for p in found.problems)}",
        ]
        self.stdout.write("\n".join(lines))
