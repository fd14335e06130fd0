"""The browser of tests and screenshots: Debian's own, told to talk to nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Whether a press opens another page: a link to elsewhere, or a button that sends its form.
LEADS_ON = """thing => {
    const link = thing.closest("a[href]")
    if (link) return link.href.split("#")[0] !== location.href.split("#")[0]
    const button = thing.closest("button, input[type=submit]")
    return Boolean(button && button.form && button.type === "submit")
}"""
MARK = "data-left-behind"


def follow(thing: Locator) -> None:
    """Press ``thing``; where that opens another page, return when the other one is read whole.

    A click alone promises less: a form is sent by a task of its own, so on a busy machine the
    click returns while the old page still stands. What comes next then meets the old page: it
    presses the same words again, counts what is not there yet, or, going elsewhere, takes back
    the form before it was sent.

    Raises playwright's TimeoutError where the thing, or the page behind it, does not come: a
    field that the browser itself refuses keeps the form.
    """
    page = thing.page
    if thing.evaluate(LEADS_ON):
        page.evaluate("mark => document.documentElement.setAttribute(mark, '')", MARK)
        thing.click()
        page.locator(f"html[{MARK}]").wait_for(state="detached")
        page.wait_for_load_state("domcontentloaded")
    else:
        thing.click()
