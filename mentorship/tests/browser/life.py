"""The steps of a pair's life, each taken by whoever takes it, in the words on the screen."""

import datetime as dt
import subprocess
from pathlib import Path

from mentorship.tests.browser.hands import Hands, work_off_jobs

LIST = Path(__file__).parents[3] / "schools" / "tests" / "data" / "staff-b.xlsx"
CURATOR = "Иванова Наталья Никитична"
MENTOR = "Дьячкова Алёна Петровна"
MENTEE = "Цой Ольга Ильинична"
OWN_PASSWORD = "сосна трактор июнь"
PAY = "17500"
PHONE = 360


def noon(year: int, month: int, day: int) -> dt.datetime:
    """Midday in Barnaul."""
    return dt.datetime(year, month, day, 5, tzinfo=dt.UTC)


class Life:
    """Five people with a device each: a desk of the given width, and two phones."""

    def __init__(self, open_page, address: str, desk: int, clock, folder: Path):
        self.clock, self.folder = clock, folder

        def device(width):
            return Hands(open_page(width=width), address)

        self.director, self.curator, self.methodologist = device(desk), device(desk), device(desk)
        self.mentor, self.mentee = device(PHONE), device(PHONE)

    def come_back(self, year: int, month: int, day: int) -> None:
        """Weeks later: sessions are over, everybody signs in again."""
        self.clock.move_to(noon(year, month, day))
        for person in (self.director, self.curator, self.mentor, self.mentee):
            person.page.context.clear_cookies()
            person.sign_in(*person.account)

    # --- people ---

    def import_staff(self) -> None:
        me = self.director.go("Сотрудники").press("Загрузить список")
        me.page.get_by_label("Файл со списком").set_input_files(LIST)
        me.press("Прочитать список").sees("Пока ничего не записано")
        me.press("Внести в записи").sees("Список внесён")

    def hand_out_codes(self) -> None:
        me = self.director.go("Доступ").press("Назначить куратора")
        me.choose("Кто", CURATOR).press("Назначить куратором")
        for name in (CURATOR, MENTOR, MENTEE):
            me.tick(f"Листок с кодом: {name}")
        me.press("Напечатать листки с кодами").sees("Коды видны только сейчас")
        sheets = [(self.curator, CURATOR), (self.mentor, MENTOR), (self.mentee, MENTEE)]
        for person, name in sheets:
            sheet = me.part(name)
            login = sheet.get_by_text("Логин для следующих входов").locator("strong").inner_text()
            person.account = (login, OWN_PASSWORD)
            person.sign_in_by_code(sheet.locator(".code-text").inner_text(), OWN_PASSWORD)
            person.sees("Вы вошли")

    # --- papers ---

    def ask_and_propose(self) -> None:
        me = self.curator.open().press("Записать запрос")
        me.choose("Кому нужен наставник", MENTEE)
        me.choose("Почему нужен наставник", "молодой специалист")
        me.press("Записать запрос").press("Подобрать наставника")
        me.press("Выбрать", within=me.page.get_by_role("listitem").filter(has_text=MENTOR))
        me.press("Предложить пару").sees("Путь пары")

    def print_consents(self) -> str:
        """The printed consents as the words that a search in the PDF finds."""
        me = self.curator.press("Бумаги")
        paper = me.page.get_by_role("listitem").filter(has_text="Согласие наставника")
        me.press("Напечатать", within=paper)
        assert work_off_jobs()
        me.sees("Готово")
        path = me.download("Скачать", self.folder)
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        return text.stdout.decode()

    def open_pair(self, me: Hands) -> Hands:
        """By the list of pairs; one that has ended stands behind one press more."""
        me.go("Пары")
        pair = me.page.get_by_role("link").filter(has_text="Дьячкова").first
        if not pair.count():
            me.press("Показать и завершённые")
        return me.follow(pair, "Дьячкова").sees("Путь пары")

    def record_consents(self) -> None:
        papers = [("Письменное согласие наставника", MENTOR), ("Согласие наставляемого", MENTEE)]
        for link, name in papers:
            me = self.open_pair(self.curator).press("Отметить подписание", within=link)
            if me.page.get_by_role("radio", name=name).count():
                me.tick(name)
            me.press("Отметить подписание").sees("Согласие отмечено.")

    def record_addendum(self) -> None:
        me = self.curator.press("Отметить подписание", within="Дополнительное соглашение")
        me.type_in("Размер выплаты", PAY).type_in("Основание выплаты", "Положение об оплате труда")
        me.press("Отметить подписание").sees("Дополнительное соглашение отмечено.")

    def order(self) -> None:
        self.curator.press("Подготовить приказ", within="Приказ о закреплении")
        self.curator.press("Подготовить приказ").sees("Согласия собраны")
        me = self.director.open().sees("подготовленного приказа").press("Перейти")
        me.type_in("Номер приказа", "45-од").press("Отметить подписание")
        me.sees("Приказ подписан: наставники назначены.")

    # --- the programme ---

    def write_program(self) -> None:
        me = self.mentor.open().sees("программу").press("Перейти")
        me.choose("Готовая программа", "Первый год в школе").press("Взять за основу")
        me.press("Сохранить и передать на согласование").sees("передана")

    def agree_and_approve(self) -> None:
        self.mentee.open().press("Перейти").press("Отметить согласие").sees("Согласие отмечено")
        self.director.open().sees("утвер").press("Перейти")
        self.director.press("Отметить утверждение").sees("Программа утверждена.")

    # --- the work ---

    def log_meeting(self) -> int:
        """On the phone, from the home page; returns how many taps it took."""
        me = self.mentor.open()
        with me.counted() as taps:
            me.press("Записать встречу")
            me.type_in("Тема", "Разбор первого урока")
            me.type_in("О чём договорились", "Составить план следующего урока")
            me.press("Сохранить запись")
        me.sees("Запись сохранена.")
        return taps()

    def confirm_meeting(self) -> None:
        me = self.open_pair(self.mentee).press("План и встречи")
        me.press("Подтвердить").sees("Встреча подтверждена.")

    def settle_event(self) -> None:
        me = self.open_pair(self.mentor).press("План и встречи").press("Отметить")
        me.type_in("Что получилось", "План урока составлен").press("Отметить")
        me.sees("Отметка сохранена.")

    # --- the end ---

    def evaluate(self) -> None:
        me = self.open_pair(self.curator).press("Оценить", within="Оценка эффективности")
        for row in me.page.locator(".score-row").all():
            me.tick("3", within=row)
        me.type_in("Обоснование", "Педагог самостоятельно планирует и проводит уроки.")
        me.press("Записать оценку").sees("Оценка записана.")

    def close(self) -> None:
        me = self.open_pair(self.director).press("Завершить", within="Завершение")
        me.tick("реализована в полном объёме")
        me.type_in(f"Результат: {MENTEE}", "Работает самостоятельно")
        me.press("Подготовить приказ о завершении").sees("Приказ подготовлен")
        me.press("Отметить подписание").type_in("Номер приказа", "61-од")
        me.press("Отметить подписание").sees("Приказ подписан")

    def watch(self) -> None:
        """The methodologist opens the pair that has ended."""
        self.open_pair(self.methodologist.sign_in(*self.methodologist.account))
