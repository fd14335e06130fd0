"""Reminders: the inbox, settings, what is told by hand, the calendar."""

from django.urls import path

from programs.views import calendar, reminders

urlpatterns = [
    path("reminders/", reminders.reminder_list, name="reminder-list"),
    path("reminders/<int:pk>/open/", reminders.reminder_open, name="reminder-open"),
    path("reminders/read/", reminders.reminder_read_all, name="reminder-read-all"),
    path("reminders/by-hand/", reminders.reminder_by_hand, name="reminder-by-hand"),
    path("reminders/settings/", reminders.reminder_settings, name="reminder-settings"),
    path("reminders/settings/pause/", reminders.reminder_pause, name="reminder-pause"),
    path("reminders/settings/resume/", reminders.reminder_resume, name="reminder-resume"),
    path("reminders/settings/calendar/", calendar.calendar_make, name="calendar-make"),
    path("reminders/settings/calendar/revoke/", calendar.calendar_revoke, name="calendar-revoke"),
    path("reminders/pause/<str:token>/", reminders.letter_pause, name="letter-pause"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar-feed"),
]
