"""Pairs and groups: list, proposal, pages of one case, members, mentors."""

from django.urls import path

from programs.views import groups, help, members, proposals

urlpatterns = [
    path("pairs/", groups.group_list, name="group-list"),
    path("pairs/export.xlsx", groups.group_export, name="group-export"),
    path("schools/<int:pk>/pairs/propose/", proposals.group_propose, name="group-propose"),
    path("schools/<int:pk>/pairs/adopt/", proposals.group_adopt, name="group-adopt"),
    path("pairs/<int:pk>/", groups.group_detail, name="group-detail"),
    path("pairs/<int:pk>/plan/", groups.group_work, name="group-work"),
    path("pairs/<int:pk>/papers/", groups.group_papers, name="group-papers"),
    path("pairs/<int:pk>/history/", groups.group_history, name="group-history"),
    path("pairs/<int:pk>/notes/", help.group_notes, name="group-notes"),
    path("pairs/<int:pk>/change/", proposals.group_change, name="group-change"),
    path("pairs/<int:pk>/withdraw/", proposals.group_withdraw, name="group-withdraw"),
    path("pairs/<int:pk>/members/add/", members.member_add, name="member-add"),
    path("members/<int:pk>/release/", members.member_release, name="member-release"),
    path("members/<int:pk>/drop/", members.member_drop, name="member-drop"),
    path("pairs/<int:pk>/mentor/replace/", members.mentor_replace, name="mentor-replace"),
    path("pairs/<int:pk>/mentor/temporary/", members.mentor_temporary, name="mentor-temporary"),
    path("pairs/<int:pk>/mentor/notice/", members.notice_give, name="notice-give"),
    path("appointments/<int:pk>/drop/", members.mentor_drop, name="mentor-drop"),
    path("appointments/<int:pk>/end/", members.temporary_end, name="temporary-end"),
    path("pairs/<int:pk>/help/", help.help_ask, name="help-ask"),
    path("help/<int:pk>/answer/", help.help_answer, name="help-answer"),
    path("pairs/<int:pk>/remarks/write/", help.remark_write, name="remark-write"),
    path("remarks/<int:pk>/answer/", help.remark_answer, name="remark-answer"),
]
