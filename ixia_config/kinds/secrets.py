"""Recognises secrets that were written into a file, so that no message repeats them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.codes import LiteralSecret
from ixia_config.language import Document
from ixia_config.model import Mark

# Shapes that nothing but a credential has. Each starts with a fixed text, which keeps the search
# through a large repo cheap.
_ISSUED = re.compile(
    r"pat-[a-z]{2,3}[0-9]{0,2}-[0-9a-f-]{16,}"  # HubSpot private app
    r"|00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{20,}"  # Salesforce session
    r"|xox[abprs]-[A-Za-z0-9-]{10,}"  # Slack
    r"|gh[pousr]_[A-Za-z0-9]{20,}"  # GitHub
    r"|[sr]k_(?:live|test)_[A-Za-z0-9]{10,}"  # Stripe
    r"|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*"  # JSON web token
)
_OPAQUE = re.compile(r"[A-Za-z0-9+/=_.!~-]{20,}")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")


def issued(text: str) -> bool:
    """Whether a text holds a credential of a shape that some system issues."""
    return _ISSUED.search(text) is not None


def opaque(text: str) -> bool:
    """Whether a text is long and random enough to be a secret rather than a word."""
    if issued(text):
        return True
    digits = sum(character.isdigit() for character in text)
    return _OPAQUE.fullmatch(text) is not None and digits >= 4 and any(map(str.isalpha, text))


def masked(text: str) -> str:
    """The text with every credential of a known shape hidden, for excerpts of a line."""
    return _ISSUED.sub("***", text)


def plausible(variable: str) -> bool:
    """Whether this is the name of an environment variable, rather than what one holds."""
    return _VARIABLE.fullmatch(variable) is not None or not opaque(variable)


def written_out(document: Document) -> Iterator[Diagnostic]:
    """Every secret of a known shape in a document, comments included."""
    for found in _ISSUED.finditer(document.text):
        start = document.text.rfind("\n", 0, found.start()) + 1
        line = document.line + document.text.count("\n", 0, found.start())
        column = found.start() - start + 1
        yield LiteralSecret(mark=Mark(document.file, line, column, len(found[0])))
