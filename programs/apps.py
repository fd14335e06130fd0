from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgramsConfig(AppConfig):
    """The case: pairs, papers, programmes, deadlines."""

    name = "programs"
    verbose_name = "Наставничество"

    def ready(self):
        from programs import deadlines, guards, sentences  # noqa: PLC0415 needs loaded models
        from programs.documents.bundles import bundle_address, make_bundle  # noqa: PLC0415
        from programs.documents.jobs import document_address, make_paper  # noqa: PLC0415
        from programs.documents.packs import (  # noqa: PLC0415
            archive_address,
            make_archive,
            make_pack,
            pack_address,
        )
        from programs.queries import posts_in_cases_of  # noqa: PLC0415
        from programs.scans.jobs import read_batch, result_address  # noqa: PLC0415
        from programs.workflow.leaving import end_post_in_cases  # noqa: PLC0415
        from schools import registry  # noqa: PLC0415
        from schools.guards import after_migrate, register_guards  # noqa: PLC0415

        registry.sentences.update(sentences.SENTENCES)
        registry.confidential_kinds.update(sentences.CONFIDENTIAL)
        register_guards("programs", guards.GUARDS)
        post_migrate.connect(after_migrate, sender=self)
        registry.case_posts.append(posts_in_cases_of)
        registry.register(locker=deadlines.lock, refresher=deadlines.refresh)
        registry.job_runners["paper"] = make_paper
        registry.job_results["paper"] = document_address
        registry.job_runners["bundle"] = make_bundle
        registry.job_results["bundle"] = bundle_address
        registry.job_runners["archive"] = make_archive
        registry.job_results["archive"] = archive_address
        registry.job_runners["pack"] = make_pack
        registry.job_results["pack"] = pack_address
        registry.job_runners["scans"] = read_batch
        registry.job_results["scans"] = result_address
        registry.post_endings.append(end_post_in_cases)
