"""Errors of the domain, under the name that the case uses."""

from schools.errors import DomainError, TransitionError

__all__ = ["DomainError", "TransitionError"]
