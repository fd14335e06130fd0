"""Events of the legal chain in Russian: from the request to the order and the notice."""

CHAIN = {}
