"""One line for a refusal in a test."""

from contextlib import contextmanager

import pytest

from schools.errors import DomainError


@contextmanager
def refused(code: str, field: str | None = None):
    """The block is refused with ``code``, at ``field`` where one is named."""
    with pytest.raises(DomainError) as caught:
        yield caught
    assert caught.value.code == code, caught.value.message
    assert caught.value.message
    if field is not None:
        assert caught.value.field == field
