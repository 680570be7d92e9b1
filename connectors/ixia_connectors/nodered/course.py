"""The course of a clock in JavaScript: what starts, holds, stops and resets it, and its alarms.

It needs ``CONDITIONS``, ``HOURS``, and the data of one policy as ``SLA`` and ``TESTS`` in front.
The clocks of all records are in the context of the tab, so a restart loses them unless Node-RED
has a store that lasts.
"""

from __future__ import annotations

COURSE = r"""
const S = (() => {
  const MOST = 20000, CHANGES = 100, CLOCKS = "ixia_clocks";
  const now = () => Date.now() * 1000;
  const time = (given, name) => {
    if (given === undefined || given === null) return now();
    try {
      return Number(K.clock(given).now);
    } catch (error) {
      throw new Error(`${name} is no date with time and zone`);
    }
  };
  const since = (signal, change) => {
    const at = signal.field ? change.times[signal.field] : null;
    return at !== null && at !== undefined && at <= change.at ? at : null;
  };
  const holds = (role, change) => {
    const signal = SLA.signals[role];
    if (!signal) return false;
    if (signal.event) return change.event === signal.event || since(signal, change) !== null;
    return (!signal.field || since(signal, change) !== null) && change.tests[role];
  };
  const at = (role, change) => since(SLA.signals[role], change) ?? change.at;
  const ended = (course) => course.stopped ?? course.cancelled;
  const paused = (course) => {
    const last = course.pauses.at(-1);
    return last && last[1] === null ? last[0] : null;
  };
  const begun = (started, restarted) =>
    ({started, pauses: [], stopped: null, cancelled: null, restarted, anew: restarted !== null});
  const closed = (pauses, end) => pauses.filter(([from]) => from < end)
    .map(([from, to]) => [from, Math.min(to ?? end, end)]);
  const reset = (course, change) => {
    const signal = SLA.signals.reset;
    if (!signal) return course;
    const held = holds("reset", change), when = at("reset", change);
    const happened = signal.event === change.event && change.event !== "";
    const again = happened || !course.anew || when !== change.at;
    const last = course.restarted ?? course.started;
    if (held && again && when > last) return begun(when, when);
    return {...course, anew: held};
  };
  const end = (course, change) => {
    for (const [role, name] of [["stop", "stopped"], ["cancel", "cancelled"]])
      if (holds(role, change)) {
        const when = Math.max(at(role, change), course.started);
        return {...course, [name]: when, pauses: closed(course.pauses, when)};
      }
    return course;
  };
  const pause = (course, change) => {
    const held = holds("pause", change), still = paused(course);
    if (held && still === null) {
      const when = at("pause", change), last = course.pauses.at(-1)?.[1] ?? course.started;
      return {...course, pauses: [...course.pauses, [Math.max(when, last), null]]};
    }
    if (!held && still !== null)
      return {...course, pauses: closed(course.pauses, change.at)};
    return course;
  };
  const step = (course, change) => {
    if (course === null) {
      if (!holds("start", change) || !change.applies) return null;
      course = begun(at("start", change), null);
    }
    course = reset(course, change);
    if (ended(course) === null) course = end(course, change);
    return ended(course) !== null ? course : pause(course, change);
  };

  const LONG = 320;  // longer than any address, name or id
  const text = (value) => typeof value === "string" && value.length <= LONG ? value : "";
  const own = (x, key) =>
    x !== null && typeof x === "object" && Object.hasOwn(x, key) ? x[key] : null;
  const read = (record, when, event) => {
    const v = K.values(record, SLA.read), times = {}, tests = {};
    for (const role of Object.keys(SLA.signals)) {
      for (const name of [...SLA.signals[role].times, SLA.signals[role].field].filter((x) => x))
        times[name] = v[name] === null ? null : Number(v[name]);
      if (TESTS[role]) tests[role] = TESTS[role](v);
    }
    const applies = TESTS.when ? TESTS.when(v) : true;
    const place = SLA.targets.findIndex((each, i) => (TESTS[`target ${i}`] ?? (() => true))(v));
    const told = {owner: text(record.owner), team: text(record.team)};
    return {at: when, event, times, tests, applies, place, calendar: calendar(record), told};
  };
  const lead = (record) => {
    const owner = own(SLA.owners, text(record.owner).toLowerCase());
    return own(SLA.leads, text(record.team) || (owner?.team ?? "")) ?? "";
  };
  const named = (record) => {
    const whose = SLA.whose;
    const of = (email) => own(SLA.owners, email.toLowerCase())?.calendar ?? "";
    if (whose.of === "owner") return of(text(record.owner));
    if (whose.of === "team") return of(lead(record));
    if (whose.of === "named") return whose.name;
    return text(whose.name.reduce(own, record));
  };
  const calendar = (record) => {
    if (!SLA.whose) return "";
    const name = named(record);
    return Object.hasOwn(SLA.calendars, name) ? name : SLA.whose.otherwise;
  };

  const measure = (course, place, hours, until) => {
    const target = SLA.targets[place], business = target.within.business;
    const own = business ? hours : null;
    const pauses = course.pauses.map(([a, b]) => [a, b ?? Math.max(a, until)]);
    const reaches = (much) => {
      let left = much, running = course.started, moves = false;
      for (const [i, [from, to]] of pauses.entries()) {
        const passed = H.elapsed(own, running, from);
        if (passed >= left) break;
        left -= passed;
        running = to;
        moves = course.pauses[i][1] === null;
      }
      return {at: H.due(own, running, left), moves};
    };
    const days = target.within.unit === "days" ? target.within.amount : 1;
    const much = target.by !== null && own ? H.by(own, course.started, days, target.by)
      : H.amount(own, course.started, target.within);
    const due = reaches(much), from = (more) => ({at: due.at + more, moves: due.moves});
    const alarm = (each) => {
      if (each.passed) return from(1);
      if (each.used) return reaches(H.part(much, each.used));
      const given = each.left ?? each.late, counts = given.business && own;
      const later = H.amount(counts ? own : null, due.at, given);
      if (each.late) return counts ? reaches(much + later) : from(later);
      if (!counts) return {at: Math.max(due.at - later, course.started), moves: due.moves};
      const before = given.unit === "days" ? H.daysBefore(own, due.at, given.amount) : later;
      return reaches(Math.max(much - before, 0));
    };
    return {due: due.at, alarm, business: own !== null};
  };
  const stand = (kept, at) => {
    const course = step(kept.course, {...kept.last, at, event: ""});
    const last = kept.last;
    if (course === null) return {state: last.applies ? "not started" : "does not apply", up: []};
    const finish = ended(course), until = finish ?? at;
    const final = kept.changes.findLast((each) => each.at <= until) ?? kept.changes[0];
    if (final.place < 0) return {state: "does not apply", up: []};
    const target = SLA.targets[final.place], hours = SLA.calendars[final.calendar] ?? null;
    if (target.within.business && !hours) return {state: "cannot be told", up: []};
    const m = measure(course, final.place, hours, until), still = paused(course);
    const state = course.cancelled !== null ? "cancelled" : until > m.due ? "breached"
      : course.stopped !== null ? "met" : still === null ? "running" : "paused";
    const alarms = SLA.alarms.map((each) => ({timer: each.key, ...m.alarm(each)}));
    return {
      state, target: target.key, calendar: m.business ? final.calendar : "", course, due: m.due,
      up: alarms.filter((each) => each.at <= until),
      waits: finish !== null ? []
        : alarms.filter((each) => each.at > until && !each.moves),
      day: H.dayOf(at, hours?.zone ?? "UTC"), told: final.told,
    };
  };
  const wake = (kept, found, at) => {
    const later = Object.values(kept.last.times).filter((each) => each !== null && each > at);
    const times = [...(found.waits ?? []).map((each) => each.at), ...later];
    return times.length ? Math.min(...times) : null;
  };
  const shown = (id, found) => ({
    policy: SLA.policy, version: SLA.version, id, state: found.state,
    target: found.target ?? "", calendar: found.calendar ?? "",
    started: H.iso(found.course?.started), due: H.iso(found.due),
    stopped: H.iso(found.course?.stopped),
    paused: H.iso(found.course ? paused(found.course) : null),
    waits: (found.waits ?? []).map((each) => ({timer: each.timer, at: H.iso(each.at)})),
  });

  const room = (all) => {
    const isOver = ([, kept]) => kept.course && ended(kept.course) !== null;
    const over = Object.entries(all).filter(isOver);
    if (over.length === 0) throw new Error(`${MOST} clocks run already`);
    const [oldest] = over.reduce((a, b) => b[1].last.at < a[1].last.at ? b : a);
    delete all[oldest];
  };
  const happened = (flow, given) => {
    const {id} = given, record = given.record ?? {};
    const all = flow.get(CLOCKS) ?? {}, key = `record ${id}`;
    if (text(id) === "") throw new Error("id is no text");
    if (typeof record !== "object" || Array.isArray(record)) throw new Error("record is no object");
    const when = time(given.at, "at"), change = read(record, when, text(given.event));
    const known = all[key] ?? null;
    if (known && when < known.last.at)
      throw new Error("at is before the last event of this record: send it as it is now");
    if (!known && Object.keys(all).length >= MOST) room(all);
    const changes = [...(known?.changes ?? []), change].slice(-CHANGES);
    const kept = {
      id, changes, last: change, course: step(known?.course ?? null, change),
      fired: known?.fired ?? {}, version: SLA.version, next: when,
    };
    const found = stand(kept, when);
    all[key] = kept;
    flow.set(CLOCKS, all);
    return {...shown(id, found), reasons: reasons(found)};
  };
  const reasons = (found) => {
    if (!found.course) return [{why: found.state}];
    return [
      {why: `target ${found.target}`}, {why: `started ${H.iso(found.course.started)}`},
      ...found.course.pauses.map(([a, b]) => ({why: `paused ${H.iso(a)} to ${H.iso(b) ?? "now"}`})),
      {why: `${found.state}, due ${H.iso(found.due)}`},
    ];
  };
  const ticked = (flow, given) => {
    const all = flow.get(CLOCKS) ?? {}, at = typeof given === "number" ? given * 1000 : now();
    const up = [];
    let moved = false;
    for (const kept of Object.values(all)) {
      const stale = kept.version !== SLA.version;
      if (!stale && (kept.next === null || kept.next > at)) continue;
      moved = true;
      let found;
      try {
        found = stand(kept, Math.max(at, kept.last.at));
      } catch (error) {
        kept.next = null;
        kept.version = SLA.version;
        continue;
      }
      const started = found.course?.started ?? null;
      if (kept.fired.started !== started) kept.fired = {started, timers: []};
      for (const each of found.up.filter((one) => !kept.fired.timers.includes(one.timer))) {
        kept.fired.timers.push(each.timer);
        up.push({
          policy: SLA.policy, version: SLA.version, id: kept.id, timer: each.timer,
          at: H.iso(each.at),
          state: found.state, target: found.target, due: H.iso(found.due), day: found.day,
          record: found.told, reasons: reasons(found),
        });
      }
      kept.next = wake(kept, found, at);
      kept.version = SLA.version;
    }
    if (moved) flow.set(CLOCKS, all);
    return up.sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
  };
  const standing = (flow, given) => {
    const at = time(given, "now");
    return Object.values(flow.get(CLOCKS) ?? {}).slice(-1000).map((kept) =>
      shown(kept.id, stand(kept, Math.max(at, kept.last.at))));
  };
  return {happened, ticked, standing};
})();
"""
