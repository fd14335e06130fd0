"""Sessions and devices: who is at the browser, which browsers are known, ending sessions.

Every way in (password, one-time code) ends in ``sign_in``: it rotates the session key and
remembers the browser. The row of a device holds the key of its session, so that «выйти везде»
and a new password can delete sessions on the server.
"""

import datetime as dt
import hashlib
import ipaddress
import secrets
from importlib import import_module

from django.conf import settings
from django.contrib import auth
from django.core.signing import BadSignature
from django.db.models import Q
from django.utils import timezone

from schools import throttle
from schools.models import TrustedDevice, User
from schools.text import key

COOKIE = "device"
COOKIE_AGE = 365 * 24 * 60 * 60  # seconds
BACKEND = "schools.auth.LoginOrEmailBackend"


def client_address(request) -> str:
    """Where the request comes from; an IPv6 client owns a /64, so that is its address.

    Only ``REMOTE_ADDR`` counts, unless TRUSTED_PROXY_HOPS names how many proxies of our own
    stand in front: a header that anybody can write would be a way round the throttle.
    """
    text = request.META.get("REMOTE_ADDR", "")
    hops = settings.TRUSTED_PROXY_HOPS
    if hops:
        forwarded = [p.strip() for p in request.headers.get("X-Forwarded-For", "").split(",")]
        text = forwarded[-hops] if len(forwarded) >= hops and forwarded[-hops] else text
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 6:
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def try_password(request, username: str, password: str) -> tuple[User | None, int]:
    """The account that ``username`` and ``password`` open, and the seconds to wait.

    ``(None, 0)`` is a wrong name or password: both take one lookup and one hashing.
    """
    wanted = key(username)[:254]
    user = User.objects.filter(Q(login_key=wanted) | Q(email_key=wanted)).first()
    device = _device(request, user)
    subjects = throttle.sign_in_subjects(
        account=f"user:{user.pk}" if user else wanted,
        address=client_address(request),
        device_id=device.pk if device else None,
    )
    wait = throttle.begin(subjects)
    if wait:
        return None, wait
    found = auth.authenticate(request, username=username, password=password)
    if found is not None:
        throttle.succeed(subjects)
    return found, 0


def sign_in(request, response, user: User) -> None:
    """Begin a session of ``user`` with a fresh key and remember this browser on ``response``."""
    sign_out(request)  # nothing that was there before survives, its key least of all
    auth.login(request, user, backend=BACKEND)
    remember(request, response, user)


def remember(request, response, user: User) -> None:
    """Make this browser a known device of ``user``, holding the current session if signed in."""
    user.devices.filter(last_used_at__lt=timezone.now() - dt.timedelta(seconds=COOKIE_AGE)).delete()
    token = _token(request) or secrets.token_urlsafe(32)
    device, _ = TrustedDevice.objects.get_or_create(user=user, token_hash=_hash(token))
    signed_in = request.user.is_authenticated and request.user.pk == user.pk
    current = (request.session.session_key or "") if signed_in else ""
    if device.session_key and device.session_key != current:
        _delete_session(device.session_key)
    device.session_key = current
    device.label = _label(request.headers.get("User-Agent", ""))
    device.last_used_at = timezone.now()
    device.save(update_fields=["session_key", "label", "last_used_at"])
    response.set_signed_cookie(
        COOKIE, token, max_age=COOKIE_AGE, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def sign_out(request) -> None:
    """End this session on the server; the browser stays known."""
    if request.user.is_authenticated:
        devices = TrustedDevice.objects.filter(
            user=request.user, session_key=request.session.session_key or "-"
        )
        devices.update(session_key="")
    auth.logout(request)


def end_sessions(user: User, *, keep: str = "") -> int:
    """Delete all sessions of ``user`` on the server but the one with the key ``keep``.

    Devices whose session ends are no longer known. Returns how many sessions ended.
    """
    ended = 0
    devices = user.devices.exclude(session_key=keep) if keep else user.devices.all()
    for device in devices:
        if device.session_key:
            _delete_session(device.session_key)
            ended += 1
        device.delete()
    return ended


def end_device(device: TrustedDevice) -> None:
    """Sign out one browser and forget it."""
    if device.session_key:
        _delete_session(device.session_key)
    device.delete()


def keep_current_session(request) -> None:
    """After an own new password: this session goes on under a fresh key, all others end."""
    before = request.session.session_key or ""
    end_sessions(request.user, keep=before)
    auth.update_session_auth_hash(request, request.user)
    request.user.devices.filter(session_key=before).update(session_key=request.session.session_key)


def _device(request, user: User | None) -> TrustedDevice | None:
    token = _token(request)
    if not token:
        return None
    # The same query for an unknown account: its time must tell nothing.
    return TrustedDevice.objects.filter(
        user=user.pk if user else None, token_hash=_hash(token)
    ).first()


def _token(request) -> str:
    try:
        return request.get_signed_cookie(COOKIE, default="", max_age=COOKIE_AGE)
    except BadSignature:
        return ""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _delete_session(session_key: str) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore().delete(session_key)


SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
]
BROWSERS = [
    ("YaBrowser", "Яндекс Браузер"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]


def _label(agent: str) -> str:
    """«Chrome, Windows»: enough for its owner to recognise a device."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "Браузер")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser}, {system}" if system else browser
