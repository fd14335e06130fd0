"""Errors of the domain: the person can read them, the caller can tell them apart."""


class DomainError(Exception):
    """A rule said no. ``code`` is for tests and logs, ``message`` for the person, in Russian.

    ``field`` names the form field that the person should mend, '' for the whole form.
    """

    def __init__(self, code: str, message: str, *, field: str = ""):
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class TransitionError(DomainError):
    """The step may not be taken from here; nothing has changed."""
