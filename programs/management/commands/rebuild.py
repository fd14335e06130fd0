"""manage.py rebuild deadlines [--check] [--region ID]"""

import sys

from django.core.management.base import BaseCommand, CommandError

from programs import deadlines
from programs.deadlines import wide
from schools.models import Recompute, Region

FOREVER = float("inf")


class Command(BaseCommand):
    help = (
        "Пересчитать производные записи по данным. Прерванный пересчёт продолжается с того же"
        " места. С --check только сравнить: код выхода 1, если есть отличия."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["deadlines"])
        parser.add_argument("--check", action="store_true", help="сравнить, ничего не меняя")
        parser.add_argument("--region", type=int, help="только организации этого региона")

    def handle(self, *args, what, check, region, **options):
        if region is not None and not Region.objects.filter(pk=region).exists():
            raise CommandError(f"Региона {region} нет.")
        scope = wide.COUNTRY if region is None else f"region:{region}"
        if check:
            self._check(scope)
        else:
            self._rebuild(scope)

    def _check(self, scope):
        differences = deadlines.check(
            wide.schools_of(scope).order_by("pk").values_list("pk", flat=True)
        )
        for difference in differences:
            self.stdout.write(str(difference))
        for row in wide.waiting():
            self.stdout.write(f"Ещё ждёт: {wide.words(row.scope)}")
        self.stdout.write(f"Отличий: {len(differences)}")
        if differences:
            sys.exit(1)

    def _rebuild(self, scope):
        if not Recompute.objects.filter(scope=scope).exists():
            wide.ask(scope)
        count = wide.run(scope, seconds=FOREVER)
        self.stdout.write(f"Пересчитано организаций: {count}")
