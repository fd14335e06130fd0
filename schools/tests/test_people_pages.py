"""Pages of staff and organisations: who sees what, and what a refused request left alone."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from schools.models import (
    Absence,
    LocalAct,
    Partner,
    Qualification,
    RoadmapItem,
    SchoolYearCheck,
    StaffMember,
    StoredFile,
    Study,
    Transfer,
    Unit,
)
from schools.tests.factories import (
    make_curator,
    make_methodologist,
    make_person,
    make_post,
    make_school,
    make_user,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def curator(school, client):
    user = make_curator(school)
    client.force_login(user)
    return user


@pytest.fixture
def world(school):
    """Every kind of row that a page of ``school`` reaches by its pk."""
    post = make_post(
        school,
        person=make_person(
            last_name="Лебедь", phone="+79001112233", birth_date=dt.date(1990, 1, 2)
        ),
    )
    day = dt.date(2026, 9, 1)
    neighbour = make_school(municipality=school.municipality)
    author = make_user()
    return {
        "staff": post.pk,
        "school": school.pk,
        "absence": Absence.objects.create(post=post, kind="OTHER", starts_on=day).pk,
        "qualification": Qualification.objects.create(post=post, category="FIRST").pk,
        "study": Study.objects.create(post=post, institution="АлтГПУ").pk,
        "unit": Unit.objects.create(school=school, name="Филиал", kind="SCHOOL").pk,
        "act": LocalAct.objects.create(
            school=school, kind="REGULATION", title="Положение", adopted_on=day
        ).pk,
        "partner": Partner.objects.create(school=school, name="Колледж").pk,
        "roadmap": RoadmapItem.objects.create(
            school=school, school_year=2026, stage=1, title="Акты", due_on=day
        ).pk,
        "check": SchoolYearCheck.objects.create(
            school=school, school_year=2026, kind="ROSTER", done_on=day
        ).pk,
        "transfer": Transfer.objects.create(
            post=post, to_school=neighbour, position="учитель", asked_on=day, asked_by=author,
            moves_on=day, home_confirmed_on=day,
        ).pk,
    }  # fmt: skip


# name of the page: what it is about, how it is opened
CHANGING = {
    "staff-edit": "get", "staff-position": "get", "staff-leaving": "get", "staff-left": "get",
    "staff-stays": "post", "staff-returns": "post", "staff-bank": "get",
    "staff-bank-leave": "post", "absence-edit": "get", "absence-return": "get",
    "absence-remove": "post", "qualification-edit": "get", "qualification-remove": "post",
    "study-edit": "get", "study-remove": "post", "unit-edit": "get", "unit-remove": "post",
    "act-edit": "get", "act-file": "get", "partner-edit": "get", "roadmap-edit": "get",
    "roadmap-done": "post", "roadmap-remove": "post", "check-remove": "post",
    "school-edit": "get", "school-policy": "get",
}  # fmt: skip
ADDING = {
    "absence-add": "staff", "qualification-add": "staff", "study-add": "staff",
    "transfer-add": "staff", "staff-add": "school", "unit-add": "school", "act-add": "school",
    "partner-add": "school", "roadmap-add": "school", "check-roster": "school",
    "check-site": "school",
}  # fmt: skip
PAGES = {name: (name.split("-")[0], how) for name, how in CHANGING.items()} | {
    name: (noun, "get") for name, noun in ADDING.items()
}


def snapshot():
    models = (StaffMember, Absence, Qualification, Study, Unit, LocalAct, Partner, RoadmapItem)
    return [list(m.objects.order_by("pk").values()) for m in (*models, SchoolYearCheck)]


def opened(client, world, name):
    noun, how = PAGES[name]
    return getattr(client, how)(reverse(name, args=[world[noun]]))


@pytest.mark.parametrize("name", PAGES)
def test_own_staff_opens_every_page(client, curator, world, name):
    wanted = 404 if name == "act-file" else 200 if PAGES[name][1] == "get" else 302
    assert opened(client, world, name).status_code == wanted


@pytest.mark.parametrize("name", PAGES)
def test_others_neither_open_nor_change(client, world, name, school):
    neighbour = make_school(municipality=school.municipality)
    before = snapshot()
    for user, wanted in (
        (make_curator(neighbour), {404}),
        (make_curator(make_school()), {404}),
        (make_methodologist(school.municipality), {403, 404}),
        (make_user(make_post(school).person), {403, 404}),
    ):
        client.force_login(user)
        assert opened(client, world, name).status_code in wanted, user
        noun, _ = PAGES[name]
        client.post(reverse(name, args=[world[noun]]), {"left_on": "2026-10-01", "name": "x"})
    posts = StaffMember.objects.filter(pk__in=[row["id"] for row in before[0]])
    assert list(posts.order_by("pk").values()) == before[0]
    assert snapshot()[1:] == before[1:]


@pytest.mark.parametrize("name", [n for n, (_, how) in PAGES.items() if how == "get"])
def test_empty_form_comes_back_with_its_errors(client, curator, world, name):
    noun, _ = PAGES[name]
    if name == "act-file":
        return
    response = client.post(reverse(name, args=[world[noun]]), {"starts_on": "вчера"})
    assert response.status_code in {422, 302}
    if response.status_code == 302:  # nothing in that form is required
        assert name in {"staff-edit", "school-edit"}


def test_card_shows_contacts_to_the_organisation_and_to_oneself_only(client, school, world):
    url = reverse("staff-detail", args=[world["staff"]])
    person = StaffMember.objects.get(pk=world["staff"]).person
    for user, sees in (
        (make_curator(school), True),
        (make_user(person), True),
        (make_methodologist(school.municipality), False),
    ):
        client.force_login(user)
        page = client.get(url).content.decode()
        assert "Лебедь" in page
        assert ("+79001112233" in page) is sees
        assert ("02.01.1990" in page) is sees
    for stranger in (make_methodologist(school.municipality.region), make_curator(make_school())):
        client.force_login(stranger)
        assert client.get(url).status_code == 404


def test_register_is_for_staff_and_the_district_has_its_list_of_organisations(client, school):
    cases = [
        (make_curator(school), 200, 403),
        (make_methodologist(school.municipality), 403, 200),
        (make_methodologist(school.municipality.region), 403, 200),
        (make_user(make_post(school).person), 403, 403),
    ]
    for user, register, organisations in cases:
        client.force_login(user)
        assert client.get(reverse("staff-list")).status_code == register
        assert client.get(reverse("school-list")).status_code == organisations


def test_search_finds_in_any_letter_case(client, curator, school, world):
    for text in ("лебедь", "ЛЕБЕДЬ", "Лебедь МАРИЯ", "учитель лебедь"):
        page = client.get(reverse("staff-list"), {"q": text}).context["page"]
        assert [post.pk for post in page] == [world["staff"]]
    assert not list(client.get(reverse("staff-list"), {"q": "нет такого"}).context["page"])


def test_filters_of_the_register(client, curator, school, world):
    today = timezone.localdate()
    post = StaffMember.objects.get(pk=world["staff"])
    post.teaching_years, post.years_as_of = 1, today - dt.timedelta(days=400)
    post.in_mentor_bank, post.bank_consent_on = True, today
    post.save()
    grown = make_post(
        school, teaching_years=3, years_as_of=today - dt.timedelta(days=400)
    )  # four years by now
    gone = make_post(school, left_on=today - dt.timedelta(days=1))

    def found(**wanted):
        page = client.get(reverse("staff-list"), wanted).context["page"]
        return {row.pk for row in page}

    assert found(novice="on") == found(bank="on") == found(absent="on") == {post.pk}
    assert grown.pk in found()
    assert gone.pk not in found()
    assert found(shown="left") == {gone.pk}
    assert {gone.pk, post.pk} <= found(shown="all")
    foreign = Unit.objects.create(school=make_school(), name="Чужой", kind="SCHOOL")
    assert client.get(reverse("staff-list"), {"unit": foreign.pk}).status_code == 200


def test_register_keeps_its_number_of_queries(
    client, curator, school, django_assert_max_num_queries
):
    for _ in range(60):
        make_post(school)
    with django_assert_max_num_queries(20):
        client.get(reverse("staff-list"))


def test_export_holds_what_the_filter_shows_and_text_is_text(client, curator, school, world):
    make_post(school, position="=1+1", person=make_person(last_name="Ким", phone="+79001112233"))
    response = client.get(reverse("staff-export"), {"q": "ким"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet.max_row == 2
    assert sheet.freeze_panes == "A2"
    assert [c.data_type for c in sheet[2] if c.value == "=1+1"] == ["s"]
    assert "+79001112233" in [c.value for c in sheet[2]]


@pytest.mark.parametrize("field", ["person", "unit", "partner"])
def test_foreign_rows_are_no_choice_of_the_form(client, curator, school, world, field):
    other = make_school(municipality=school.municipality)
    foreign = {
        "person": make_post(other).person_id,
        "unit": Unit.objects.create(school=other, name="Чужой", kind="SCHOOL").pk,
        "partner": Partner.objects.create(school=other, name="Чужой").pk,
    }[field]
    before = StaffMember.objects.count()
    response = client.post(
        reverse("staff-add", args=[school.pk]),
        {"last_name": "Ким", "first_name": "Анна", "position": "учитель", "relation": "EMPLOYEE",
         field: foreign},
    )  # fmt: skip
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert StaffMember.objects.count() == before


def test_person_is_added_by_the_form_and_a_refusal_keeps_what_was_typed(client, curator, school):
    facts = {"last_name": "Ким", "first_name": "Анна", "position": "учитель"}
    facts |= {"relation": "EMPLOYEE", "education": "высшее"}
    url = reverse("staff-add", args=[school.pk])
    assert client.post(url, facts).status_code == 302

    response = client.post(url, facts)

    assert response.status_code == 422
    assert "namesake" in response.context["form"].errors
    assert 'value="высшее"' in response.content.decode()


def test_transfer_shows_only_name_and_position_until_confirmed(client, school, world):
    transfer = Transfer.objects.get(pk=world["transfer"])
    host = make_curator(transfer.to_school)
    client.force_login(host)
    page = client.get(reverse("transfer-detail", args=[transfer.pk])).content.decode()
    assert "Лебедь" in page
    assert "+79001112233" not in page
    assert client.get(reverse("staff-detail", args=[world["staff"]])).status_code == 404

    client.post(reverse("transfer-confirm", args=[transfer.pk]))

    transfer.refresh_from_db()
    assert transfer.new_post is not None
    page = client.get(reverse("staff-detail", args=[transfer.new_post_id]))
    assert "+79001112233" in page.content.decode()


def test_home_cannot_answer_for_the_host_and_strangers_see_nothing(client, curator, world):
    url = reverse("transfer-confirm", args=[world["transfer"]])
    assert client.post(url).status_code == 403
    client.force_login(make_curator(make_school()))
    assert client.post(url).status_code == 404
    assert Transfer.objects.get().new_post is None
    client.force_login(curator)
    response = client.post(reverse("transfer-refuse", args=[world["transfer"]]), {"reason": "Сам"})
    assert response.status_code == 302
    assert Transfer.objects.get().refused_on is not None


def test_destination_outside_the_municipality_is_no_choice(client, curator, school):
    post, far = make_post(school), make_school()
    facts = {"to_school": far.pk, "position": "учитель", "moves_on": "2026-12-01"}
    response = client.post(reverse("transfer-add", args=[post.pk]), facts)
    assert response.status_code == 422
    assert not Transfer.objects.exists()


def test_act_keeps_its_file_and_gives_it_to_the_organisation_only(client, curator, school):
    facts = {"kind": "REGULATION", "title": "Положение", "adopted_on": "2026-09-01"}
    file = SimpleUploadedFile("положение.pdf", PDF)
    url = reverse("act-add", args=[school.pk])
    assert client.post(url, {**facts, "upload": file}).status_code == 302
    act = LocalAct.objects.get()

    response = client.get(reverse("act-file", args=[act.pk]))
    assert b"".join(response.streaming_content) == PDF
    client.force_login(make_methodologist(school.municipality))
    page = client.get(reverse("school-detail", args=[school.pk])).content.decode()
    assert "файл приложен" in page
    assert client.get(reverse("act-file", args=[act.pk])).status_code == 403


def test_refused_act_leaves_no_file(client, curator, school):
    facts = {"kind": "REGULATION", "title": "Положение", "adopted_on": "2099-09-01"}
    file = SimpleUploadedFile("положение.pdf", PDF)
    response = client.post(reverse("act-add", args=[school.pk]), {**facts, "upload": file})
    assert response.status_code == 422
    bad = SimpleUploadedFile("положение.pdf", b"MZ\x90 not a pdf")
    facts["adopted_on"] = "2026-09-01"
    response = client.post(reverse("act-add", args=[school.pk]), {**facts, "upload": bad})
    assert response.status_code == 422
    assert not StoredFile.objects.exists()
    assert not LocalAct.objects.exists()


def test_person_of_two_organisations_chooses_one(client, school, curator):
    assert client.get(reverse("my-school")).url == reverse("school-detail", args=[school.pk])
    make_curator(make_school(), person=curator.person)
    assert client.get(reverse("my-school")).status_code == 200


@pytest.mark.parametrize("name", ["staff-detail", "school-detail"])
def test_page_of_one_thing_asks_little(client, curator, world, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        client.get(reverse(name, args=[world[name.split("-")[0]]]))


def test_history_of_the_card_reads_in_russian(client, curator, school):
    facts = {"last_name": "Ким", "first_name": "Анна", "position": "учитель"}
    client.post(reverse("staff-add", args=[school.pk]), {**facts, "relation": "EMPLOYEE"})
    post = StaffMember.objects.get(person__last_name="Ким")
    client.post(reverse("absence-add", args=[post.pk]), {"kind": "LONG", "starts_on": "2026-09-01"})
    page = client.get(reverse("staff-detail", args=[post.pk])).content.decode()
    assert "длительное отсутствие с 01.09.2026, выход —." in page
