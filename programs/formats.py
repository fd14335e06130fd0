"""How a meeting was held, in the words of the place: «урок» at a school, «занятие» elsewhere."""

from programs.choices import MeetingFormat
from schools.words import words_for


def place_of(members, school):
    """Where the mentees (read with ``post__unit``) work: the first branch or kindergarten group
    among them, else the organisation."""
    unit = next((member.post.unit for member in members if member.post.unit_id), None)
    return unit or school


def place_of_meeting(meeting):
    """Where those who were expected at ``meeting`` work."""
    rows = meeting.attendance.select_related("member__post__unit")
    return place_of([row.member for row in rows], meeting.program.group.school)


def format_word(value: str, place) -> str:
    if value == MeetingFormat.LESSON_VISIT:
        return words_for(place).lesson_visit
    return MeetingFormat(value).label


def formats_at(place) -> list[tuple[str, str]]:
    """Choices of a form."""
    return [(value, format_word(value, place)) for value in MeetingFormat.values]
