"""A person: one human being, however many posts, roles and accounts."""

from django.db import models
from django.db.models import Q

from schools.constraints import known
from schools.text import clean, key


class PersonQuerySet(models.QuerySet):
    def search(self, text: str):
        """People whose name holds every word of ``text``, in any letter case."""
        people = self
        for word in key(text).split():
            people = people.filter(name_key__contains=word)
        return people

    def visible_to(self, user):
        """People with a post that ``user`` sees, partners in an own case, and oneself."""
        access = user.access
        return self.filter(
            Q(pk__in=access.people_at_staffed_schools())
            | Q(pk__in=access.people_in_own_cases())
            | Q(pk__in=access.people_in_watched_schools())
            | Q(pk=access.person_id)
        )


class Sex(models.TextChoices):
    MALE = "M", "мужской"
    FEMALE = "F", "женский"


class Person(models.Model):
    """Names are kept as in the passport; ``cases`` holds hand-corrected grammatical cases."""

    last_name = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    patronymic = models.CharField("отчество", max_length=100, blank=True)
    name_key = models.CharField(max_length=310, editable=False, db_index=True)
    sex = models.CharField("пол", max_length=1, choices=Sex, blank=True)
    birth_date = models.DateField("дата рождения", null=True, blank=True)
    phone = models.CharField("телефон", max_length=20, blank=True)
    email = models.EmailField("почта", blank=True)
    cases = models.JSONField("исправленные падежи", default=dict, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "человек"
        verbose_name_plural = "люди"
        ordering = ["name_key"]
        constraints = [
            known("person", "sex", Sex, blank=True),
            models.CheckConstraint(
                condition=~Q(last_name="") & ~Q(first_name=""), name="person_has_a_name"
            ),
        ]

    def __str__(self):
        return self.full_name

    def fill_keys(self) -> None:
        """Trim the names and bring ``name_key`` in line with them."""
        for field in ("last_name", "first_name", "patronymic"):
            setattr(self, field, clean(getattr(self, field)))
        self.name_key = key(self.full_name)

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """«Иванова Мария Петровна»."""
        return " ".join(filter(None, [self.last_name, self.first_name, self.patronymic]))

    @property
    def short_name(self) -> str:
        """«Иванова М. П.» with non-breaking spaces, so that a line never breaks inside."""
        initials = [f"{part[0]}." for part in (self.first_name, self.patronymic) if part]
        return "\u00a0".join([self.last_name, *initials])
