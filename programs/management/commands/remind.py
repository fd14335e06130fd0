"""manage.py remind [--on YYYY-MM-DD]"""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError

from programs.tasks import remind


class Command(BaseCommand):
    help = (
        "Записать напоминания дня: без --on — сегодняшнего по местному времени каждого"
        " муниципалитета. Повторный запуск добавляет только то, чего ещё нет."
    )

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="ГГГГ-ММ-ДД", help="за этот день")

    def handle(self, *args, on, **options):
        self.stdout.write(f"Новых напоминаний: {remind(_day(on))}")


def _day(text: str | None) -> dt.date | None:
    try:
        return text and dt.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--on {text}: нужна дата, пример: 2026-11-22.") from None
