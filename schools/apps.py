from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SchoolsConfig(AppConfig):
    """People and places."""

    name = "schools"
    verbose_name = "Люди и организации"

    def ready(self):
        from schools import guards, registry, sentences  # noqa: PLC0415 needs loaded models

        registry.sentences.update(sentences.SENTENCES)
        post_migrate.connect(guards.after_migrate, sender=self)
