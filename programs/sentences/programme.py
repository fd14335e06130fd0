"""Events of a programme's life in Russian: draft, meetings, evaluation, closing."""

PROGRAMME = {}
