"""Events of a case in Russian. Passive voice: it needs no gender of the actor."""

from programs.sentences.acquaintance import ACQUAINTANCE
from programs.sentences.chain import CHAIN
from programs.sentences.letters import LETTERS
from programs.sentences.papers import PAPERS
from programs.sentences.programme import CONFIDENTIAL, PROGRAMME

__all__ = ["CONFIDENTIAL", "SENTENCES"]

SENTENCES = {**ACQUAINTANCE, **CHAIN, **LETTERS, **PAPERS, **PROGRAMME}
