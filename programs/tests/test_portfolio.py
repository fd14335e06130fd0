"""A mentor's portfolio beside programmes, and scans of signed papers."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programs.models import Incentive, MentoringEpisode
from programs.tests.factories import ORDERED, STARTS, make_consented, make_ordered
from programs.tests.refusals import refused
from programs.workflow.orders import LineDraft, default_register, draft_order
from programs.workflow.portfolio import grant_incentive, record_episode
from programs.workflow.scans import attach_scan
from schools import history
from schools.models import StoredFile
from schools.tests.factories import make_post, make_school
from schools.tests.test_files import PDF

pytestmark = pytest.mark.django_db
DAY = STARTS + dt.timedelta(days=30)


def episode(post, **fields) -> MentoringEpisode:
    return record_episode(
        post,
        **{
            "by": None,
            "on": DAY,
            "kind": "PRACTICE",
            "whom": "студенты колледжа",
            "starts_on": STARTS,
            "ends_on": DAY,
            "text": "Руководство практикой",
            **fields,
        },
    )


def incentive(post, **fields) -> Incentive:
    return grant_incentive(
        post,
        **{
            "by": None,
            "on": DAY,
            "kind": "RECOGNITION",
            "measure": "Благодарность",
            "basis": "приказ от 01.10.2026 № 50",
            "granted_on": DAY,
            **fields,
        },
    )


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"kind": "LUNCH"}, "kind_unknown", "kind"),
        ({"whom": " "}, "text_missing", "whom"),
        ({"text": ""}, "text_missing", "text"),
        ({"ends_on": STARTS - dt.timedelta(days=1)}, "ends_before_start", "ends_on"),
        ({"ends_on": DAY + dt.timedelta(days=1)}, "date_in_future", "ends_on"),
    ],
)
def test_an_episode_is_past_and_says_whom_it_helped(change, code, field):
    post = make_post(make_school())
    with refused(code, field):
        episode(post, **change)
    assert not MentoringEpisode.objects.exists()


def test_an_episode_belongs_to_the_post_and_to_a_case_of_its_own():
    case = make_ordered()
    stranger = make_post(make_school())
    with refused("case_of_another_school"):
        episode(stranger, group=case.group)
    row = episode(case.mentor_post, kind="BEFORE_ORDER", group=case.group, hours=6)
    assert (row.hours, row.recorded_on) == (6, DAY)
    assert "помощь вне программы" in history.lines(case.mentor_post)[0].text


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"kind": "PAYMENT"}, "amount_missing", "amount"),
        ({"kind": "PAYMENT", "amount": Decimal(0)}, "amount_missing", "amount"),
        ({"amount": Decimal(100)}, "amount_not_wanted", "amount"),
        ({"measure": ""}, "text_missing", "measure"),
        ({"basis": " "}, "text_missing", "basis"),
        ({"granted_on": DAY + dt.timedelta(days=1)}, "date_in_future", "granted_on"),
    ],
)
def test_an_incentive_is_granted_with_a_basis_and_only_a_bonus_has_a_sum(change, code, field):
    post = make_post(make_school())
    with refused(code, field):
        incentive(post, **change)
    assert not Incentive.objects.exists()


def test_a_bonus_is_not_told_on_the_pages_that_the_district_reads():
    post = make_post(make_school())
    incentive(post)
    paid = incentive(post, kind="PAYMENT", measure="Премия за год", amount=Decimal("5000.00"))
    told = [line.text for line in history.lines(post)]
    assert told == ["Поощрение 01.10.2026: Благодарность."]
    assert "5000" not in history.lines(paid)[0].text


def upload(body=PDF, name="скан.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


def test_a_scan_is_attached_to_a_signed_paper_and_told_on_that_paper_alone():
    case = make_ordered()
    consent = case.group.consents.filter(role="MENTOR").get()
    for paper in (consent, case.order):
        attach_scan(paper, by=case.curator, on=ORDERED, upload=upload())
        paper.refresh_from_db()
        assert (paper.scan.name, paper.scan.school) == ("скан.pdf", case.school)
        assert history.lines(paper)[0].text == "Прикреплён скан: скан.pdf."
    assert "скан" not in history.lines(case.group)[0].text


def test_a_refused_scan_leaves_no_file_behind():
    case = make_consented()
    order = draft_order(
        default_register(case.school), by=case.curator, on=ORDERED, kind="ASSIGN",
        lines=[LineDraft(case.group, "ASSIGN")],
    )  # fmt: skip
    with refused("order_not_signed"):
        attach_scan(order, by=case.curator, on=ORDERED, upload=upload())
    consent = case.group.consents.first()
    with refused("file_type_refused", "upload"):
        attach_scan(consent, by=case.curator, on=ORDERED, upload=upload(b"<html>", "согласие.pdf"))
    consent.refresh_from_db()
    assert consent.scan is None
    assert not StoredFile.objects.exists()


def test_only_papers_have_scans():
    case = make_ordered()
    with pytest.raises(TypeError):
        attach_scan(case.group, by=case.curator, on=ORDERED, upload=upload())
