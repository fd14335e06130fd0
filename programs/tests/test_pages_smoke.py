import pytest
from django.urls import reverse
from programs.tests.page_world import *
pytestmark = pytest.mark.django_db

def test_all(time_machine, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    time_machine.move_to(NOON, tick=False)
    w = make_world()
    s, g = w.school.pk, w.running.group.pk
    from programs.workflow.orders import draft_order, default_register, LineDraft
    from programs.workflow.requests import request_mentoring
    post = w.school.staff.filter(subject="физика").first()
    rq = request_mentoring(post, by=w.curator, on=TODAY, category="YOUNG_SPECIALIST")
    order = draft_order(default_register(w.school), by=w.curator, on=TODAY, kind="ASSIGN", lines=[LineDraft(w.proposal.group,"ASSIGN")])
    from programs.workflow.help import ask_help, write_remark
    hr = ask_help(w.running.members[0], by=w.running.mentee, on=TODAY, kind="HELP", text="x")
    rm = write_remark(w.running.group, by=w.methodologist, on=TODAY, text="t", due_on=TODAY)
    paths = [reverse("home"), reverse("deadline-list"), reverse("group-list"), reverse("group-list")+"?q=фамилия&state=RUNNING&kind=GROUP", reverse("group-export"),
      reverse("request-list"), reverse("request-needed"), reverse("request-detail", args=[rq.pk]), reverse("request-settle", args=[rq.pk]), reverse("request-add", args=[s])+f"?post={post.pk}",
      reverse("group-propose", args=[s]), reverse("group-propose", args=[s])+f"?mentee={post.pk}", reverse("group-adopt", args=[s]),
      reverse("order-list"), reverse("order-list")+"?q=од&year=2026&state=signed", reverse("order-new", args=[s]), reverse("order-draft", args=[w.consented.group.pk]), reverse("order-detail", args=[order.pk]), reverse("order-detail", args=[w.running.order.pk]), reverse("order-sign", args=[order.pk]), reverse("order-record-all", args=[order.pk]), reverse("order-line-add", args=[order.pk]),
      reverse("program-agree", args=[w.program.pk]),
      reverse("help-answer", args=[hr.pk]), reverse("remark-answer", args=[rm.pk]),
      reverse("meeting-correct", args=[w.meeting.pk]), reverse("meeting-cancel", args=[w.meeting.pk]), reverse("event-settle", args=[w.event.pk]), reverse("event-move", args=[w.event.pk]),
      reverse("member-release", args=[w.running.members[0].pk]), reverse("episode-record", args=[w.running.mentor_post.pk]),
      ]
    for n in "group-detail group-work group-papers group-history group-notes group-change group-withdraw member-add mentor-replace mentor-temporary notice-give help-ask remark-write consent-record addendum-record scan-attach incentive-grant program-edit program-return program-approve program-extend program-amend program-pause program-resume evaluation-record program-close meeting-log".split():
        for case in (w.running, w.proposal, w.ordered):
            paths.append(reverse(n, args=[case.group.pk]))
    for role in ("director","curator","methodologist"):
        user = getattr(w, role)
        c = client_of(user)
        for p in paths:
            with CaptureQueriesContext(connection, ) as q:
                r = c.get(p)
            flag = "!!!" if len(q) > 20 or r.status_code>=500 else ""
            print(role, r.status_code, len(q), p, r.headers.get("Location",""), flag)
    for user in (w.running.mentor, w.running.mentee):
        c = client_of(user)
        for p in paths:
            with CaptureQueriesContext(connection) as q:
                r = c.get(p)
            if r.status_code not in (403,404) or len(q)>20:
                print("pair", r.status_code, len(q), p, "!!!" if len(q)>20 else "")
