"""manage.py remind [--on YYYY-MM-DD]"""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError

from programs.notifications import outbox
from programs.notifications.letters import compose
from programs.notifications.sweep import sweep


class Command(BaseCommand):
    help = (
        "Записать напоминания дня, сложить их в письма и начать отправку: без --on — за сегодня"
        " по местному времени каждого муниципалитета и не раньше часа его писем. Повторный"
        " запуск добавляет только то, чего ещё нет; что не ушло, досылает исполнитель."
    )

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="ГГГГ-ММ-ДД", help="за этот день, не дожидаясь часа")

    def handle(self, *args, on, **options):
        day = _day(on)
        self.stdout.write(f"Новых напоминаний: {sweep(day)}")
        self.stdout.write(f"Новых писем: {compose(on=day)}")
        self.stdout.write(f"Писем в отправке: {outbox.sweep_letters()}")


def _day(text: str | None) -> dt.date | None:
    try:
        return text and dt.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--on {text}: нужна дата, пример: 2026-11-22.") from None
