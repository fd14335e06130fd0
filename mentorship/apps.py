from django.apps import AppConfig


class MentorshipConfig(AppConfig):
    """Commands that know all three apps (the demo district, the processes of `make run`)."""

    name = "mentorship"
    verbose_name = "Наставничество"
