from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgramsConfig(AppConfig):
    """The case: pairs, papers, programmes, deadlines."""

    name = "programs"
    verbose_name = "Наставничество"

    def ready(self):
        from programs import deadlines, guards, sentences  # noqa: PLC0415 needs loaded models
        from programs.background import JOB_KINDS  # noqa: PLC0415
        from programs.notifications.inbox import unread_count  # noqa: PLC0415
        from programs.notifications.outbox import flows  # noqa: PLC0415
        from programs.queries import posts_in_cases_of  # noqa: PLC0415
        from programs.workflow.leaving import end_post_in_cases  # noqa: PLC0415
        from schools import registry  # noqa: PLC0415
        from schools.guards import after_migrate, register_guards  # noqa: PLC0415

        registry.sentences.update(sentences.SENTENCES)
        registry.confidential_kinds.update(sentences.CONFIDENTIAL)
        register_guards("programs", guards.GUARDS)
        post_migrate.connect(after_migrate, sender=self)
        registry.case_posts.append(posts_in_cases_of)
        registry.register(locker=deadlines.lock, refresher=deadlines.refresh)
        registry.unread_counters.append(unread_count)
        registry.job_kinds.update(JOB_KINDS)
        registry.health_checks["letters"] = flows
        registry.post_endings.append(end_post_in_cases)
