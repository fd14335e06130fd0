"""The programme, its plan, meetings, evaluation and closing."""

from django.urls import path

from programs.views import endings, meetings, programs, terms

urlpatterns = [
    path("pairs/<int:pk>/program/", programs.program_edit, name="program-edit"),
    path("pairs/<int:pk>/program/template/", programs.program_template, name="program-template"),
    path("pairs/<int:pk>/program/return/", programs.program_return, name="program-return"),
    path("programs/<int:pk>/agree/", programs.program_agree, name="program-agree"),
    path("pairs/<int:pk>/program/approve/", programs.program_approve, name="program-approve"),
    path("pairs/<int:pk>/program/extend/", terms.program_extend, name="program-extend"),
    path("pairs/<int:pk>/program/amend/", terms.program_amend, name="program-amend"),
    path("pairs/<int:pk>/program/pause/", terms.program_pause, name="program-pause"),
    path("pairs/<int:pk>/program/resume/", terms.program_resume, name="program-resume"),
    path("pairs/<int:pk>/evaluation/", endings.evaluation_record, name="evaluation-record"),
    path("pairs/<int:pk>/close/", endings.program_close, name="program-close"),
    path("pairs/<int:pk>/meetings/log/", meetings.meeting_log, name="meeting-log"),
    path("meetings/<int:pk>/correct/", meetings.meeting_correct, name="meeting-correct"),
    path("meetings/<int:pk>/cancel/", meetings.meeting_cancel, name="meeting-cancel"),
    path("meetings/<int:pk>/confirm/", meetings.meeting_confirm, name="meeting-confirm"),
    path("events/<int:pk>/settle/", meetings.event_settle, name="event-settle"),
    path("events/<int:pk>/move/", meetings.event_move, name="event-move"),
    path("events/<int:pk>/reopen/", meetings.event_reopen, name="event-reopen"),
]
