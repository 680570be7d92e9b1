"""Approvals in JavaScript: who is asked for a request, and where their answers lead.

It needs ``CONDITIONS``, ``HOURS``, and the data of one policy as ``ASKING`` and ``TESTS`` in front.
Requests are in the context of the tab, so a restart loses them unless Node-RED has a store that
lasts.
"""

from __future__ import annotations

VOTING = r"""
const V = (() => {
  const MOST = 5000, ANSWERS = 200, REQUESTS = "ixia_requests";
  const own = (x, key) => x !== null && typeof x === "object" && Object.hasOwn(x, key);
  const LONG = 320;  // longer than any address, name or id
  const short = (x) => typeof x === "string" && x !== "" && x.length <= LONG;
  const time = (given, name) => {
    try {
      return Number(K.clock(given ?? undefined).now);
    } catch (error) {
      throw new Error(`${name} is no date with time and zone`);
    }
  };
  const dayIn = (given) => typeof given === "string"
    ? Date.UTC(+given.trim().slice(0, 4), +given.trim().slice(5, 7) - 1, +given.trim().slice(8, 10))
      / 86400000 : H.dayOf(Date.now() * 1000, "UTC");
  const inside = (day, start, end) =>
    (start === null || start <= day) && (end === null || day < end);
  const unique = (list) => [...new Set(list)];

  const room = (record, submitter, given) => {
    const v = K.values(record, ASKING.read), c = K.clock(given ?? undefined), day = dayIn(given);
    const people = ASKING.people, person = (email) => own(people, email) ? people[email] : null;
    const text = (name) => typeof record[name] === "string" ? record[name].toLowerCase() : "";
    const base = (name) => name === "submitter" ? submitter : text(name);
    const parties = {submitter, owner: text("owner")};
    const barred = ASKING.barred.map((each) => parties[each]);
    const working = (email) => {
      const found = person(email);
      return found !== null && inside(day, found.start, found.end);
    };
    const above = (email) => {
      const chain = [], seen = new Set([email]), over = (each) => person(each)?.manager;
      for (let boss = over(email); boss && !seen.has(boss); boss = over(boss)) {
        chain.push(boss);
        seen.add(boss);
      }
      return chain;
    };
    const holding = (key, name) => Object.keys(people).sort()
      .filter((email) => people[email][key] === name && working(email));
    const holders = ({by, name, level}) => {
      if (by === "role" || by === "team") return holding(by, name);
      if (by === "person") return [name.toLowerCase()];
      if (by === "manager") return above(base(name)).slice(level - 1, level);
      if (by === "field") return [base(name)].filter((each) => each);
      return (own(ASKING.pools, name) ? ASKING.pools[name] : [])
        .filter((each) => inside(day, each.start, each.end) && working(each.email))
        .map((each) => each.email);
    };
    const stands = (each, email) => {
      if (each.instead_of !== email || !inside(day, each.start, each.end)) return false;
      if (barred.includes(each.person) || !working(each.person)) return false;
      if (each.test !== null && !TESTS[each.test](v, c)) return false;
      if (each.limit === null) return true;
      return K.order("<=", v[each.field] ?? null, {n: BigInt(each.limit[0]), s: each.limit[1]});
    };
    const stand = (email) => {
      const line = [email];
      for (;;) {
        const found = ASKING.stands.find((each) => stands(each, line.at(-1)));
        if (!found) return {person: line.at(-1), instead_of: line.length > 1 ? email : ""};
        if (line.includes(found.person)) return {person: email, instead_of: ""};
        line.push(found.person);
      }
    };
    const able = (list) =>
      list.filter((each) => working(each) && !barred.includes(each)).map(stand);
    const away = (email) => person(email).away.some(([start, end]) => start <= day && day < end);
    const candidates = (list) => {
      const wanted = unique(list);
      let found = able(wanted);
      for (const boss of unique(wanted.flatMap(above)))
        if (found.length === 0) found = able([boss]);
      const by = new Map(found.map((each) => [each.person, each]));
      const there = [...by.values()].filter((each) => !away(each.person));
      return there.length ? there : [...by.values()];
    };
    const further = (silence, seats) => {
      let last = seats.flatMap((seat) => seat.people.map((each) => each.person));
      return (silence?.further ?? []).map(({after, to}) => {
        const bosses = () => last.map((each) => above(each)[0]).filter((each) => each);
        const asked = candidates(to ? holders(to) : bosses());
        if (asked.length) last = asked.map((each) => each.person);
        return {after, people: asked};
      });
    };
    const same = (a, b) => a.mode === b.mode && a.need <= b.need
      && JSON.stringify(a.seats) === JSON.stringify(b.seats);
    const walk = () => {
      const steps = [], reasons = [];
      let key = ASKING.start, rule = "";
      for (;;) {
        const node = ASKING.nodes[key];
        if (node.outcome !== undefined) {
          const outcome = node.outcome === "approved" && steps.length
            ? "needs approval" : node.outcome;
          return {outcome, rule, steps, reasons};
        }
        if (node.cases) {
          const found = node.cases.find((each) => TESTS[each.test](v, c));
          if (found) reasons.push({rule: found.rule, why: found.why});
          if (found && node.rules) rule = found.rule;
          key = found ? found.next : node.otherwise;
          continue;
        }
        const seats = node.approvers.map((each) =>
          ({label: each.label, people: candidates(holders(each))}));
        const {title, mode, need, comment, evidence, silence, part} = node;
        const asked = {title, mode, need, comment, evidence, silence, part, seats,
          further: further(silence, seats)};
        const others = steps.filter((each) => each.part !== part);
        if (part === "" || !others.some((each) => same(asked, each))) steps.push(asked);
        key = node.approved;
      }
    };
    return walk();
  };

  const most = (seats, people) => {
    if (seats.length === 1) return seats[0].filter((each) => people.has(each)).length;
    const taken = new Map();
    const sits = (seat, asked) => {
      const free = seats[seat].filter((each) => people.has(each) && !asked.has(each));
      for (const email of free.sort()) {
        asked.add(email);
        if (!taken.has(email) || sits(taken.get(email), asked)) {
          taken.set(email, seat);
          return true;
        }
      }
      return false;
    };
    return seats.filter((_, seat) => sits(seat, new Set())).length;
  };
  const poll = (step, begins) => {
    const hours = ASKING.calendars[step.silence?.calendar ?? ""] ?? null;
    const after = (given) => {
      const used = given.business ? hours : null;
      return H.due(used, begins, H.amount(used, begins, given));
    };
    const due = step.silence ? after(step.silence.within) : null;
    const marks = step.further.map((each) => after(each.after));
    const rejects = step.silence?.then === "reject", yes = new Set(), no = new Set();
    const level = (at) => marks.filter((mark) => mark <= at).length;
    const late = (at) => due !== null && at >= due;
    const seats = (at) => {
      const more = step.further.slice(0, level(at)).flatMap((each) => each.people);
      return step.seats.map((seat) => unique([...seat.people, ...more].map((each) => each.person)));
    };
    const status = (answer) => {
      const asked = seats(answer.at);
      if (step.mode === "any") return answer.approves ? "approved" : "rejected";
      let done, lost;
      if (step.mode === "all") {
        done = asked.every((seat) => seat.some((each) => yes.has(each)));
        lost = no.size > 0;
      } else {
        const left = new Set(asked.flat().filter((each) => !no.has(each)));
        done = most(asked, yes) >= step.need;
        lost = most(asked, left) < step.need;
      }
      return lost ? "rejected" : done ? "approved" : "waiting";
    };
    const refusal = (answer) => {
      if (!seats(answer.at).flat().includes(answer.person)) return "is not asked";
      if (yes.has(answer.person) || no.has(answer.person)) return "has answered";
      return step.comment && !answer.comment.trim() ? "must say why" : "";
    };
    const count = (answers) => {
      for (const [place, answer] of answers.entries()) {
        if (late(answer.at) && rejects) break;
        if (refusal(answer)) continue;
        (answer.approves ? yes : no).add(answer.person);
        const found = status(answer);
        if (found !== "waiting") return [found, answer.at, answers.slice(place + 1)];
      }
      return ["waiting", begins, []];
    };
    return {count, due, late, level, marks, no, refusal, rejects, seats, yes};
  };
  const progress = (kept, at) => {
    if (kept.outcome === "approved" || kept.outcome === "not concerned")
      return {status: "approved", step: 0, waiting: [], times: []};
    if (kept.outcome !== "needs approval")
      return {status: "rejected", step: 0, waiting: [], times: []};
    let begins = kept.at, heard = kept.answers.filter((each) => each.at <= at);
    heard = heard.map((each, i) => [each, i]).sort(([a, i], [b, j]) => a.at - b.at || i - j)
      .map(([each]) => each);
    for (const [place, step] of kept.steps.entries()) {
      const p = poll(step, begins);
      let status;
      [status, begins, heard] = p.count(heard.filter((each) => each.at >= begins));
      if (status === "waiting" && p.rejects && p.late(at)) status = "rejected";
      if (status === "approved") continue;
      const open = unique(p.seats(at).flat()).filter((each) => !p.yes.has(each) && !p.no.has(each));
      const order = unique([...step.seats.flatMap((seat) => [...seat.people,
        ...step.further.slice(0, p.level(at)).flatMap((each) => each.people)])]
        .map((each) => each.person));
      return {
        status, step: place, due: p.due, level: p.level(at), overdue: p.late(at), poll: p,
        waiting: status === "waiting" ? order.filter((each) => open.includes(each)) : [],
        times: status === "waiting" ? [p.due, ...p.marks] : [],
      };
    }
    return {status: "approved", step: kept.steps.length, waiting: [], times: []};
  };

  const shown = (kept, at) => {
    const found = progress(kept, at);
    return {
      policy: ASKING.policy, version: kept.version, id: kept.id, outcome: kept.outcome,
      rule: kept.rule, status: found.status, step: found.step, of: kept.steps.length,
      waiting_for: found.waiting, due: H.iso(found.due ?? null), level: found.level ?? 0,
      overdue: found.overdue ?? false,
      reasons: [...kept.reasons, ...kept.answers.map((each) => ({
        rule: each.person, why: `${each.approves ? "yes" : "no"} ${each.comment}`.trim(),
      }))],
    };
  };
  const told = (kept, at) => {
    const found = progress(kept, at), out = [], step = kept.steps[found.step];
    const say = (key, action, to, when) => {
      if (kept.said.includes(key)) return;
      kept.said.push(key);
      const {reasons, ...rest} = shown(kept, at);
      const title = step?.title ?? "", evidence = step?.evidence ?? "";
      out.push({...rest, action, to, at: H.iso(when), title, evidence, reasons});
    };
    if (found.status !== "waiting") {
      const silent = found.overdue && found.poll.rejects;
      say("over", found.status, [kept.submitter], silent ? found.due : at);
    } else {
      say(`${found.step} ask`, "ask", found.waiting, at);
      for (let level = 1; level <= found.level; level++)
        say(`${found.step} level ${level}`, "escalate", found.waiting, found.poll.marks[level - 1]);
      if (found.overdue && step.silence.then === "remind")
        say(`${found.step} late`, "remind", found.waiting, found.due);
    }
    const later = found.times.filter((each) => each !== null && each > at);
    kept.next = later.length ? Math.min(...later) : null;
    return out;
  };
  const open = (all) => {
    const over = Object.entries(all).filter(([, kept]) => kept.said.includes("over"));
    if (over.length === 0) throw new Error(`${MOST} requests wait already`);
    const [oldest] = over.reduce((a, b) => b[1].at < a[1].at ? b : a);
    delete all[oldest];
  };
  const requested = (flow, given) => {
    const {id, submitter} = given, record = given.record ?? {}, all = flow.get(REQUESTS) ?? {};
    if (!short(id)) throw new Error("id is no text");
    if (!short(submitter)) throw new Error("submitter is no text");
    if (typeof record !== "object" || Array.isArray(record)) throw new Error("record is no object");
    const at = time(given.now, "now"), key = `request ${id}`;
    if (own(all, key) && !all[key].said.includes("over"))
      throw new Error("this request waits already: send another id");
    if (!own(all, key) && Object.keys(all).length >= MOST) open(all);
    const found = room(record, submitter.toLowerCase(), given.now);
    const kept = {...found, id, submitter, at, answers: [], said: [], version: ASKING.version};
    const out = told(kept, at);
    all[key] = kept;
    flow.set(REQUESTS, all);
    return [shown(kept, at), out];
  };
  const voted = (flow, given) => {
    const all = flow.get(REQUESTS) ?? {}, key = `request ${given.id}`;
    if (!own(all, key)) throw new Error("no request has this id");
    if (!short(given.person)) throw new Error("person is no text");
    if (typeof given.approves !== "boolean") throw new Error("approves is neither true nor false");
    const kept = all[key], at = time(given.at, "at");
    const comment = typeof given.comment === "string" ? given.comment.slice(0, 2000) : "";
    const answer = {person: given.person.toLowerCase(), approves: given.approves, at, comment};
    const before = progress(kept, at);
    if (before.status !== "waiting") throw new Error(`the request is ${before.status}`);
    const why = before.poll.refusal(answer);
    if (why) throw new Error(`${given.person} ${why}`);
    if (at < (kept.answers.at(-1)?.at ?? kept.at))
      throw new Error("at is before the last answer to this request");
    if (kept.answers.length >= ANSWERS) throw new Error("too many answers");
    kept.answers.push(answer);
    const out = told(kept, at);
    flow.set(REQUESTS, all);
    return [shown(kept, at), out];
  };
  const ticked = (flow, given) => {
    const all = flow.get(REQUESTS) ?? {};
    const at = (typeof given === "number" ? given : Date.now()) * 1000;
    const due = Object.values(all).filter((kept) => kept.next !== null && kept.next <= at);
    const out = due.flatMap((kept) => told(kept, at));
    if (due.length) flow.set(REQUESTS, all);
    return out;
  };
  const standing = (flow, given) => {
    const at = time(given, "now");
    return Object.values(flow.get(REQUESTS) ?? {}).slice(-1000)
      .map((kept) => shown(kept, Math.max(at, kept.at)));
  };
  return {requested, standing, ticked, voted};
})();
"""
