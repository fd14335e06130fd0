"""manage.py load_calendar [--years YEAR …]"""

from django.core.management.base import BaseCommand, CommandError

from schools.workflow.calendar import load_library, published_years


class Command(BaseCommand):
    help = (
        "Прочитать производственный календарь России (праздники, переносы, рабочие субботы)."
        " Дни, исправленные администратором, не меняются."
    )

    def add_arguments(self, parser):
        parser.add_argument("--years", type=int, nargs="+", metavar="YEAR")

    def handle(self, *args, years, **options):
        try:
            count = load_library(years, by=None)
        except ValueError as error:
            last = published_years()[-1]
            raise CommandError(f"Такой год ещё не опубликован, последний — {last}.") from error
        if options["verbosity"]:
            self.stdout.write(f"Изменено дней: {count}")
