"""Words of a case for templates."""

from django import template

from programs.states import State

register = template.Library()

TONES = {
    State.RUNNING: "good",
    State.APPROVED: "info",
    State.COMPLETED: "good",
    State.ENDED_EARLY: "neutral",
    State.WITHDRAWN: "neutral",
    State.PAUSED: "neutral",
}


@register.filter
def state_word(code: str) -> str:
    """The state in Russian."""
    return State(code).label


@register.filter
def state_tone(code: str) -> str:
    """Tone of the badge; what waits for somebody is «wait», never red."""
    return TONES.get(State(code), "wait")
