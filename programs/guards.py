"""Promises of the case that span tables (see ``schools.guards``)."""

from programs.models.orders import PAPER_TEXT
from schools.guards import Guard

_FAR = "'9999-12-31'"


def _both(name: str, table: str, columns: str, when: str, lock: str = "") -> list[Guard]:
    """The same refusal for a new row and for a changed one."""
    return [
        Guard(f"{name}_on_insert", table, "INSERT", when, lock),
        Guard(f"{name}_on_update", table, f"UPDATE OF {columns}", when, lock),
    ]


def _meet(appointment: str, member: str) -> str:
    """The days of an appointment and of a membership meet, or one of them is still proposed."""
    a, m = appointment, member
    return (
        f"{a}.dropped_on IS NULL"
        f" AND ({m}.left_on IS NULL"
        f" OR {m}.joined_on IS NOT NULL AND {m}.left_on >= {a}.starts_on)"
        f" AND ({a}.ends_on IS NULL"
        f" OR {m}.joined_on IS NOT NULL AND {a}.ends_on >= {m}.joined_on)"
    )


def _of_the_case(name: str, table: str, column: str, program: str = "program_id") -> list[Guard]:
    """``column`` names a member of the case whose programme the row belongs to."""
    return _both(
        name,
        table,
        f"{program}, {column}",
        f"NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM programs_program p"
        f" JOIN programs_groupmember m ON m.group_id = p.group_id"
        f" WHERE p.id = NEW.{program} AND m.id = NEW.{column})",
    )


_LOCK_CASE = "PERFORM 1 FROM programs_mentoringgroup WHERE id = NEW.group_id FOR UPDATE"

GUARDS = [
    *_both(
        "appointment_main_ones_never_overlap",
        "programs_mentorappointment",
        "group_id, ordered_on, temporary, starts_on, ends_on",
        "NEW.ordered_on IS NOT NULL AND NOT NEW.temporary AND EXISTS ("
        " SELECT 1 FROM programs_mentorappointment o"
        " WHERE o.group_id = NEW.group_id AND o.id <> NEW.id AND NOT o.temporary"
        " AND o.ordered_on IS NOT NULL"
        f" AND o.starts_on <= COALESCE(NEW.ends_on, {_FAR})"
        f" AND COALESCE(o.ends_on, {_FAR}) >= NEW.starts_on)",
        _LOCK_CASE,
    ),
    *_both(
        "appointment_dates_are_those_of_its_papers",
        "programs_mentorappointment",
        "group_id, post_id, consent_id, consented_on, order_line_id, ordered_on",
        "(NEW.consent_id IS NOT NULL AND NOT EXISTS ("
        " SELECT 1 FROM programs_consent c WHERE c.id = NEW.consent_id"
        " AND c.signed_on = NEW.consented_on AND c.role = 'MENTOR' AND c.withdrawn_on IS NULL"
        " AND c.group_id = NEW.group_id AND c.post_id = NEW.post_id))"
        " OR (NEW.order_line_id IS NOT NULL AND NOT EXISTS ("
        " SELECT 1 FROM programs_orderline l JOIN programs_order r ON r.id = l.order_id"
        " WHERE l.id = NEW.order_line_id AND l.group_id = NEW.group_id AND l.dropped_on IS NULL"
        " AND r.signed_on = NEW.ordered_on))",
    ),
    *_both(
        "appointment_post_is_of_the_school",
        "programs_mentorappointment",
        "post_id, group_id, basis",
        "NEW.basis <> 'SECONDMENT' AND NOT EXISTS ("
        " SELECT 1 FROM schools_staffmember p JOIN programs_mentoringgroup g"
        " ON g.school_id = p.school_id WHERE p.id = NEW.post_id AND g.id = NEW.group_id)",
    ),
    Guard(
        "consent_of_an_ordered_mentor_is_kept",
        "programs_consent",
        "UPDATE OF group_id, post_id, role, signed_on, withdrawn_on",
        "(NEW.group_id <> OLD.group_id OR NEW.post_id <> OLD.post_id OR NEW.role <> OLD.role"
        " OR NEW.signed_on <> OLD.signed_on OR NEW.withdrawn_on IS NOT NULL)"
        " AND EXISTS (SELECT 1 FROM programs_mentorappointment a"
        " WHERE a.consent_id = NEW.id AND a.ordered_on IS NOT NULL)",
    ),
    *_both(
        "appointment_nobody_mentors_oneself",
        "programs_mentorappointment",
        "post_id, group_id, starts_on, ends_on, dropped_on",
        "EXISTS (SELECT 1 FROM programs_groupmember m"
        " JOIN schools_staffmember mp ON mp.id = m.post_id"
        " JOIN schools_staffmember np ON np.id = NEW.post_id"
        " WHERE m.group_id = NEW.group_id AND mp.person_id = np.person_id"
        f" AND {_meet('NEW', 'm')})",
        _LOCK_CASE,
    ),
    *_both(
        "member_nobody_mentors_oneself",
        "programs_groupmember",
        "post_id, group_id, joined_on, left_on",
        "EXISTS (SELECT 1 FROM programs_mentorappointment a"
        " JOIN schools_staffmember ap ON ap.id = a.post_id"
        " JOIN schools_staffmember np ON np.id = NEW.post_id"
        " WHERE a.group_id = NEW.group_id AND ap.person_id = np.person_id"
        f" AND {_meet('a', 'NEW')})",
        _LOCK_CASE,
    ),
    *_both(
        "member_post_is_of_the_school",
        "programs_groupmember",
        "post_id, group_id",
        "NOT EXISTS (SELECT 1 FROM schools_staffmember p JOIN programs_mentoringgroup g"
        " ON g.school_id = p.school_id WHERE p.id = NEW.post_id AND g.id = NEW.group_id)",
    ),
    *_both(
        "member_joined_by_a_signed_line_of_the_case",
        "programs_groupmember",
        "joined_line_id, joined_on",
        "NEW.joined_line_id IS NOT NULL AND NOT EXISTS ("
        " SELECT 1 FROM programs_orderline l JOIN programs_order r ON r.id = l.order_id"
        " WHERE l.id = NEW.joined_line_id AND l.group_id = NEW.group_id"
        " AND r.signed_on IS NOT NULL)",
    ),
    *_both(
        "orderline_case_is_of_the_issuer",
        "programs_orderline",
        "order_id, group_id",
        "NOT EXISTS (SELECT 1 FROM programs_order r"
        " JOIN programs_orderregister b ON b.id = r.register_id"
        " JOIN programs_mentoringgroup g ON g.id = NEW.group_id"
        " JOIN schools_school s ON s.id = g.school_id"
        " WHERE r.id = NEW.order_id"
        " AND (b.school_id = g.school_id OR b.municipality_id = s.municipality_id))",
    ),
    Guard(
        "orderline_of_a_signed_order_is_never_changed",
        "programs_orderline",
        "UPDATE OF order_id, group_id, action, data, dropped_on",
        "(NEW.order_id <> OLD.order_id OR NEW.group_id <> OLD.group_id"
        " OR NEW.action <> OLD.action OR NEW.data <> OLD.data OR NEW.dropped_on IS NOT NULL)"
        " AND EXISTS (SELECT 1 FROM programs_order r"
        " WHERE r.id = OLD.order_id AND r.signed_on IS NOT NULL)",
    ),
    Guard(
        "orderregister_never_changes_issuer",
        "programs_orderregister",
        "UPDATE OF school_id, municipality_id, year_starts_in",
        "(COALESCE(NEW.school_id, 0) <> COALESCE(OLD.school_id, 0)"
        " OR COALESCE(NEW.municipality_id, 0) <> COALESCE(OLD.municipality_id, 0)"
        " OR NEW.year_starts_in <> OLD.year_starts_in)"
        " AND EXISTS (SELECT 1 FROM programs_order r WHERE r.register_id = OLD.id)",
    ),
    Guard(
        "order_register_is_that_of_its_cases",
        "programs_order",
        "UPDATE OF register_id",
        "NEW.register_id <> OLD.register_id AND EXISTS ("
        " SELECT 1 FROM programs_orderline l"
        " JOIN programs_mentoringgroup g ON g.id = l.group_id"
        " JOIN schools_school s ON s.id = g.school_id"
        " JOIN programs_orderregister b ON b.id = NEW.register_id"
        " WHERE l.order_id = NEW.id AND COALESCE(b.school_id, 0) <> g.school_id"
        " AND COALESCE(b.municipality_id, 0) <> s.municipality_id)",
    ),
    *_both(
        # Or a number could be given twice under two “years”. Text: no SQL of both databases
        # takes a month out of a date.
        "order_year_is_that_of_its_register",
        "programs_order",
        "register_id, year_starts_on, year_ends_on",
        "NEW.year_starts_on IS NOT NULL AND NOT EXISTS ("
        " SELECT 1 FROM programs_orderregister b WHERE b.id = NEW.register_id AND ("
        " b.year_starts_in = 1"
        " AND CAST(NEW.year_starts_on AS text) LIKE '____-01-01'"
        " AND CAST(NEW.year_ends_on AS text)"
        " = substr(CAST(NEW.year_starts_on AS text), 1, 4) || '-12-31'"
        " OR b.year_starts_in = 9"
        " AND CAST(NEW.year_starts_on AS text) LIKE '____-09-01'"
        " AND CAST(NEW.year_ends_on AS text)"
        " = CAST(CAST(substr(CAST(NEW.year_starts_on AS text), 1, 4) AS integer) + 1 AS text)"
        " || '-08-31'))",
    ),
    Guard(
        "mentoringgroup_never_changes_school",
        "programs_mentoringgroup",
        "UPDATE OF school_id",
        "NEW.school_id <> OLD.school_id",
    ),
    Guard(
        "order_signed_is_never_changed",
        "programs_order",
        "UPDATE OF number, signed_on, text, register_id, signatory_name, signatory_position",
        # What was typed from a paper order may be corrected, never to before a consent.
        "OLD.signed_on IS NOT NULL AND (NEW.signed_on IS NULL OR NEW.text <> OLD.text"
        f" OR NEW.register_id <> OLD.register_id OR OLD.text <> '{PAPER_TEXT}' AND ("
        " NEW.signed_on <> OLD.signed_on OR NEW.number <> OLD.number"
        " OR NEW.signatory_name <> OLD.signatory_name"
        " OR NEW.signatory_position <> OLD.signatory_position)"
        " OR EXISTS (SELECT 1 FROM programs_mentorappointment a"
        " JOIN programs_orderline l ON l.id = a.order_line_id"
        " WHERE l.order_id = OLD.id AND a.consented_on > NEW.signed_on))",
    ),
    Guard(
        "program_full_needs_an_evaluation",
        "programs_program",
        "UPDATE OF ground",
        "NEW.ground = 'FULL' AND NOT EXISTS (SELECT 1 FROM programs_evaluation e"
        " WHERE e.program_id = NEW.id AND e.member_id IS NULL)",
    ),
    Guard(
        "program_never_starts_closed",
        "programs_program",
        "INSERT",
        "NEW.ground = 'FULL'",
    ),
    Guard(
        "evaluation_of_a_full_program_stays_its_summary",
        "programs_evaluation",
        "UPDATE OF program_id, member_id",
        "OLD.member_id IS NULL"
        " AND (NEW.member_id IS NOT NULL OR NEW.program_id <> OLD.program_id)"
        " AND EXISTS (SELECT 1 FROM programs_program p"
        " WHERE p.id = OLD.program_id AND p.ground = 'FULL')",
    ),
    Guard(
        "evaluation_of_a_full_program_is_kept",
        "programs_evaluation",
        "DELETE",
        "OLD.member_id IS NULL AND EXISTS (SELECT 1 FROM programs_program p"
        " WHERE p.id = OLD.program_id AND p.ground = 'FULL')",
    ),
    *_of_the_case("evaluation_member_is_of_the_case", "programs_evaluation", "member_id"),
    *_of_the_case("agreement_member_is_of_the_case", "programs_programagreement", "member_id"),
    *_both(
        "program_end_moves_only_by_an_extension",
        "programs_program",
        "ends_on, current_ends_on",
        "NEW.current_ends_on <> NEW.ends_on AND NOT EXISTS ("
        " SELECT 1 FROM programs_programextension x"
        " WHERE x.program_id = NEW.id AND x.new_ends_on = NEW.current_ends_on)",
    ),
    *_both(
        "helprequest_member_is_of_the_case",
        "programs_helprequest",
        "group_id, member_id",
        "NOT EXISTS (SELECT 1 FROM programs_groupmember m"
        " WHERE m.id = NEW.member_id AND m.group_id = NEW.group_id)",
    ),
    *_both(
        "meeting_only_in_a_running_program",
        "programs_meeting",
        "program_id, appointment_id, held_on",
        "NOT EXISTS (SELECT 1 FROM programs_program p JOIN programs_mentorappointment a"
        " ON a.group_id = p.group_id"
        " WHERE p.id = NEW.program_id AND a.id = NEW.appointment_id"
        " AND p.approved_on IS NOT NULL AND p.starts_on <= NEW.held_on"
        " AND a.ordered_on IS NOT NULL AND a.starts_on <= NEW.held_on"
        f" AND COALESCE(a.ends_on, {_FAR}) >= NEW.held_on)",
    ),
    *_both(
        "attendance_member_is_of_the_case",
        "programs_attendance",
        "meeting_id, member_id",
        "NOT EXISTS (SELECT 1 FROM programs_meeting t"
        " JOIN programs_program p ON p.id = t.program_id"
        " JOIN programs_groupmember m ON m.group_id = p.group_id"
        " WHERE t.id = NEW.meeting_id AND m.id = NEW.member_id)",
    ),
]
