"""The documentation of a code: what it means, how it looks wrong and how it looks right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ixia_config.codes import Documentation
from ixia_config.render.layout import WIDTH, wrap
from ixia_config.render.markup import block
from ixia_config.render.plan_json import written
from ixia_config.render.style import PLAIN, Role, Style


def code_text(doc: Documentation, style: Style = PLAIN) -> str:
    """What ``ixia explain IX307`` prints."""
    title = wrap(f"{doc.code} ({doc.severity}): {_unquoted(doc.title)}", WIDTH)
    lines = [*(style.paint(Role.STRONG, line) for line in title), ""]
    lines += _paragraphs(doc.text.rstrip())
    for word, example in (("Wrong:", doc.bad), ("Right:", doc.good)):
        if example:
            lines += [style.paint(Role.STRONG, word), *_indented(example), ""]
    return "\n".join(lines).rstrip() + "\n"


def _unquoted(text: str) -> str:
    return text.replace("``", "`")


def _indented(example: str) -> list[str]:
    return [f"    {line}".rstrip() for line in example.splitlines()]


def _paragraphs(text: str) -> Iterator[str]:
    """Prose wrapped anew; what is indented stays as it is."""
    waiting: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip() and not line.startswith((" ", "- ", "* ")):
            waiting.append(line.strip())
            continue
        if waiting:
            yield from wrap(_unquoted(" ".join(waiting)), WIDTH - 8)
            waiting = []
        yield _unquoted(line)


def code_markdown(doc: Documentation) -> str:
    """One section of the reference of codes."""
    lines = [f"## {doc.code}", "", f"*{doc.severity}*: **{_unquoted(doc.title)}**", ""]
    lines += [_unquoted(line) for line in doc.text.splitlines()]
    for word, example in (("Wrong:", doc.bad), ("Right:", doc.good)):
        if example:
            lines += ["", word, "", *block(example.splitlines(), "yaml")]
    return "\n".join(lines).rstrip() + "\n"


def code_json(doc: Documentation) -> str:
    """The same as data."""
    return written(
        {
            "code": doc.code,
            "severity": doc.severity.value,
            "title": doc.title,
            "text": doc.text,
            "bad": doc.bad,
            "good": doc.good,
        }
    )


def codes_markdown(docs: Iterable[Documentation]) -> str:
    """The reference of all codes."""
    return "# Codes\n\n" + "\n".join(code_markdown(doc) for doc in docs)
