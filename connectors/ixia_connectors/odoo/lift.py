"""Live teams and stages as policy documents that lower to exactly what is live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ixia_config.sdk import Address, Lifted, Live, LiveResource
from ixia_connectors.odoo.lifted import bindings, calendar, calendar_name, schema, unsaid
from ixia_connectors.odoo.names import external_id, is_number, slug


@dataclass
class _Lift:
    """One pull on its way: what was written, and which names are taken."""

    live: Live
    documents: list[Mapping[str, Any]] = field(default_factory=list)
    bindings: dict[Address, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    calendars: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)

    @property
    def target(self) -> str:
        """The name of this target in the project; ``crm`` before there is one."""
        return str((self.live.facts.get("targets") or ("crm",))[0])

    def of(self, type_name: str) -> list[LiveResource]:
        return [each for each in self.live.resources if each.type == type_name]

    def team(self, team: LiveResource) -> None:
        """A team with stages is a pipeline; stages without a team go to the first one."""
        stages = self.stages(team)
        if not stages:
            self.lost.append(f"the sales team {team.title} has no stages of its own")
            return
        name = _unique(_name(team), self.taken)
        address = Address("Pipeline", name)
        taken: set[str] = set()
        keys = {each.remote_id: _unique(_key(name, each), taken, sign="_") for each in stages}
        self.bindings[address] = team.remote_id
        self.bindings |= {address.at(key): remote_id for remote_id, key in keys.items()}
        described = [_stage(keys[each.remote_id], each) for each in stages]
        spec = {
            "object": "lead" if not team.fields["deals"] else "deal",
            "stages": described,
            **_external(self.target, name, team, keys),
        }
        self.documents.append(_document("Pipeline", name, team.title, spec))

    def records(self) -> None:
        """The record types that pipelines need; fields of our own belong to the first one."""
        nouns = sorted({each["spec"]["object"] for each in self.documents}) or ["deal"]
        for number, noun in enumerate(nouns):
            self.documents.append(schema(self.live, self.target, noun, owns=number == 0))
        self.bindings |= bindings(self.live, nouns[0])
        self.lost.extend(unsaid(self.live))

    def calendar(self, live: LiveResource) -> None:
        name = _unique(calendar_name(live), self.calendars)
        found = calendar(live, name)
        if found is None:
            self.lost.append(f"the working hours {live.title}")
            return
        self.documents.append(found)
        self.bindings[Address("Calendar", name)] = live.remote_id

    def stages(self, team: LiveResource) -> list[LiveResource]:
        order = team.fields["order"]
        by_id = {each.remote_id: each for each in self.of("stage")}
        found = [by_id[each] for each in order if each in by_id] if isinstance(order, tuple) else []
        own = [each for each in found if each.parent == team.remote_id]
        free = [each for each in found if not each.raw["team_ids"]]
        if own:
            return own
        mine = [each for each in free if each.remote_id not in self.placed]
        self.placed |= {each.remote_id for each in mine}
        return mine


def lift(live: Live) -> Lifted:
    """Describe everything that was read, as far as the language can say it."""
    work = _Lift(live)
    for team in work.of("team"):
        work.team(team)
    work.records()
    for hours in work.of("calendar"):
        work.calendar(hours)
    for stage in work.of("stage"):
        if stage.remote_id not in work.bindings.values():
            work.lost.append(f"the stage {stage.title} belongs to several teams, or to none")
    for name in ("gate", "timer", "reason"):
        words = {"gate": "the gate", "timer": "the timer", "reason": "the reason for losing"}
        work.lost.extend(f"{words[name]} {each.title}" for each in work.of(name))
    return Lifted(tuple(work.documents), work.bindings, tuple(work.lost))


def _name(team: LiveResource) -> str:
    """The name that our own external id carries, else one made of the title."""
    own = team.remote_id.removeprefix("pipeline__")
    return own if external_id("pipeline", own) == team.remote_id else slug(team.title)


def _key(pipeline: str, stage: LiveResource) -> str:
    own = stage.remote_id.removeprefix(f"stage__{pipeline}__")
    ours = external_id("stage", pipeline, own) == stage.remote_id
    return own if ours else slug(stage.title, sign="_")


def _stage(key: str, stage: LiveResource) -> dict[str, Any]:
    described: dict[str, Any] = {"key": key, "title": stage.title}
    if stage.fields["won"]:
        described["type"] = "won"
    if stage.fields.get("definition"):
        described["definition"] = str(stage.fields["definition"])
    if stage.fields.get("rots"):
        described["age"] = {"warn": f"{stage.fields['rots']} days"}
    return described


def _external(
    target: str, name: str, team: LiveResource, keys: Mapping[str, str]
) -> dict[str, Any]:
    """Numbers of what is not ours; ours is known by its name."""
    foreign = {key: remote_id for remote_id, key in keys.items() if is_number(remote_id)}
    if not foreign and team.remote_id == external_id("pipeline", name):
        return {}
    own = str(team.raw["id"])
    found: dict[str, Any] = {"id": own}
    return {"external": {target: {**found, "stages": foreign} if foreign else found}}


def _document(kind: str, name: str, title: str, spec: Mapping[str, Any]) -> dict[str, Any]:
    metadata = {"name": name, "title": title}
    return {"apiVersion": "ixia/v1", "kind": kind, "metadata": metadata, "spec": dict(spec)}


def _unique(wanted: str, taken: set[str], *, sign: str = "-") -> str:
    found, number = wanted, 2
    while found in taken:
        found = f"{wanted}{sign}{number}"
        number += 1
    taken.add(found)
    return found
