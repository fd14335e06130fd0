"""What a load balancer and a person on duty ask: is everything there?"""

import tempfile
from http import HTTPStatus
from pathlib import Path

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.db import DatabaseError, InterfaceError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from schools import pulse, registry


@never_cache
@require_safe
@login_not_required
def healthz(request):
    """One key for each part, “ok” or “down”; 503 where any is down. Names nothing else."""
    parts = {
        "database": _database(),
        "broker": _broker(),
        "worker": False,
        "beat": False,
        "storage": _storage(),
        **dict.fromkeys(registry.health_checks, False),
    }
    if parts["database"]:
        parts |= _living()
    status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(
        {name: "ok" if well else "down" for name, well in parts.items()}, status=status
    )


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


def _living() -> dict[str, bool]:
    try:
        return pulse.living() | {name: well() for name, well in registry.health_checks.items()}
    except (DatabaseError, InterfaceError):
        return {"database": False}


def _broker() -> bool:
    if settings.CELERY_BROKER_URL.startswith("filesystem:"):
        return _writable(Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]))
    client = redis.Redis.from_url(
        settings.CELERY_BROKER_URL,
        socket_connect_timeout=0.5,
        socket_timeout=0.5,
        retry=Retry(NoBackoff(), 0),  # redis-py tries again by default; a probe must not wait
    )
    try:
        return client.ping()
    except redis.RedisError:
        return False
    finally:
        client.close()


def _storage() -> bool:
    return _writable(Path(default_storage.location))


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
    except OSError:
        return False
    return True
