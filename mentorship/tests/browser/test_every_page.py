"""Every page that people reach by links: nothing wider than a phone, nothing that axe calls
serious; that no script or style is refused is the harness's own check."""

import hashlib
import re

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from mentorship.crawl import links, name_of
from mentorship.tests import access_world

ROLES = ["director", "curator", "mentor", "mentee", "methodologist"]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]},
    "resultTypes": ["violations"],
}
GRAVE = {"serious", "critical"}
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
# Answers with a file, or acts at once.
NOT_PAGES = re.compile(
    r"(download|file|export|print|plan|refused|preview|word|document-scan|scan-page|feed)$"
)
# What differs between two pages of one look: numbers, addresses, texts.
CONTENT = re.compile(r'>[^<]*<|(href|value|id|for|name|datetime|aria-\w+|data-[\w-]+)="[^"]*"')


class Walk:
    """One account over its pages, breadth first: each kind of page once."""

    def __init__(self, page, address: str, user, looks: set[str]):
        self.page, self.address, self.looks = page, address, looks
        self.faults: list[str] = []
        self.visited = 0
        client = Client()  # the door has tests of its own
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}]
        )

    def run(self) -> None:
        waiting, known = ["/"], set()
        while waiting:
            path = waiting.pop(0)
            name = name_of(path)
            if name is None or name in known or NOT_PAGES.search(name):
                continue
            known.add(name)
            self.visited += 1
            waiting += self._look_at(path)

    def _look_at(self, path: str) -> list[str]:
        self.page.set_viewport_size(PHONE)
        answer = self.page.goto(self.address + path)
        if answer.status >= 400:
            self.faults.append(f"{path}: {answer.status}")
        wide = self.page.evaluate("document.scrollingElement.scrollWidth")
        if wide > PHONE["width"]:
            self.faults.append(f"{path}: {wide} px wide on a phone")
        html = self.page.content()
        look = hashlib.sha256(CONTENT.sub("", html).encode()).hexdigest()
        if look not in self.looks:  # the curator's page is often the director's
            self.looks.add(look)
            self._ask_axe(path)
            self.page.set_viewport_size(DESK)
            if self.page.evaluate("document.scrollingElement.scrollWidth") > DESK["width"]:
                self.faults.append(f"{path}: wider than a desk")
        return links(html, self.page.url.removeprefix(self.address))

    def _ask_axe(self, path: str) -> None:
        found = Axe().run(self.page, options=RULES).response["violations"]
        for violation in found:
            if violation["impact"] in GRAVE:
                where = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
                self.faults.append(f"{path}: {violation['id']}: {where}")


@pytest.mark.browser
def test_every_page_fits_a_phone_and_can_be_used_by_everybody(
    transactional_db, live_server, open_page
):
    looks, faults, visited = set(), [], {}
    with time_machine.travel(access_world.NOW, tick=True):
        world = access_world.build()
        for role in ROLES:
            walk = Walk(open_page(width=360), live_server.url, world.users[role], looks)
            walk.run()
            faults += [f"{role}: {fault}" for fault in walk.faults]
            visited[role] = walk.visited
    assert faults == []
    assert visited["director"] > 50
    assert visited["curator"] > 50
    assert min(visited.values()) > 5
