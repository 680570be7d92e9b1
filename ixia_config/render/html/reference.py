"""The rest of the handbook: how figures are counted, who may change what, people, fields."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.kinds.change_policy.spec import ChangePolicy, Freeze, Rule, Selection
from ixia_config.kinds.directory.spec import Directory, Person
from ixia_config.kinds.metric.spec import Input, Metric
from ixia_config.kinds.policy import Policy
from ixia_config.kinds.record_schema.spec import Field, RecordSchema
from ixia_config.render.html.page import Card, facts, listing, pill, table
from ixia_config.render.html.tags import Content, joined, tag
from ixia_config.render.html.view import View, about, anchor, spaced
from ixia_config.render.spoken import Vocabulary, sentence, spoken
from ixia_config.render.wording import capital, clean, listed

_SHOWN = 400  # rows of one table
_TYPES = {
    "text": "text",
    "integer": "whole number",
    "decimal": "number",
    "money": "money",
    "percent": "percentage",
    "boolean": "yes or no",
    "date": "date",
    "datetime": "date and time",
    "duration": "duration",
    "choice": "choice",
    "choices": "several choices",
    "person": "person",
    "reference": "link",
}


def metric_card(policy: Policy[Metric], view: View) -> Card:
    """One figure."""
    spec = policy.body.spec
    known = view.vocabulary(spec.of)
    when = f", when {spoken(spec.when, known)}" if spec.when else ""
    pairs: list[tuple[str, Content]] = [
        ("Of", f"{capital(spaced(spec.of))}s{when}"),
        ("Figure", tag("code", clean(spec.formula))),
        *((f"{capital(spaced(name))}", _input(each, known)) for name, each in spec.inputs.items()),
        ("By", listed([known.title(each) for each in spec.by])),
        ("In the period of", known.title(spec.date) if spec.date else ""),
    ]
    period = ((f"each {spec.period}", ""),) if spec.period else ()
    marks = ((spec.unit, ""), *period, *view.mark(policy))
    return Card(anchor(policy), clean(policy.title), facts(pairs), marks, about(policy))


def _input(found: Input, known: Vocabulary) -> str:
    when = f", when {spoken(found.when, known)}" if found.when else ""
    ever = f", ever in {spaced(found.ever_in)}" if found.ever_in else ""
    return f"{_taken(found, known)}{when}{ever}"


def _taken(found: Input, known: Vocabulary) -> str:
    if found.filled is not None:
        return f"records with {known.title(found.filled)}"
    if found.distinct is not None:
        return f"different values of {known.title(found.distinct)}"
    if found.number is not None:
        return f"{found.number:,f}"
    if found.metric is not None:
        return f"the figure {spaced(found.metric)}"
    for word in ("sum", "mean", "median", "smallest", "largest"):
        amount = getattr(found, word)
        if amount is not None:
            what = known.title(amount.field) if amount.field else ""
            if amount.between is not None:
                start, end = known.title(amount.between.from_), known.title(amount.between.to)
                what = f"time from {start} to {end}"
            times = "".join(f" times {known.title(each)}" for each in amount.times)
            return f"{word} of {what}{times}"
    return "number of records"


def change_policy_card(policy: Policy[ChangePolicy], view: View) -> Card:
    """Who must approve changes of the configuration, and when none is applied."""
    spec = policy.body.spec
    parts: list[Content] = []
    if spec.rules:
        parts.append(listing([_rule(each) for each in spec.rules]))
    if spec.freeze:
        parts += [tag("h4", "Freezes"), listing([_freeze(each) for each in spec.freeze])]
    if spec.waivers:
        waived = [
            f"{spaced(each.of)} until {each.until}: {clean(each.reason)}" for each in spec.waivers
        ]
        parts += [tag("h4", "Exceptions"), listing(waived)]
    where = listed([clean(each) for each in spec.environments]) or "everywhere"
    return Card(
        anchor(policy),
        clean(policy.title),
        joined(parts),
        ((where, ""), *view.mark(policy)),
        about(policy),
    )


def _rule(rule: Rule) -> str:
    if rule.approve is None:
        return f"{capital(_selected(rule.when))}: never applied ({clean(rule.deny or '')})"
    who = " or ".join(spaced(each) for each in rule.approve.roles)
    author = ", not by the author" if rule.approve.not_author else ""
    return f"{capital(_selected(rule.when))}: {rule.approve.need} approval by {who}{author}"


def _selected(found: Selection) -> str:
    words = [listed([*found.kinds, *(spaced(each) for each in found.policies)])]
    words += [f"{listed(list(found.verbs))}" if found.verbs else ""]
    words += [f"fields {listed([clean(each) for each in found.fields])}" if found.fields else ""]
    words += [f"at least {found.records:,} records" if found.records is not None else ""]
    words += [f"risk {found.risk} or more" if found.risk else ""]
    return ", ".join(each for each in words if each) or "every change"


def _freeze(found: Freeze) -> str:
    when = f"{found.from_ or ''} to {found.to or ''}"
    if found.quarter_end is not None:
        end = found.quarter_end
        when = f"last {end.days_before} and first {end.days_after} days of a quarter"
    elif found.outside is not None:
        when = f"while {spaced(found.outside)} is closed"
    why = f": {clean(found.reason)}" if found.reason else ""
    return f"{capital(_selected(found.when))}, {when}{why}"


def people_card(policy: Policy[Directory], view: View) -> Card:
    """Who works here."""
    spec = policy.body.spec
    rows = [_person(each, view) for each in spec.people[:_SHOWN]]
    left = len(spec.people) - len(rows)
    more = tag("p", f"and {left:,} more", class_="soft small") if left else None
    head = ("Person", "Role", "Team", "Manager", "Works in")
    queues = [
        f"{clean(each.title) if each.title else spaced(name)}: emptied by {view.whom(each.owner)}"
        for name, each in spec.queues.items()
    ]
    body = joined(
        [
            table("People", head, rows) if rows else None,
            more,
            [tag("h4", "Queues"), listing(queues)] if queues else None,
        ]
    )
    return Card(
        anchor(policy), capital(clean(policy.title)), body, view.mark(policy), about(policy)
    )


def _person(person: Person, view: View) -> tuple[str, ...]:
    return (
        clean(person.name or person.email),
        spaced(person.role or ""),
        view.whom(person.team) if person.team else "",
        view.person(person.manager) if person.manager else "",
        clean((person.zone or "").rsplit("/", 1)[-1].replace("_", " ")),
    )


def schema_card(policy: Policy[RecordSchema], view: View) -> Card:
    """The fields of one record type."""
    fields = policy.body.spec.fields
    rows = [(*_named(name, each), _meaning(each)) for name, each in fields.items()][:_SHOWN]
    made = table("Fields", ("Field", "Kind", "What it means"), rows)
    title = f"Fields of a {spaced(policy.name)}"
    return Card(anchor(policy), clean(title), made, view.mark(policy), about(policy))


def _named(name: str, field: Field) -> tuple[Content, Content]:
    title = clean(field.title) if field.title else capital(spaced(name))
    marks = [pill(word, colour) for word, colour in _marks(field)]
    return title, joined([_TYPES[field.type], *([" ", *marks] if marks else [])])


def _marks(field: Field) -> Iterator[tuple[str, str]]:
    if field.required:
        yield "required", "accent"
    if field.sensitive:
        yield "sensitive", "warn"


def _meaning(field: Field) -> str:
    told = clean(field.description) if field.description else ""
    choices = listed(list(field.choice_titles.values()), 12)
    return ". ".join(each for each in (told, clean(choices)) if each)


__all__ = [
    "change_policy_card",
    "metric_card",
    "people_card",
    "schema_card",
    "sentence",
]
