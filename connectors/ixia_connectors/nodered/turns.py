"""Whose turn it is, in JavaScript: people, hours, caps and the rotation in Node-RED's context."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from ixia_config.sdk.flows import (
    Assign,
    Graph,
    Hours,
    Member,
    Person,
    ToOwner,
    ToPerson,
    ToPool,
    ToQueue,
)

_DAY = date(1970, 1, 1)

ROTATION = "ixia_rotation"
"""Where the global context of Node-RED keeps the rotation of every pool."""


def goal(graph: Graph, node: Assign) -> str:
    """What an assignment needs, as JSON: where it leads, and everybody who can be met there."""
    found: dict[str, Any] = {"rule": node.rule}
    people: dict[str, Person] = {}
    match node.to:
        case ToQueue(queue=queue):
            found |= {"to": "queue", "queue": queue}
        case ToPerson(email=email):
            found |= {"to": "person", "email": email}
            people = _known(graph, [email])
        case ToOwner(path=path):
            found |= {"to": "owner", "path": path.split("."), "reference": _reference(graph, path)}
            people = dict(graph.people)
        case ToPool(pool=name, skills=skills):
            pool = graph.pools.get(name)
            members = pool.members if pool else ()
            found |= {"to": "pool", "pool": name, "method": pool.method if pool else ""}
            found |= {"skills": sorted(skills), "members": [_member(each) for each in members]}
            people = _known(graph, [each.email for each in members])
    calendars = list(dict.fromkeys(json.dumps(hours_data(each)) for each in _calendars(people)))
    found["hours"] = [json.loads(each) for each in calendars]
    found["people"] = {email: _person(each, calendars) for email, each in people.items()}
    return json.dumps(found, sort_keys=True)


def _known(graph: Graph, emails: list[str]) -> dict[str, Person]:
    wanted = sorted({email.lower() for email in emails})
    return {email: graph.people[email] for email in wanted if email in graph.people}


def _calendars(people: dict[str, Person]) -> list[Hours]:
    return [each.hours for each in people.values() if each.hours is not None]


def _reference(graph: Graph, path: str) -> bool:
    """Whether a path leads to a related record, rather than to a field that names a person."""
    fields = graph.fields
    *steps, last = path.split(".")
    for step in steps:
        declared = fields.get(step)
        fields = graph.related.get(declared.to, {}) if declared else {}
    return last in fields and fields[last].type == "reference"


def day_number(day: date | None) -> int | None:
    """Days since 1970."""
    return None if day is None else (day - _DAY).days


def _member(member: Member) -> dict[str, Any]:
    return {
        "email": member.email,
        "weight": member.weight,
        "caps": [member.daily_cap, member.weekly_cap, member.open_cap],
        "skills": sorted(member.skills),
        "start": day_number(member.start),
        "end": day_number(member.end),
    }


def _person(person: Person, calendars: list[str]) -> dict[str, Any]:
    hours = person.hours
    return {
        "email": person.email,
        "name": person.name,
        "zone": person.zone,
        "start": day_number(person.start),
        "end": day_number(person.end),
        "away": [[day_number(start), day_number(end)] for start, end in person.away],
        "hours": None if hours is None else calendars.index(json.dumps(hours_data(hours))),
    }


def hours_data(hours: Hours) -> dict[str, Any]:
    """A calendar as JSON."""
    exceptions = sorted(hours.exceptions.items())
    return {
        "zone": hours.zone,
        "week": hours.week,
        "exceptions": {str(day_number(day)): shifts for day, shifts in exceptions},
        "first": day_number(date(hours.first, 1, 1)),
        "last": day_number(date(hours.last, 12, 31)),
    }


TURNS = r"""
const T = (() => {
  const wall = (now, zone) => {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
      hour: "numeric", minute: "numeric",
    });
    const p = Object.fromEntries(format.formatToParts(now).map((x) => [x.type, +x.value]));
    return {day: Date.UTC(p.year, p.month - 1, p.day) / 86400000, minute: p.hour * 60 + p.minute};
  };
  const weekday = (day) => ((day + 3) % 7 + 7) % 7;
  const within = (day, start, end) =>
    (start === null || start <= day) && (end === null || day < end);
  const open = (hours, now) => {
    const {day, minute} = wall(now, hours.zone);
    return [0, 1, 2].some((back) => {
      const on = day - back;
      if (on < hours.first || on > hours.last) throw new Error("no holidays are known then");
      const shifts = hours.exceptions[on] ?? hours.week[weekday(on)];
      return shifts.some(([from, to]) => from <= minute + back * 1440 && minute + back * 1440 < to);
    });
  };
  const seatOn = (seat, day) => {
    const held = seat ?? {credit: 0, day: null, today: 0, week: 0};
    if (held.day === day) return held;
    const same = held.day !== null && held.day - weekday(held.day) === day - weekday(day);
    return {credit: held.credit, day, today: 0, week: same ? held.week : 0};
  };
  const owner = (goal, record) => {
    let value = record;
    for (const step of goal.path) {
      const there = value !== null && typeof value === "object" && Object.hasOwn(value, step);
      value = there ? value[step] : null;
    }
    if (value !== null && typeof value === "object") value = value.owner;
    else if (goal.reference) return null;
    return typeof value === "string" && value !== "" ? value : null;
  };
  const assign = (goal, d, store) => {
    const now = new Date(d.now);
    const kept = store.get("ixia_rotation") ?? {pools: {}, open: {}};
    const person = (email) => {
      const found = goal.people[email.toLowerCase()];
      if (!found) return [null, "is not in the Directory"];
      const day = wall(now, found.zone).day;
      if (!within(day, found.start, found.end)) return [null, "does not work here then"];
      if (d.excluded.includes(found.email.toLowerCase())) return [null, "had this record before"];
      return [found, ""];
    };
    const given = (email) => {
      kept.open[email] = (kept.open[email] ?? 0) + 1;
      store.set("ixia_rotation", kept);
    };
    const named = (email, why) => {
      if (email === null) return {why: "has no owner"};
      const [found, not] = person(email);
      if (!found) return {why: `${email} ${not}`};
      given(found.email.toLowerCase());
      return {person: found.email, why};
    };
    const hindrance = (member, seats) => {
      const email = member.email.toLowerCase(), [found, not] = person(email);
      if (!found) return not;
      const day = wall(now, found.zone).day, seat = seatOn(seats[email], day);
      if (!within(day, member.start, member.end)) return "is not in the pool then";
      if (!goal.skills.every((skill) => member.skills.includes(skill))) return "lacks a skill";
      const away = found.away.some(([start, end]) => start <= day && day < end);
      if (away || d.absent.includes(email)) return "is away";
      const counts = [seat.today, seat.week, kept.open[email] ?? 0];
      const full = member.caps.some((cap, i) => cap !== null && counts[i] >= cap);
      if (full) return "has as many as may be";
      if (found.hours === null || open(goal.hours[found.hours], now)) return "";
      return "is outside working hours";
    };
    const pick = (turns, able, emails) => {
      const last = emails.indexOf(turns.last), size = emails.length;
      const first = last >= 0 ? last + 1 : turns.place;
      const later = (i) => ((i - first) % size + size) % size;
      const load = (i) => kept.open[emails[i]] ?? 0;
      const credit = (i) => (turns.seats[emails[i]]?.credit ?? 0) + goal.members[i].weight;
      const least = (rank) => able.reduce((a, b) => rank(b) < rank(a) ? b : a);
      if (goal.method === "first_available") return able[0];
      if (goal.method === "weighted") return able.reduce((a, b) => credit(b) > credit(a) ? b : a);
      if (goal.method === "least_loaded") return least((i) => load(i) * size + later(i));
      return least(later);
    };
    const turn = () => {
      const turns = kept.pools[goal.pool] ?? {last: "", place: 0, seats: {}};
      const emails = goal.members.map((member) => member.email.toLowerCase());
      const told = [], able = [];
      goal.members.forEach((member, i) => {
        const weightless = goal.method === "weighted" && member.weight <= 0;
        const not = weightless ? "has no weight" : hindrance(member, turns.seats);
        if (not) told.push(`${member.email} ${not}`); else able.push(i);
      });
      if (able.length === 0) return {why: told.join("; ") || "the pool is empty"};
      const taker = pick(turns, able, emails), email = emails[taker];
      if (goal.method === "weighted") {
        const total = able.reduce((sum, i) => sum + goal.members[i].weight, 0);
        for (const i of able) {
          const held = turns.seats[emails[i]] ?? {credit: 0, day: null, today: 0, week: 0};
          const pays = i === taker ? total : 0;
          turns.seats[emails[i]] = {...held, credit: held.credit + goal.members[i].weight - pays};
        }
      }
      const seat = seatOn(turns.seats[email], wall(now, goal.people[email].zone).day);
      turns.seats[email] = {...seat, today: seat.today + 1, week: seat.week + 1};
      kept.pools[goal.pool] = {last: email, place: taker, seats: turns.seats};
      given(email);
      const why = [`next by ${goal.method}`, ...told].join("; ");
      return {person: goal.members[taker].email, pool: goal.pool, why};
    };
    if (goal.to === "queue") return {queue: goal.queue, why: "waits there"};
    if (goal.to === "person") return named(goal.email, "named by the policy");
    if (goal.to === "owner") return named(owner(goal, d.record), `owns ${goal.path.join(".")}`);
    return turn();
  };
  return {assign};
})();
"""
