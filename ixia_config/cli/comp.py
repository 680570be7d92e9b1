"""``ixia comp``: what people are paid."""

from __future__ import annotations

import click

from ixia_config.cli.comp_close import close
from ixia_config.cli.comp_explain import explain
from ixia_config.cli.comp_sql import sql
from ixia_config.cli.comp_statement import statement


@click.group(
    short_help="Work out what people are paid, deal by deal.",
    epilog="""\b
Examples:
  ixia comp statement --person ana@acme.example --period 2027-Q1 --records deals.csv
  ixia comp statement --period 2027-Q1 --records deals.csv --output statements
  ixia comp explain --person ana@acme.example --period 2027-Q1 --records deals.csv
  ixia comp close --period 2027-01 --records deals.csv --output closed/2027-01.json
  ixia comp sql --plan ae-2027 --period 2027 --output ae-2027.sql""",
)
def command() -> None:
    """Work out what people are paid by the CompPlans that they are on, deal by deal."""


command.add_command(statement)
command.add_command(explain)
command.add_command(close)
command.add_command(sql)
