"""A large, clean configuration repository as text: the same one on every run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

_HEAD = """\
# yaml-language-server: $schema=../schemas/v1/{schema}.schema.json
apiVersion: ixia/v1
kind: {kind}
metadata:
  name: {name}
  title: {title}
  owner: sales-ops
  description: Owned by the revenue operations team; the handbook says more about how it is used
  ticket: OPS-{number}
spec:
"""


def _head(kind: str, name: str, title: str, number: int) -> str:
    schema = {"RecordSchema": "record-schema"}.get(kind, kind.lower())
    return _HEAD.format(schema=schema, kind=kind, name=name, title=title, number=number)


def _stage(number: int, count: int, pipeline: int) -> str:
    probability = 5 + 90 * number // count
    return f"""\
    # Stage {number}: agreed with the regional leads; the handbook explains it with examples
    - key: stage-{number}
      title: "Stage {number}: qualified for {pipeline}"
      definition: What a rep has to know before the deal moves on from this stage to the next
      probability: {probability}%
      forecast: {("pipeline", "best_case", "commit")[number % 3]}
      required: [amount, close_date, field_{number}]
      exit:
        - {{key: pain, title: Pain, when: known(pain) && size(pain) > 9, verified_by: rep}}
        - key: buyer
          title: Economic buyer named, and met at least once by the manager
          when: known(economic_buyer) && amount >= {number + 1}00.50
          verified_by: manager
      age: {{warn: {14 + number} days, breach: {28 + number} days}}
"""


def _pipeline(number: int) -> str:
    stages = "".join(_stage(stage, 6, number) for stage in range(6))
    name = f"pipeline-{number}"
    return (
        _head("Pipeline", name, f"New business {number}", number)
        + "  object: deal\n  create_in: [stage-0]\n  moves: {skip: false, back: false}\n  stages:\n"
        + stages
        + "    - {key: won, title: Closed won, type: won}\n"
        + "    - {key: lost, title: Closed lost, type: lost, reasons: [price, no_decision]}\n"
        + "  retired:\n    - {key: verbal, migrate_to: stage-4}\n"
    )


def _schema(number: int) -> str:
    kinds = ("{type: money, group: Amounts}", "{type: percent}", "{type: text}", "{type: date}")
    fields = "".join(f"    field_{n}: {kinds[n % 4]}\n" for n in range(60))
    choices = "".join(
        f"    choice_{n}:\n      type: choice\n      title: 'Choice {n}'\n      choices:\n"
        + "".join(f"        - value_{value}\n" for value in range(8))
        for n in range(12)
    )
    common = (
        "    amount: {type: money}\n    close_date: {type: date}\n"
        "    pain: {type: text}\n    economic_buyer: {type: person}\n"
    )
    name = f"record-{number}" if number else "deal"
    head = _head("RecordSchema", name, f"Record {number}", number)
    return head + "  currency: USD\n  fields:\n" + common + fields + choices


def _directory(number: int) -> str:
    people = "".join(
        f"    - email: rep-{number}-{n}@acme.example\n      role: sales-ops\n"
        f"      team: team-{number}-{n % 12}\n"
        f"      manager: lead-{number}-{n % 12}@acme.example\n      zone: Europe/Madrid\n"
        f"      from: 2026-03-{n % 28 + 1:02}\n"
        for n in range(100)
    )
    people += "".join(f"    - {{email: lead-{number}-{n}@acme.example}}\n" for n in range(12))
    teams = "".join(
        f"    team-{number}-{n}: {{lead: lead-{number}-{n}@acme.example}}\n" for n in range(12)
    )
    head = _head("Directory", f"people-{number}", f"People {number}", number)
    return head + "  people:\n" + people + "  teams:\n" + teams


def _calendar(number: int) -> str:
    overrides = "".join(f'    2026-12-{day:02}: ["09:00-12:00"]\n' for day in range(1, 29))
    return (
        _head("Calendar", f"calendar-{number}", f"Calendar {number}", number)
        + '  zone: America/New_York\n  week:\n    mon-thu: ["09:00-12:00", "13:00-17:30"]\n'
        + '    fri: ["09:00-16:00"]\n  holidays:\n    region: US\n    also: [2027-01-04]\n'
        + "  overrides:\n"
        + overrides
    )


def _files() -> Iterator[tuple[str, str]]:
    for number in range(209):
        yield f"pipelines/{number:03}.yaml", _pipeline(number)
    for number in range(19):
        yield f"records/{number:03}.yaml", _schema(number)
    for number in range(9):
        yield f"people/{number:03}.yaml", _directory(number)
    calendars = "---\n".join(_calendar(number) for number in range(60))
    yield "calendars.yaml", calendars


@cache
def large_repo() -> Mapping[str, str]:
    """About 1.3 MB in 34,000 lines: pipelines, record schemas, directories, calendars."""
    return dict(_files())
