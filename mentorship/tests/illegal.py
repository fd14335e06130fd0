"""Illegal states, each as the raw SQL that would store it.

The marks S1 to S23 are those of the project's table of illegal states, restated with dates;
the other rows are the promises that the design asks of the database. A list is a sequence of
lawful statements with the illegal one last.
"""

from mentorship.tests.raw import copy, delete, update
from mentorship.tests.world import day

# (what is refused, the constraint or guard that says so, the statement)
ILLEGAL = [
    # S1: one main mentor at a time
    ("second_main_mentor", "appointment_main_ones_never_overlap", lambda w: copy(
        w.appointment, starts_on=day(10, 1))),
    ("main_mentors_overlap_by_a_day", "appointment_main_ones_never_overlap", lambda w: copy(
        w.appointment, starts_on=day(8, 1), ends_on=day(9, 1))),
    ("second_proposed_mentor", "mentorappointment_one_proposed_per_case", lambda w: [
        copy(w.appointment, consent_id=None, consented_on=None, order_line_id=None,
             ordered_on=None)] * 2),
    # S2: nobody mentors oneself, in any post
    ("mentor_becomes_mentee_by_another_post", "member_nobody_mentors_oneself", lambda w: copy(
        w.member, post_id=w.mentors_other_post.pk)),
    ("mentee_becomes_mentor", "appointment_nobody_mentors_oneself", lambda w: copy(
        w.appointment, post_id=w.mentee.pk, ordered_on=None, order_line_id=None,
        consent_id=None, consented_on=None)),
    ("former_mentee_who_mentors_is_back", "member_nobody_mentors_oneself", lambda w: [
        copy(w.member, post_id=w.mentors_other_post.pk, joined_on=day(8, 1),
             left_on=day(8, 31), left_ground="OTHER"),
        (f"UPDATE programs_groupmember SET left_on = NULL, left_ground = ''"
         f" WHERE post_id = {w.mentors_other_post.pk}", [])]),
    ("ended_mentor_who_learns_is_back", "appointment_nobody_mentors_oneself", lambda w: [
        update(w.appointment, ends_on=day(9, 30)),
        copy(w.member, post_id=w.mentors_other_post.pk, joined_on=day(10, 1)),
        update(w.appointment, ends_on=None)]),
    ("post_passes_to_the_other_of_the_pair", "staffmember_never_changes_school_or_person",
        lambda w: update(w.mentee, person_id=w.mentor.person_id)),
    # S3: nothing without consent and order
    ("ordered_without_consent", "mentorappointment_ordered_after_consent", lambda w: update(
        w.appointment, consent_id=None, consented_on=None)),
    ("ordered_without_an_order", "mentorappointment_ordered_after_consent", lambda w: update(
        w.appointment, order_line_id=None)),
    ("consent_later_than_the_order", "mentorappointment_ordered_after_consent", lambda w: [
        update(w.appointment, ordered_on=None, order_line_id=None),
        update(w.consent, signed_on=day(9, 1), recorded_on=day(9, 1)),
        update(w.appointment, consented_on=day(9, 1), ordered_on=day(8, 31),
               order_line_id=w.line.pk)]),
    ("consent_date_invented", "appointment_dates_are_those_of_its_papers", lambda w: update(
        w.appointment, consented_on=day(8, 24))),
    ("order_date_invented", "appointment_dates_are_those_of_its_papers", lambda w: update(
        w.appointment, ordered_on=day(9, 1))),
    ("ordered_by_an_unsigned_order", "appointment_dates_are_those_of_its_papers",
        lambda w: update(w.appointment, order_line_id=w.draft_line.pk)),
    ("consent_dated_later_afterwards", "consent_of_an_ordered_mentor_is_kept", lambda w: update(
        w.consent, signed_on=day(9, 15), recorded_on=day(9, 15))),
    ("consent_withdrawn_after_the_order", "consent_of_an_ordered_mentor_is_kept",
        lambda w: update(w.consent, withdrawn_on=day(9, 15))),
    ("mentee_consent_used_for_the_mentor", "appointment_dates_are_those_of_its_papers",
        lambda w: update(w.appointment, consent_id=w.mentee_consent.pk)),
    ("consent_marked_on_screen_by_a_mentor", "consent_of_a_mentor_is_paper", lambda w: update(
        w.consent, means="MARK")),
    ("consent_recorded_before_signed", "consent_not_recorded_before_signed", lambda w: update(
        w.mentee_consent, recorded_on=day(8, 24))),
    ("consent_date_without_consent", "mentorappointment_consent_is_dated", lambda w: copy(
        w.appointment, temporary=True, consent_id=None, ordered_on=None, order_line_id=None)),
    ("proposal_that_ends", "mentorappointment_only_ordered_ends", lambda w: copy(
        w.appointment, temporary=True, consent_id=None, consented_on=None, ordered_on=None,
        order_line_id=None, ends_on=day(10, 1))),
    ("member_joins_without_an_order", "groupmember_joined_by_an_order_line", lambda w: update(
        w.member, joined_line_id=None)),
    ("member_joins_by_an_unsigned_order", "member_joined_by_a_signed_line_of_the_case",
        lambda w: update(w.member, joined_line_id=w.draft_line.pk)),
    # S4: papers of one pair serve no other
    ("consent_of_another_case", "appointment_dates_are_those_of_its_papers", lambda w: update(
        w.appointment, consent_id=w.done.consent.pk)),
    ("order_line_of_another_case", "appointment_dates_are_those_of_its_papers",
        lambda w: update(w.appointment, order_line_id=w.done.line.pk)),
    ("joined_by_a_line_of_another_case", "member_joined_by_a_signed_line_of_the_case",
        lambda w: update(w.member, joined_line_id=w.done.line.pk)),
    ("same_consent_twice", "consent_one_in_force", lambda w: copy(w.consent)),
    ("same_line_twice", "orderline_once_per_case", lambda w: copy(w.line)),
    ("same_mentee_twice", "groupmember_once_in_a_case", lambda w: copy(w.member)),
    # S6: periods run forwards
    ("role_ends_before_it_starts", "membership_ends_on_not_before_starts_on", lambda w: update(
        w.watch, ends_on=day(1, 1, 2000))),
    ("appointment_ends_before_it_starts", "mentorappointment_ends_on_not_before_starts_on",
        lambda w: update(w.appointment, ends_on=day(8, 31))),
    ("member_left_before_joining", "groupmember_left_on_not_before_joined_on",
        lambda w: update(w.member, left_on=day(8, 31), left_ground="OTHER")),
    ("left_before_hired", "staffmember_left_on_not_before_hired_on", lambda w: update(
        w.stranger, left_on=day(1, 1, 2000))),
    ("planned_end_before_start", "mentoringgroup_planned_end_after_start", lambda w: update(
        w.group, planned_ends_on=day(9, 1))),
    ("pause_resumes_before_it_starts", "programpause_resumed_on_not_before_starts_on",
        lambda w: update(w.pause, resumed_on=day(9, 1))),
    ("due_before_it_opens", "deadline_due_not_before_open", lambda w: update(
        w.deadline, due_on=day(8, 1))),
    ("extension_backwards", "programextension_moves_forward", lambda w: update(
        w.extension, new_ends_on=day(5, 31, 2027))),
    ("break_backwards", "schoolbreak_ends_on_not_before_starts_on", lambda w: update(
        w.school_break, ends_on=day(10, 1))),
    # S7 to S9: orders and their numbers
    ("number_given_twice", "order_number_once_a_year", lambda w: copy(
        w.order, number="2-ОД", number_key="2-од")),
    ("number_given_twice_under_an_invented_year", "order_year_is_that_of_its_register",
        lambda w: copy(w.order, number_key="2-од", year_starts_on=day(2, 1))),
    ("a_year_of_two_years", "order_year_is_that_of_its_register", lambda w: copy(
        w.order, number_key="9", year_ends_on=day(12, 31, 2027))),
    ("date_outside_its_year", "order_date_within_its_year", lambda w: copy(
        w.order, number_key="9", signed_on=day(1, 1, 2027), recorded_on=day(1, 1, 2027))),
    ("signed_without_a_number", "order_signed_whole_or_not_at_all", lambda w: copy(
        w.order, number="", number_key="9")),
    ("signed_by_nobody", "order_signed_whole_or_not_at_all", lambda w: copy(
        w.order, number_key="9", signatory_name="")),
    ("draft_with_a_number", "order_signed_whole_or_not_at_all", lambda w: update(
        w.draft, number="5", number_key="5")),
    ("signed_and_dropped", "order_signed_whole_or_not_at_all", lambda w: update(
        w.order, dropped_on=day(9, 1))),
    ("recorded_before_signed", "order_not_recorded_before_signed", lambda w: copy(
        w.order, number_key="9", recorded_on=day(8, 30))),
    ("signed_order_becomes_a_draft", "order_signed_is_never_changed", lambda w: update(
        w.order, signed_on=None, number="", number_key="", recorded_on=None,
        year_starts_on=None, year_ends_on=None)),
    ("text_of_a_signed_order", "order_signed_is_never_changed", lambda w: update(
        w.order, text="Иное")),
    ("number_of_a_signed_order", "order_signed_is_never_changed", lambda w: update(
        w.order, number="3-од")),
    ("words_of_a_signed_line", "orderline_of_a_signed_order_is_never_changed",
        lambda w: update(w.line, data={"mentor": "Сидорова"})),
    ("signed_line_struck_out", "orderline_of_a_signed_order_is_never_changed",
        lambda w: update(w.line, dropped_on=day(9, 1))),
    ("line_cancelled_by_its_own_order", "orderline_cancelled_by_another_order",
        lambda w: update(w.line, cancelled_by_id=w.order.pk)),
    ("register_of_two_issuers", "orderregister_has_one_issuer", lambda w: copy(
        w.other_register, name="Ещё", municipality_id=w.municipality.pk)),
    ("register_of_no_issuer", "orderregister_has_one_issuer", lambda w: copy(
        w.other_register, name="Ещё", school_id=None)),
    ("register_passes_to_another_issuer", "orderregister_never_changes_issuer",
        lambda w: update(w.register, school_id=w.other.pk, name="Ещё")),
    # S10, S11: roles
    ("two_directors", "membership_directors_never_overlap_insert", lambda w: copy(
        w.directorship, person_id=w.nobody.pk)),
    ("directors_overlap_by_a_day", "membership_directors_never_overlap_insert", lambda w: copy(
        w.directorship, person_id=w.nobody.pk, starts_on=day(1, 1, 2019),
        ends_on=w.directorship.starts_on)),
    ("deputy_made_director_beside_another", "membership_directors_never_overlap_update",
        lambda w: [
            copy(w.directorship, person_id=w.nobody.pk, deputises_for_id=w.directorship.pk),
            (f"UPDATE schools_membership SET deputises_for_id = NULL"
             f" WHERE person_id = {w.nobody.pk}", [])]),
    ("same_role_twice", "membership_once_per_municipality", lambda w: copy(w.watch)),
    ("role_in_two_scopes", "membership_has_exactly_one_scope", lambda w: update(
        w.watch, region_id=w.municipality.region_id)),
    ("role_in_no_scope", "membership_has_exactly_one_scope", lambda w: update(
        w.watch, municipality_id=None)),
    ("methodologist_of_a_school", "membership_role_fits_scope", lambda w: update(
        w.directorship, role="METHODOLOGIST")),
    # S12: everything of a case belongs to its school and to itself
    ("mentor_of_another_school", "appointment_post_is_of_the_school", lambda w: copy(
        w.appointment, temporary=True, post_id=w.stranger.pk, ordered_on=None,
        order_line_id=None, consent_id=None, consented_on=None)),
    ("secondment_turned_into_an_ordinary_basis", "appointment_post_is_of_the_school",
        lambda w: [
            copy(w.appointment, temporary=True, post_id=w.stranger.pk, ordered_on=None,
                 order_line_id=None, consent_id=None, consented_on=None, basis="SECONDMENT"),
            (f"UPDATE programs_mentorappointment SET basis = 'ADDENDUM'"
             f" WHERE post_id = {w.stranger.pk}", [])]),
    ("mentee_of_another_school", "member_post_is_of_the_school", lambda w: copy(
        w.member, post_id=w.stranger.pk)),
    ("order_of_another_school", "orderline_case_is_of_the_issuer", lambda w: [
        copy(w.draft, register_id=w.other_register.pk, title="чужой"),
        ("INSERT INTO programs_orderline (order_id, group_id, action, data)"
         f" SELECT id, {w.group.pk}, 'ASSIGN', '{{}}' FROM programs_order"
         " WHERE title = 'чужой'", [])]),
    ("draft_moved_to_another_school", "order_register_is_that_of_its_cases",
        lambda w: update(w.draft, register_id=w.other_register.pk)),
    ("case_moved_to_another_school", "mentoringgroup_never_changes_school", lambda w: update(
        w.group, school_id=w.other.pk)),
    ("post_moved_to_another_school", "staffmember_never_changes_school_or_person",
        lambda w: update(w.mentor, school_id=w.other.pk)),
    ("attendance_of_a_stranger", "attendance_member_is_of_the_case", lambda w: update(
        w.attendance, member_id=w.done.member.pk)),
    ("agreement_of_a_stranger", "agreement_member_is_of_the_case", lambda w: update(
        w.agreement, member_id=w.done.member.pk)),
    ("evaluation_of_a_stranger", "evaluation_member_is_of_the_case", lambda w: copy(
        w.summary, program_id=w.program.pk, member_id=w.done.member.pk)),
    ("question_of_a_stranger", "helprequest_member_is_of_the_case", lambda w: update(
        w.help, member_id=w.done.member.pk)),
    ("meeting_with_a_mentor_of_another_case", "meeting_only_in_a_running_program",
        lambda w: update(w.meeting, appointment_id=w.done.appointment.pk)),
    # S13 restated: three to twelve months, one open programme, extensions as rows
    ("programme_too_short", "program_lasts_three_to_twelve_months", lambda w: update(
        w.program, ends_on=day(11, 29), current_ends_on=day(11, 29))),
    ("programme_too_long", "program_lasts_three_to_twelve_months", lambda w: update(
        w.program, ends_on=day(9, 1, 2027), current_ends_on=day(9, 1, 2027))),
    ("programme_without_bounds", "program_lasts_three_to_twelve_months", lambda w: update(
        w.program, max_ends_on=None)),
    ("end_moved_without_an_extension", "program_end_moves_only_by_an_extension",
        lambda w: update(w.program, current_ends_on=day(12, 31, 2027))),
    ("two_open_programmes", "program_one_open_per_case", lambda w: copy(w.program)),
    ("two_open_pauses", "programpause_one_open_per_program", lambda w: copy(w.pause)),
    ("template_of_two_years", "programtemplate_term_lawful", lambda w: update(
        w.template, months=24)),
    # S15: closing
    ("full_without_an_evaluation", "program_full_needs_an_evaluation", lambda w: update(
        w.program, closed_on=day(12, 1), ground="FULL", evaluated_on=day(12, 1))),
    ("full_from_the_start", "program_never_starts_closed", lambda w: copy(
        w.done.program, current_ends_on=day(5, 31, 2027))),
    ("full_never_evaluated", "program_full_only_when_evaluated", lambda w: update(
        w.done.program, evaluated_on=None)),
    ("evaluation_taken_away_afterwards", "evaluation_of_a_full_program_is_kept",
        lambda w: delete(w.summary)),
    ("summary_turned_into_a_members", "evaluation_of_a_full_program_stays_its_summary",
        lambda w: update(w.summary, member_id=w.done.member.pk)),
    ("closed_without_a_ground", "program_closed_with_one_ground", lambda w: update(
        w.program, closed_on=day(12, 1))),
    ("ground_without_closing", "program_closed_with_one_ground", lambda w: update(
        w.program, ground="MUTUAL")),
    ("other_ground_unnamed", "program_other_ground_is_named", lambda w: update(
        w.program, closed_on=day(12, 1), ground="OTHER")),
    ("evaluated_before_approval", "program_evaluated_only_when_approved", lambda w: update(
        w.program, approved_on=None, approved_name="", approved_position="",
        evaluated_on=day(12, 1))),
    ("approved_by_nobody", "program_approved_by_somebody_after_submission",
        lambda w: update(w.program, approved_name="")),
    ("approved_unsubmitted", "program_approved_by_somebody_after_submission",
        lambda w: update(w.program, submitted_on=None)),
    ("submitted_without_a_goal", "program_submitted_is_whole", lambda w: update(
        w.program, goal="")),
    ("two_summaries", "evaluation_one_summary", lambda w: copy(w.summary)),
    ("evaluation_by_nobody", "evaluation_says_who_and_why", lambda w: update(
        w.summary, evaluator="")),
    ("more_than_everything", "evaluation_percent_in_limits", lambda w: update(
        w.summary, percent=101)),
    ("score_out_of_limits", "score_in_limits", lambda w: update(w.score, value=4)),
    ("member_left_without_a_ground", "groupmember_left_has_one_ground", lambda w: update(
        w.member, left_on=day(12, 1))),
    ("withdrawn_and_closed", "mentoringgroup_withdrawn_or_closed", lambda w: update(
        w.group, withdrawn_on=day(9, 1), closed_on=day(9, 1))),
    # S16: one deadline for one duty
    ("same_deadline_twice", "deadline_natural_key", lambda w: copy(w.deadline)),
    ("deadline_of_nobody", "deadline_key_is_whole", lambda w: update(w.deadline, owner="")),
    # S17: jobs
    ("running_without_a_claim", "job_running_has_a_claim", lambda w: update(
        w.job, state="RUNNING")),
    ("done_without_a_time", "job_finished_is_dated", lambda w: update(w.job, state="DONE")),
    ("tried_without_end", "job_attempts_limited", lambda w: update(w.job, attempts=4)),
    ("file_of_open_work_expires", "job_expires_when_done", lambda w: update(
        w.job, expires_at="2026-12-01 00:00:00+00:00")),
    # S18: history
    ("event_changed", "event_is_never_changed", lambda w: update(w.event, kind="other")),
    ("event_deleted", "event_is_never_deleted", lambda w: delete(w.event)),
    ("event_subject_changed", "eventsubject_is_never_changed", lambda w: update(
        w.subject, object_id=999)),
    ("event_subject_deleted", "eventsubject_is_never_deleted", lambda w: delete(w.subject)),
    ("words_of_an_event_changed", "eventvalue_is_never_changed", lambda w: update(
        w.value, values={"what": "иное"})),
    ("two_events_in_one_place", "event_seq_once_in_chain", lambda w: copy(
        w.event, previous_hash="1" * 64)),
    ("two_events_after_one", "event_follows_one_event", lambda w: copy(w.event, seq=77)),
    ("half_a_hash", "event_hashes_whole", lambda w: copy(
        w.event, seq=77, previous_hash="1" * 64, hash="1")),
    # S19, S20: accounts and secrets
    ("same_login_in_another_case", "login_key", lambda w: copy(
        w.curator, login=w.director.login.upper(), login_key=w.director.login_key,
        person_id=None)),
    ("login_that_is_another_ones_address", "user_login_with_at_is_own_email",
        lambda w: update(w.director, login="a@b.example", login_key="a@b.example")),
    ("two_accounts_of_a_person", "person_id", lambda w: copy(
        w.curator, login="other", login_key="other")),
    ("code_in_clear", "signincode_token_is_hashed", lambda w: update(
        w.code, token_hash="ABCD-EFGH-JKLM")),
    ("two_open_codes", "signincode_one_open_per_user", lambda w: copy(
        w.code, token_hash="1" * 64)),
    ("same_code_twice", "token_hash", lambda w: copy(w.code, user_id=w.curator.pk)),
    ("calendar_address_in_clear", "calendarfeed_hash_is_whole", lambda w: update(
        w.feed, token_hash="secret")),
    ("same_calendar_address_twice", "token_hash", lambda w: copy(w.feed, user_id=w.curator.pk)),
    ("two_calendars_of_an_account", "user_id", lambda w: copy(w.feed, token_hash="1" * 64)),
    ("two_manners_of_letters", "person_id", lambda w: copy(w.letters)),
    ("device_token_in_clear", "trusteddevice_token_is_hashed", lambda w: update(
        w.device, token_hash="secret")),
    # S21: files
    ("empty_file", "storedfile_size_in_limits", lambda w: update(w.file, size=0)),
    ("file_over_20_mb", "storedfile_size_in_limits", lambda w: update(
        w.file, size=20 * 1024 * 1024 + 1)),
    ("file_without_a_hash", "storedfile_has_a_hash", lambda w: update(w.file, sha256="")),
    ("print_without_a_hash", "document_file_has_a_hash", lambda w: update(
        w.document, file_id=w.file.pk)),
    ("scan_of_an_unsigned_print", "document_scan_is_of_a_signed_one", lambda w: update(
        w.document, scan_id=w.file.pk)),
    ("signed_print_that_nobody_recorded", "document_signed_is_recorded", lambda w: update(
        w.document, signed_on=day(8, 31))),
    ("print_recorded_before_it_is_signed", "document_recorded_on_not_before_signed_on",
        lambda w: update(w.document, signed_on=day(9, 2), recorded_on=day(9, 1))),
    ("signed_print_cancelled", "document_signed_or_cancelled", lambda w: update(
        w.document, signed_on=day(8, 31), recorded_on=day(9, 1), cancelled_on=day(9, 1))),
    ("pack_to_nobody", "pack_names_recipient_and_basis", lambda w: update(w.pack, recipient="")),
    ("sheet_without_a_place", "scanpage_placed_or_says_why_not", lambda w: update(
        w.scan_page, document_id=None)),
    ("sheet_that_waits_twice", "scanpage_sheet_waits_once", lambda w: copy(w.scan_page, number=2)),
    ("print_of_nothing", "document_names_its_subject", lambda w: update(
        w.document, order_id=None)),
    # Meetings
    ("meeting_before_it_is_held", "meeting_not_recorded_before_held", lambda w: update(
        w.meeting, held_on=day(9, 17))),
    ("meeting_before_the_programme", "meeting_only_in_a_running_program", lambda w: update(
        w.meeting, held_on=day(8, 31))),
    ("meeting_after_the_mentors_last_day", "meeting_only_in_a_running_program", lambda w: [
        update(w.appointment, ends_on=day(9, 15)),
        update(w.meeting, held_on=day(9, 16))]),
    ("meeting_sent_twice", "meeting_sent_twice_is_one", lambda w: copy(w.meeting)),
    ("meeting_of_a_day_long", "meeting_lasts_up_to_ten_hours", lambda w: update(
        w.meeting, minutes=1440)),
    ("meeting_cancelled_without_a_reason", "meeting_cancelled_with_a_reason",
        lambda w: update(w.meeting, cancelled_on=day(9, 20))),
    ("absent_mentee_confirms", "attendance_only_who_came_confirms", lambda w: update(
        w.attendance, present=False, confirmed_on=day(9, 20))),
    # Notice and addendum (ТК РФ, ст. 351.8)
    ("notice_shorter_than_three_working_days", "terminationnotice_three_working_days",
        lambda w: update(w.notice, effective_on=day(6, 4, 2027))),
    ("second_notice", "terminationnotice_once_per_appointment", lambda w: copy(w.notice)),
    ("addendum_without_pay", "contractaddendum_pay_is_positive", lambda w: update(
        w.addendum, pay_amount=0)),
    ("addendum_without_contents", "contractaddendum_is_complete", lambda w: update(
        w.addendum, content="")),
    ("duty_without_its_clause", "mentorappointment_duty_names_its_clause", lambda w: update(
        w.appointment, basis="DUTY_OF_POST")),
    ("secondment_without_papers", "mentorappointment_secondment_has_papers",
        lambda w: update(w.appointment, basis="SECONDMENT")),
    ("partner_unnamed", "mentorappointment_partner_named", lambda w: update(
        w.appointment, basis="PARTNER_AGREEMENT")),
    # What a case says of itself
    ("case_of_no_kind", "mentoringgroup_kinds_known", lambda w: update(w.group, kinds=0)),
    ("case_of_an_unknown_kind", "mentoringgroup_kinds_known", lambda w: update(
        w.group, kinds=128)),
    ("case_without_a_why", "mentoringgroup_says_why", lambda w: update(w.group, why="")),
    ("request_paired_with_nobody", "mentoringrequest_paired_names_the_pair",
        lambda w: update(w.request, group_id=None)),
    ("event_settled_undated", "plannedevent_outcome_is_dated", lambda w: update(
        w.planned, outcome="DONE")),
    ("bonus_without_an_amount", "incentive_payment_has_an_amount", lambda w: update(
        w.incentive, kind="PAYMENT")),
    ("acquaintance_with_two_papers", "acquaintance_with_one_paper", lambda w: update(
        w.acquaintance, act_id=w.act.pk)),
    ("unnamed_person", "person_has_a_name", lambda w: update(w.nobody, last_name="")),
    ("same_absence_twice", "absence_one_open_per_post", lambda w: copy(w.absence)),
]  # fmt: skip
