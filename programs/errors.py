"""The errors that steps of a case raise."""

from schools.errors import DomainError, TransitionError

__all__ = ["DomainError", "TransitionError"]
