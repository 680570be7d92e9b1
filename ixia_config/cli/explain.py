"""``ixia explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, common, reports

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Explain a code such as IX307.",
    epilog="""\b
Examples:
  ixia explain IX307
  ixia explain exits      (what each exit code means)
  ixia explain codes      (a list of every code)""",
)
@click.argument("topic", metavar="CODE")
@reports("text", "json", "markdown")
@common
def command(place: Place, shown: Terminal, topic: str, form: str) -> int:
    """Explain the code of an error, with an example that is wrong and one that is right."""
    from ixia_config.cli.formats import chosen
    from ixia_config.cli.topics import codes, exits
    from ixia_config.codes import documentation, nearest, registry
    from ixia_config.exits import Exit
    from ixia_config.render import code_json, code_markdown, code_text

    del place  # a code means the same everywhere
    if topic in ("codes", "exits"):
        shown.say(codes() if topic == "codes" else exits())
        return Exit.OK
    found = registry().get(topic.upper())
    if found is None:
        near = nearest(topic, registry())
        hint = f"; did you mean {near}?" if near else ""
        raise click.UsageError(f"there is no code {topic!r}{hint} (ixia explain codes lists all)")
    doc = documentation(found)
    told = chosen(
        form,
        text=lambda: code_text(doc, shown.style),
        json=lambda: code_json(doc),
        markdown=lambda: code_markdown(doc),
    )
    shown.say(told)
    return Exit.OK
