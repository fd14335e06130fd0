from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Looking: dashboards and indicators; writes only its own rows."""

    name = "monitoring"
    verbose_name = "Мониторинг"
