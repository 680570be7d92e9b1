"""Reasons as indented lines, to be looked at in a snapshot."""


def lines(reasons, depth=0):
    """One line for each reason, those below it further in."""
    for reason in reasons:
        parts = (reason.subject, reason.verdict.value, reason.why)
        yield "  " * depth + "  ".join(part for part in parts if part)
        yield from lines(reason.below, depth + 1)


def text(reasons):
    """All reasons as one text."""
    return "\n".join(lines(reasons))
