"""`make screenshots`: what each role of the demo sees, on a phone and on a desk."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import urldefrag, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import Resolver404, resolve

from mentorship.chromium import CHROMIUM, CHROMIUM_ARGS

ROLES = [
    "admin", "country", "region", "methodologist", "director", "curator", "mentor", "mentee",
    "small", "guest-mentor",
]  # fmt: skip
WIDTHS = {360: 740, 1280: 900}
LEFT_ALONE = re.compile(r"^/(admin|static|accounts/logout|calendar|healthz)(/|$)")


class Command(BaseCommand):
    help = "Every kind of page that each demo account can reach, as PNG under var/screenshots/."

    def add_arguments(self, parser):
        parser.add_argument("--roles", nargs="*", default=ROLES, help="logins before the @")
        parser.add_argument("--pages", type=int, default=60, help="at most, for each role")

    def handle(self, *, roles, pages, **options):
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 not in the image

        if not CHROMIUM.exists():
            raise CommandError(f"No Chromium at {CHROMIUM}: make setup-tests installs it.")
        address = f"http://127.0.0.1:{settings.PORT}"
        server = None if _answers(address) else _start(address)
        bad = 0
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=str(CHROMIUM), args=CHROMIUM_ARGS
                )
                for role in roles:
                    taken, wrong = _Visit(browser, address, role).run(pages)
                    bad += len(wrong)
                    self.stdout.write(f"{role}: {taken} pages")
                    for line in wrong:
                        self.stderr.write(f"  {line}")
                browser.close()
        finally:
            if server is not None:
                server.terminate()
                server.wait()
        if bad:
            raise SystemExit(1)


class _Visit:
    """One signed-in account walking over the links of its pages, breadth first."""

    def __init__(self, browser, address: str, role: str):
        self.address, self.role = address, role
        self.folder = settings.VAR_DIR / "screenshots" / role
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("*.png"):
            old.unlink()
        self.page = browser.new_context(locale="ru-RU").new_page()
        self.wrong: list[str] = []

    def run(self, limit: int) -> tuple[int, list[str]]:
        """(pages taken, what was wrong: an answer from 400 on, or a page wider than the screen)."""
        self._sign_in()
        waiting, known = ["/"], set()
        taken = 0
        while waiting and taken < limit:
            path = waiting.pop(0)
            name = _name(path)
            if name is None or name in known:
                continue
            known.add(name)
            self._take(path, name)
            waiting += self._links()
            taken += 1
        self.page.context.close()
        return taken, self.wrong

    def _sign_in(self) -> None:
        self.page.goto(f"{self.address}{settings.LOGIN_REDIRECT_URL}")
        self.page.fill("[name=username]", f"{self.role}@demo.example")
        self.page.fill("[name=password]", settings.DEMO_PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_load_state()
        if self.page.locator("[name=password]").count():
            raise CommandError(f"{self.role}@demo.example cannot sign in; is the demo loaded?")

    def _take(self, path: str, name: str) -> None:
        for width, height in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            answer = self.page.goto(self.address + path)
            if answer.status >= 400:
                self.wrong.append(f"{path}: {answer.status}")
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.wrong.append(f"{path}: {wide} px wide at {width}")
            # As high as the page: what sticks to the bottom of a screen stands at its end.
            whole = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({"width": width, "height": max(height, whole)})
            self.page.screenshot(path=self.folder / f"{name}-{width}.png")

    def _links(self) -> list[str]:
        """Paths of this host; downloads and what signs out are left alone."""
        links = self.page.eval_on_selector_all(
            "a[href]:not([download])", "all => all.map(a => a.href)"
        )
        host = urlsplit(self.address).netloc
        parts = [urlsplit(urldefrag(link).url) for link in links]
        return [
            part.path for part in parts if part.netloc == host and not LEFT_ALONE.match(part.path)
        ]


def _name(path: str) -> str | None:
    """The URL name: pages of one kind are taken once. None where nothing is served."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if re.search(r"(download|file|export|print|pdf|scan)$", match.url_name or ""):
        return None
    return match.url_name or path.strip("/").replace("/", "-") or "home"


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _start(address: str) -> subprocess.Popen:
    server = subprocess.Popen([sys.executable, "manage.py", "serve"], cwd=settings.BASE_DIR)
    while not _answers(address):
        if server.poll() is not None:
            raise CommandError("The server did not start.")
        time.sleep(0.5)
    return server
