"""Walks the pages of a signed-in account the way a person would: by links.

Benchmarks, screenshots and the replay test ask it for addresses; no page has to be listed.
"""

from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

LEFT_OUT = {"logout", "javascript-catalog"}
LEFT_OUT_PREFIXES = ("/admin/", "/static/")


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            href = dict(attrs).get("href") or ""
            if href and not href.startswith(("mailto:", "tel:", "#")):
                self.found.append(href)


def links(page: str, base: str) -> list[str]:
    """Own addresses that ``page`` links to, with query strings, without fragments."""
    parser = _Links()
    parser.feed(page)
    own = []
    for href in parser.found:
        address = urldefrag(urljoin(base, href)).url
        if urlsplit(address).netloc == "":
            own.append(address)
    return own


def name_of(address: str) -> str | None:
    """URL name of ``address``, None for what is not a page of ours."""
    path = urlsplit(address).path
    if path.startswith(LEFT_OUT_PREFIXES):
        return None
    try:
        name = resolve(path).url_name
    except Resolver404:
        return None
    return None if name in LEFT_OUT else name


def walk(client: Client, *, per_name: int = 1, limit: int = 400) -> Iterator[tuple]:
    """Yield ``(address, url_name, response)`` of pages reachable by links from ``/``.

    Args:
        per_name: how many addresses of one URL name are opened at the most.
        limit: how many pages in all.
    """
    queue, seen, opened, count = deque(["/"]), {"/"}, {}, 0
    while queue and count < limit:
        address = queue.popleft()
        name = name_of(address)
        if name is None or opened.get(name, 0) >= per_name:
            continue
        opened[name] = opened.get(name, 0) + 1
        count += 1
        response = client.get(address)
        yield address, name, response
        if response.status_code in (301, 302):
            found = [urljoin(address, response.url)]
        elif response.headers.get("Content-Type", "").startswith("text/html"):
            found = links(response.content.decode(), address)
        else:
            found = []
        for link in found:
            if link not in seen:
                seen.add(link)
                queue.append(link)
