"""The JavaScript back end of conditions: exact, for tools that run functions of ours.

What is written consists of this module's own words, of names that the catalogue declared and of
constants of a checked condition, always as JSON strings or digits; no text of a user is ever code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from ixia_config.rules import FieldType, Typed, nodes
from ixia_config.rules.describe import family, type_of
from ixia_config.rules.nodes import (
    Arithmetic,
    Clock,
    Compare,
    Constant,
    DaysBetween,
    Equal,
    Equality,
    FieldValue,
    In,
    Known,
    Listing,
    Lower,
    Meaning,
    Not,
    Quotient,
    Scalar,
    Sign,
    Size,
    Test,
    TextTest,
    Truth,
    Value,
    within,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = date(1970, 1, 1)
_TICK = timedelta(microseconds=1)


def condition_javascript(typed: Typed) -> str:
    """An expression over ``v`` (values by field) and ``c`` (the clock) with the tree's answers.

    It needs ``CONDITIONS`` in front, and ``v`` as ``K.values`` makes it of ``readings``.
    """
    return _any(typed.root)


def readings(conditions: Iterable[Typed]) -> list[list[object]]:
    """The fields that conditions read, as ``K.values`` takes them: path, type and choices."""
    found: dict[tuple[str, ...], list[object]] = {}
    for typed in conditions:
        for node in within(typed.root):
            if isinstance(node, FieldValue):
                choices = list(node.declared.choices)
                found[node.path] = [list(node.path), node.declared.type.value, choices]
    return [found[path] for path in sorted(found)]


def _any(node: Meaning) -> str:
    return _test(node) if isinstance(node, Test) else _value(node)


def _test(node: Test) -> str:
    match node:
        case Equal(relation=relation):
            same = f"K.same({_any(node.left)}, {_any(node.right)})"
            return same if relation is Equality.SAME else f"!{same}"
        case Compare(order=order):
            return f'K.order("{order.value}", {_any(node.left)}, {_any(node.right)})'
        case TextTest(where=where):
            name = {"contains": "includes"}.get(where.value, where.value)
            return f'K.text("{name}", {_any(node.subject)}, {_any(node.part)})'
        case In():
            return _member(node)
        case Known(subject=subject):
            return f"({_value(subject)} !== null)"
        case Truth(subject=subject):
            return f"({_value(subject)} === true)"
        case Not(operand=operand):
            return f"!({_test(operand)})"
        case nodes.All(operands=operands):
            return f"({' && '.join(map(_test, operands))})"
        case nodes.Any(operands=operands):
            return f"({' || '.join(map(_test, operands))})"


def _member(node: In) -> str:
    subject = _any(node.subject)
    match node.source:
        case Listing(values=values):
            return f"{json.dumps(sorted(values))}.includes({subject})"
        case FieldValue() as options:
            return f"({_value(options)} || []).includes({subject})"
        case tuple() as listed:
            return f"K.one({subject}, [{', '.join(map(_any, listed))}])"


def _value(node: Value) -> str:
    match node:
        case Constant(value=value):
            return _constant(value)
        case FieldValue(name=name):
            return f"v[{json.dumps(name)}]"
        case Clock(hand=hand):
            return f"c.{hand.value}"
        case Arithmetic():
            return _arithmetic(node)
        case Quotient():
            sides = f"{_any(node.left)}, {_any(node.right)}"
            return f'K.divide({sides}, {node.scale}, "{node.rounding.value}")'
        case Size(subject=subject):
            return f"K.size({_any(subject)})"
        case Lower(subject=subject):
            return f"K.lower({_any(subject)})"
        case DaysBetween(start=start, end=end):
            unit = "1n" if type_of(start) is FieldType.DATE else "K.DAY"
            return f"K.days({_any(start)}, {_any(end)}, {unit})"


_NUMERIC = MappingProxyType({Sign.PLUS: "K.plus", Sign.MINUS: "K.minus", Sign.TIMES: "K.times"})


def _arithmetic(node: Arithmetic) -> str:
    left, right = _any(node.left), _any(node.right)
    if family(node.type) in ("number", "money", "percent"):
        return f"{_NUMERIC[node.sign]}({left}, {right})"
    sign = "-1n" if node.sign is Sign.MINUS else "1n"
    of = (type_of(node.left), type_of(node.right))
    if of == (FieldType.DATE, FieldType.DATE):
        return f'K.moved("duration", {left}, {right}, -1n, K.DAY)'
    if of == (FieldType.DATE, FieldType.DURATION):
        return f"K.added({left}, {right}, {sign})"
    return f'K.moved("{node.type.value}", {left}, {right}, {sign}, 1n)'


def _constant(value: Scalar) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return number(value)
        case str():
            return json.dumps(value)
        case datetime():
            return f"{(value - _EPOCH) // _TICK}n"
        case date():
            return f"{(value - _DAY).days}n"
        case timedelta():
            return f"{value // _TICK}n"


def number(value: int | Decimal) -> str:
    """An exact number: whole digits, and how many of them are behind the point."""
    text = f"{Decimal(value):f}"
    whole, _, rest = text.partition(".")
    return f"{{n: {int(whole + rest)}n, s: {len(rest)}}}"


def _bounds() -> Mapping[str, tuple[int, int]]:
    latest = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    return {
        "date": ((date.min - _DAY).days, (date.max - _DAY).days),
        "datetime": ((datetime(1, 1, 1, tzinfo=UTC) - _EPOCH) // _TICK, (latest - _EPOCH) // _TICK),
        "duration": (timedelta.min // _TICK, timedelta.max // _TICK),
    }


_BOUNDS = ", ".join(f"{name}: [{low}n, {high}n]" for name, (low, high) in _bounds().items())

CONDITIONS = (
    """\
const K = (() => {
  const DAY = 86400000000n;
  const BOUNDS = {"""
    + _BOUNDS
    + r"""};
  const gone = (a, b) => a === null || b === null;
  const ten = (s) => 10n ** BigInt(s);
  const even = (a, b) => {
    const s = Math.max(a.s, b.s);
    return [a.n * ten(s - a.s), b.n * ten(s - b.s), s];
  };
  const isNumber = (a) => typeof a === "object" && !Array.isArray(a);
  const compare = (a, b) => {
    const [x, y] = isNumber(a) ? even(a, b) : [a, b];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  const same = (a, b) => {
    if (gone(a, b)) return a === b;
    if (Array.isArray(a)) return a.length === b.length && a.every((x, i) => x === b[i]);
    return isNumber(a) ? compare(a, b) === 0 : a === b;
  };
  const order = (sign, a, b) => {
    if (gone(a, b)) return false;
    const d = compare(a, b);
    return {"<": d < 0, "<=": d <= 0, ">": d > 0, ">=": d >= 0}[sign];
  };
  const sum = (sign) => (a, b) => {
    if (gone(a, b)) return null;
    const [x, y, s] = even(a, b);
    return {n: x + sign * y, s};
  };
  const times = (a, b) => gone(a, b) ? null : {n: a.n * b.n, s: a.s + b.s};
  const size = (n) => n < 0n ? -n : n;
  const ROUND = {
    half_up: (whole, twice, unit) => twice >= unit,
    half_even: (whole, twice, unit) => twice > unit || (twice === unit && whole % 2n === 1n),
    up: (whole, twice) => twice > 0n,
    down: () => false,
  };
  const divide = (a, b, scale, rounding) => {
    if (gone(a, b) || b.n === 0n) return null;
    const top = a.n * ten(b.s) * ten(scale), below = b.n * ten(a.s);
    const whole = size(top) / size(below), rest = size(top) % size(below);
    const n = whole + (ROUND[rounding](whole, rest * 2n, size(below)) ? 1n : 0n);
    return {n: (top < 0n) !== (below < 0n) ? -n : n, s: scale};
  };
  const inside = (kind, n) => n < BOUNDS[kind][0] || n > BOUNDS[kind][1] ? null : n;
  const moved = (kind, a, b, sign, unit) =>
    gone(a, b) ? null : inside(kind, (a + sign * b) * unit);
  const added = (a, b, sign) => gone(a, b) ? null : inside("date", a + sign * (b / DAY));
  const floor = (a, b) => a / b - (a % b !== 0n && (a < 0n) !== (b < 0n) ? 1n : 0n);
  const days = (a, b, unit) => gone(a, b) ? null : {n: floor(b - a, unit), s: 0};
  const text = (test, a, b) => !gone(a, b) && a[test](b);
  const one = (a, options) => options.some((each) => same(a, each));
  const long = (a) => a === null ? null : {n: BigInt(Array.from(a).length), s: 0};
  const lower = (a) => a === null ? null : a.replace(/[A-Z]/g, (x) => x.toLowerCase());

  const number = (given) => {
    const t = typeof given === "number" ? String(given) : given;
    const m = typeof t === "string" && /^(-?[0-9]+)(?:\.([0-9]+))?$/.exec(t.trim());
    if (!m || t.replace(/[^0-9]/g, "").length > 38) return null;
    return {n: BigInt(m[1] + (m[2] || "")), s: (m[2] || "").length};
  };
  const whole = (given) => {
    const n = number(given);
    return n && n.n % ten(n.s) === 0n ? {n: n.n / ten(n.s), s: 0} : null;
  };
  const percent = (given) => {
    if (typeof given !== "string") return number(given);
    const t = given.trim(), n = number(t.replace(/%$/, ""));
    if (!n) return null;
    if (t.endsWith("%")) return {n: n.n, s: n.s + 2};
    return size(n.n) < ten(n.s) ? n : null;
  };
  const plain = (t) => typeof t === "string" && !t.includes("\0") && t.isWellFormed() ? t : null;
  const texts = (given) => {
    const all = typeof given === "string" ? given.split(";") : given;
    if (!Array.isArray(all) || !all.every((t) => typeof t === "string" && t.trim() && plain(t)))
      return null;
    return [...new Set(all.map((t) => t.trim()))];
  };
  const truth = (given) =>
    typeof given === "boolean" ? given
      : {true: true, false: false}[String(given).trim().toLowerCase()] ?? null;
  const civil = (y, m, d) => {
    const at = new Date(0);
    at.setUTCFullYear(y, m - 1, d);
    const good = y > 0 && at.getUTCMonth() === m - 1 && at.getUTCDate() === d;
    return good ? BigInt(at.getTime() / 86400000) : null;
  };
  const date = (given) => {
    const m = typeof given === "string" && /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(given.trim());
    return m ? civil(+m[1], +m[2], +m[3]) : null;
  };
  const INSTANT = new RegExp("^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})"
    + "(?::([0-9]{2})(?:\\.([0-9]{1,6}))?)?(?:Z|([+-])([0-9]{2}):?([0-9]{2}))$");
  const instant = (given) => {
    const m = typeof given === "string" && INSTANT.exec(given.trim());
    const day = m ? date(m[1]) : null;
    if (day === null || +m[2] > 23 || +m[3] > 59 || +(m[4] || 0) > 59) return null;
    if (+(m[7] || 0) > 23 || +(m[8] || 0) > 59) return null;
    const away = (m[6] === "-" ? -1 : 1) * (+(m[7] || 0) * 60 + +(m[8] || 0));
    const minutes = BigInt(+m[2] * 60 + +m[3] - away);
    const rest = BigInt(+(m[4] || 0)) * 1000000n + BigInt((m[5] || "").padEnd(6, "0"));
    return inside("datetime", day * DAY + minutes * 60000000n + rest);
  };
  const UNITS = {second: 1n, minute: 60n, hour: 3600n, day: 86400n, week: 604800n};
  const duration = (given) => {
    if (typeof given !== "string") return null;
    const long = /^([0-9]{1,6}) (second|minute|hour|day|week)s?$/.exec(given.trim());
    const part = "([0-9]{1,6})";
    const short = new RegExp(`^(?:${part}d)?(?:${part}h)?(?:${part}m)?(?:${part}s)?$`)
      .exec(given.trim());
    const at = (i, unit) => BigInt(short[i] || 0) * UNITS[unit];
    const seconds = long ? BigInt(long[1]) * UNITS[long[2]]
      : short && given.trim() ? at(1, "day") + at(2, "hour") + at(3, "minute") + at(4, "second")
      : null;
    return seconds === null || seconds > 365250n * 86400n ? null : seconds * 1000000n;
  };
  const READ = {
    text: plain, choice: plain, person: plain, choices: texts, boolean: truth, date,
    datetime: instant, duration, integer: whole, decimal: number, money: number, percent,
    reference: (given) => true,
  };
  const empty = (given) =>
    given === undefined || given === null || given === ""
    || (Array.isArray(given) && given.length === 0);
  const value = (record, [path, kind, choices]) => {
    let found = record;
    for (const step of path) {
      const known = found !== null && typeof found === "object" && Object.hasOwn(found, step);
      found = known ? found[step] : null;
    }
    if (empty(found)) return null;
    const read = READ[kind](found);
    const named = Array.isArray(read) ? read : [read];
    const strange = choices.length > 0 && named.some((each) => !choices.includes(each));
    if (read === null || strange) throw new Error(`${path.join(".")} is no ${kind}`);
    return read;
  };
  const values = (record, readings) =>
    Object.fromEntries(readings.map((each) => [each[0].join("."), value(record, each)]));
  const clock = (given) => {
    const now = given === undefined ? BigInt(Date.now()) * 1000n : instant(given);
    if (now === null) throw new Error("now is no date with time and zone");
    return {now, today: floor(now, DAY)};
  };
  return {
    DAY, same, order, plus: sum(1n), minus: sum(-1n), times, divide, moved, added, days, text,
    one, size: long, lower, values, clock,
  };
})();
"""
)
"""The words that every generated condition uses; plain JavaScript, without any outside help."""
