"""Events of a case in Russian. Passive voice: it needs no gender of the actor."""

SENTENCES = {}
