"""Business time in JavaScript: a timetable of the hours that a graph has as plain data.

Times are whole microseconds since 1970 as plain numbers, which are exact until the year 2255.
"""

from __future__ import annotations

HOURS = r"""
const H = (() => {
  const SECOND = 1000000, MINUTE = 60 * SECOND, DAY = 1440 * MINUTE;
  const UNITS = {minutes: MINUTE, hours: 60 * MINUTE, days: DAY, weeks: 7 * DAY};
  const formats = {};
  const offset = (at, zone) => {
    const format = formats[zone] ??= new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
      hour: "numeric", minute: "numeric", second: "numeric",
    });
    const second = Math.floor(at / SECOND) * 1000;
    const p = Object.fromEntries(format.formatToParts(second).map((x) => [x.type, +x.value]));
    return (Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - second) * 1000;
  };
  const jump = (low, high, zone) => {
    const moved = offset(high, zone);
    while (high - low > SECOND) {
      const middle = Math.floor((low + high) / 2 / SECOND) * SECOND;
      if (middle <= low) break;
      if (offset(middle, zone) === moved) high = middle; else low = middle;
    }
    return high;
  };
  const instant = (day, minutes, zone) => {
    const wall = day * DAY + minutes * MINUTE;
    const before = offset(wall - DAY, zone), after = offset(wall + DAY, zone);
    if (before === after || offset(wall - before, zone) === before) return wall - before;
    if (offset(wall - after, zone) === after) return wall - after;
    return jump(wall - after, wall - before, zone);
  };
  const wall = (at, zone) => at + offset(at, zone);
  const dayOf = (at, zone) => Math.floor(wall(at, zone) / DAY);
  const weekday = (day) => ((day + 3) % 7 + 7) % 7;
  const after = (list, at) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= at) low = middle + 1; else high = middle;
    }
    return low;
  };
  const UNKNOWN = "no holidays are known then";
  const made = new Map();
  const table = (hours, first, last) => {
    const known = made.get(hours);
    if (known && known.first <= first && last <= known.last) return known;
    const low = Math.min(first, known?.first ?? first), high = Math.max(last, known?.last ?? last);
    made.set(hours, {...drawn(hours, low, high), first: low, last: high});
    return made.get(hours);
  };
  const drawn = (hours, first, last) => {
    const {zone} = hours, all = [], opens = [], closes = [], before = [0], days = new Map();
    if (last < hours.first || first > hours.last) throw new Error(UNKNOWN);
    for (let day = Math.max(first, hours.first); day <= Math.min(last, hours.last); day++) {
      for (const [from, to] of hours.exceptions[day] ?? hours.week[weekday(day)]) {
        const shift = {opens: instant(day, from, zone), closes: instant(day, to, zone)};
        if (shift.closes <= shift.opens) continue;
        all.push(shift);
        const known = days.get(day) ?? {...shift, day};
        known.opens = Math.min(known.opens, shift.opens);
        known.closes = Math.max(known.closes, shift.closes);
        days.set(day, known);
      }
    }
    all.sort((a, b) => a.opens - b.opens || a.closes - b.closes);
    for (const shift of all) {
      const end = closes.length - 1;
      if (end >= 0 && shift.opens <= closes[end]) closes[end] = Math.max(closes[end], shift.closes);
      else { opens.push(shift.opens); closes.push(shift.closes); }
    }
    opens.forEach((each, i) => before.push(before[i] + closes[i] - each));
    const open = [...days.values()].sort((a, b) => a.opens - b.opens);
    return {zone, opens, closes, before, days: open, mornings: open.map((each) => each.opens)};
  };
  const position = (t, at) => {
    const last = after(t.opens, at) - 1;
    return last < 0 ? 0 : t.before[last] + Math.min(at, t.closes[last]) - t.opens[last];
  };
  const latest = (t, much) => {
    const place = after(t.before, much) - 1;
    if (place < 0 || place === t.opens.length) return null;
    return t.opens[place] + much - t.before[place];
  };
  const earliest = (t, much) => {
    const place = after(t.before, much - 0.5) - 1;
    if (place === t.opens.length) return null;
    return t.opens[place] + much - t.before[place];
  };
  const sameTime = (t, at, count) => {
    const place = after(t.mornings, at) - 1;
    if (place < 0 || place + count < 0 || place + count >= t.days.length) return null;
    const today = t.days[place], then = t.days[place + count];
    const minutes = Math.floor((wall(at, t.zone) - today.day * DAY) / MINUTE);
    const rest = ((at - instant(today.day, minutes, t.zone)) % MINUTE + MINUTE) % MINUTE;
    const same = instant(then.day, minutes, t.zone) + rest;
    return Math.min(Math.max(same, then.opens), then.closes);
  };
  const spans = [21, 150, 1500, 9000];
  const search = (hours, at, find) => {
    const day = dayOf(at, hours.zone);
    if (day < hours.first || day > hours.last) throw new Error(UNKNOWN);
    for (const span of spans) {
      const found = find(table(hours, day - 4, day + span));
      if (found !== null) return found;
    }
    throw new Error(UNKNOWN);
  };
  const back = (hours, at, find) => {
    const day = dayOf(at, hours.zone);
    for (const span of spans) {
      const found = find(table(hours, day - span, day + 4));
      if (found !== null) return found;
    }
    throw new Error(UNKNOWN);
  };
  const elapsed = (hours, start, end) => {
    if (!hours) return end - start;
    const low = Math.min(start, end), high = Math.max(start, end);
    const first = dayOf(low, hours.zone), last = dayOf(high, hours.zone);
    if (first < hours.first || last > hours.last) throw new Error(UNKNOWN);
    const t = table(hours, first - 4, last + 4);
    return position(t, end) - position(t, start);
  };
  const due = (hours, start, much) => {
    if (!hours) return start + much;
    return search(hours, start, (t) => {
      const at = position(t, start);
      return much > 0 ? earliest(t, at + much) : latest(t, at);
    });
  };
  const amount = (hours, start, {amount: count, unit, business}) => {
    if (!hours || !business || unit !== "days") return count * UNITS[unit];
    return search(hours, start, (t) => {
      const begins = latest(t, position(t, start));
      const same = begins === null ? null : sameTime(t, begins, count);
      return same === null ? null : position(t, same) - position(t, begins);
    });
  };
  const by = (hours, start, count, minutes) => search(hours, start, (t) => {
    const today = dayOf(start, t.zone), place = t.days.findIndex((each) => each.day > today);
    const then = place < 0 ? undefined : t.days[place + count - 1];
    if (!then) return null;
    const at = instant(then.day, minutes, t.zone);
    return position(t, Math.min(Math.max(at, then.opens), then.closes)) - position(t, start);
  });
  const daysBefore = (hours, end, count) => back(hours, end, (t) => {
    const same = sameTime(t, end, -count);
    return same === null ? null : position(t, end) - position(t, same);
  });
  const part = (much, [top, below]) =>
    Number((BigInt(much) * BigInt(top) + BigInt(below) - 1n) / BigInt(below));
  const iso = (at) => {
    if (at === null || at === undefined) return null;
    const rest = String(((at % 1000) + 1000) % 1000).padStart(3, "0");
    return new Date(Math.floor(at / 1000)).toISOString().replace("Z", `${rest}Z`);
  };
  return {DAY, amount, by, dayOf, daysBefore, due, elapsed, iso, part};
})();
"""
"""The words for business time: ``H.due``, ``H.elapsed``, ``H.amount`` and what they need."""
