"""What is proved about the rules of policies: gaps, shadows, overlaps, effects of a change."""

from ixia_config.kinds.proofs.book import Book, Line
from ixia_config.kinds.proofs.books import books
from ixia_config.kinds.proofs.check import Depth, Proof, answers, proofs, proved, unasked

__all__ = [
    "Book",
    "Depth",
    "Line",
    "Proof",
    "answers",
    "books",
    "proofs",
    "proved",
    "unasked",
]
