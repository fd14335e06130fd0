"""A person at a screen: reads words, presses what is seen, counts how often.

Nobody here types an address but the one of the product. Buttons and links are found by their
words, fields by their labels, as somebody finds them who has never seen the code.
"""

from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as NotThere

from mentorship.chromium import follow
from schools import jobs
from schools.models import Job, JobState
from schools.tests.factories import make_user

PASSWORD = "secret-password"


class Hands:
    """One person with one device. ``taps`` counts presses, choices and typed fields."""

    def __init__(self, page: Page, address: str):
        self.page, self.address, self.taps = page, address, 0
        self.account: tuple[str, str] = ()

    # --- coming in ---

    def open(self) -> "Hands":
        self.page.goto(f"{self.address}/")
        return self

    def sign_in(self, login: str, password: str = PASSWORD) -> "Hands":
        self.open()
        self.type_in("Почта или короткий логин", login)
        self.type_in("Пароль", password)
        self.press("Войти")
        return self

    def sign_in_by_code(self, code: str, password: str) -> "Hands":
        """The first time, from the printed sheet; returns with the home page open."""
        self.open()
        self.press("Вхожу впервые: у меня код на листке")
        self.type_in("Код с листка", code)
        self.press("Дальше")
        self.type_in("Новый пароль", password)
        self.type_in("Новый пароль ещё раз", password)
        self.press("Сохранить пароль и войти")
        return self

    # --- what a person does ---

    def press(self, words: str, *, within: str | Locator | None = None) -> "Hands":
        """Press the first visible button, link, or thing that opens, with these words."""
        place = self._place(within)
        found = (
            place.get_by_role("button", name=words, exact=True)
            .or_(place.get_by_role("link", name=words, exact=True))
            .or_(place.locator("summary").get_by_text(words, exact=True))
        )
        return self.follow(found.filter(visible=True).first, words)

    def follow(self, thing: Locator, words: str) -> "Hands":
        """Press ``thing``, which reads ``words``; the page that it opens is there afterwards."""
        try:
            follow(thing)
        except NotThere:
            raise AssertionError(
                f"«{words}» on {self.page.url} leads nowhere:\n{self.words()}"
            ) from None
        self.taps += 1
        return self

    def go(self, section: str) -> "Hands":
        """A section of the product: in the row at the top, or in the bar of a phone."""
        bar = self.page.get_by_role("navigation").filter(visible=True)
        link = bar.get_by_role("link", name=section, exact=True)
        if not link.filter(visible=True).count():
            bar.get_by_text("Ещё", exact=True).click()
            self.taps += 1
        return self.follow(link.filter(visible=True).first, section)

    def type_in(self, label: str, text: str, *, within=None) -> "Hands":
        self._field(label, within).fill(text)
        self.taps += 1
        return self

    def choose(self, label: str, words: str, *, within=None) -> "Hands":
        """The first choice of a list that contains ``words``."""
        field = self._field(label, within)
        option = field.locator("option").filter(has_text=words).first
        field.select_option(value=option.get_attribute("value"))
        self.taps += 1
        return self

    def tick(self, words: str, *, within=None) -> "Hands":
        """A box or one of several round choices, by its words."""
        self._place(within).get_by_label(words).filter(visible=True).first.check()
        self.taps += 1
        return self

    @contextmanager
    def counted(self):
        """Taps inside the block: ``with hands.counted() as taps: …`` then ``taps()``."""
        before = self.taps
        yield lambda: self.taps - before

    # --- what a person sees ---

    def sees(self, words: str) -> "Hands":
        """The words stand on the page; waits for them as a person would."""
        try:
            self.page.get_by_text(words).filter(visible=True).first.wait_for()
        except NotThere:
            raise AssertionError(f"«{words}» is not on {self.page.url}:\n{self.words()}") from None
        return self

    def words(self) -> str:
        """Everything that the page says."""
        return self.page.locator("body").inner_text()

    def part(self, heading: str) -> Locator:
        """The panel, or link of a chain, under ``heading``."""
        title = self.page.get_by_role("heading", name=heading, exact=True)
        return self.page.locator("section, .panel, article, ol.chain > li").filter(has=title).last

    def width(self) -> int:
        return self.page.evaluate("document.scrollingElement.scrollWidth")

    def download(self, words: str, folder: Path) -> Path:
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=words, exact=True).click()
        self.taps += 1
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def _place(self, within):
        if within is None:
            return self.page
        return self.part(within) if isinstance(within, str) else within

    def _field(self, label: str, within) -> Locator:
        place = self._place(within)
        exact = place.get_by_label(label, exact=True)
        starred = place.get_by_label(f"{label}*", exact=True)
        return exact.or_(starred).filter(visible=True).first


def work_off_jobs() -> int:
    """What a worker would do now; returns how many jobs were done."""
    waiting = Job.objects.filter(state=JobState.WAITING).values_list("pk", flat=True)
    return sum(jobs.run(pk) == "done" for pk in list(waiting))


def account_of(person, login: str):
    """An account with a password, for tests that do not begin with a printed code."""
    return make_user(person, login=login, password=PASSWORD)
