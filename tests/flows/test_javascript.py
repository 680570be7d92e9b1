"""Conditions as JavaScript answer as their typed trees do, run by a real Node.js."""

import json
import os
import shutil
import subprocess
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from ixia_config.flows.javascript import CONDITIONS, condition_javascript, readings
from ixia_config.rules import FieldType, read
from tests.rules.generated import CATALOGUE, COMPANY, DEAL, NOW, Maker

COUNT = 12_000 if "IXIA_FUZZ" in os.environ else 600
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="Node.js is not here: nothing runs JavaScript")


def told(value, of, fields):
    """A value as a JSON record tells it."""
    match value:
        case dict():
            related = COMPANY if of is FieldType.REFERENCE else fields
            return {name: told(each, related[name].type, related) for name, each in value.items()}
        case Decimal() if of is FieldType.PERCENT:
            return f"{(value * 100).normalize():f}%"
        case Decimal():
            return f"{value:f}"
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return f"{value // timedelta(minutes=1)} minutes"
        case tuple():
            return list(value)
        case _:
            return value


def run_javascript(source):
    done = subprocess.run([NODE, "-"], input=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:2000]
    return json.loads(done.stdout)


@needs_node
def test_javascript_answers_as_the_tree_does():
    maker = Maker(Random(8))
    tests, expected = [], []
    while len(tests) < COUNT:
        text = maker.condition()
        typed, _ = read(text, CATALOGUE, "deal")
        if typed is None:
            continue
        record = maker.record()
        expected.append((text, typed.evaluate(record, NOW)))
        plain = {name: told(each, DEAL[name].type, DEAL) for name, each in record.items()}
        tests.append(
            f"[{json.dumps(plain)}, {json.dumps(readings([typed]))}, "
            f"(v, c) => {condition_javascript(typed)}]"
        )
    body = ",\n".join(tests)
    source = (
        f"{CONDITIONS}\nconst c = K.clock({json.dumps(NOW.isoformat())});\n"
        f"const all = [{body}];\n"
        "console.log(JSON.stringify(all.map(([r, f, test]) => test(K.values(r, f), c))));\n"
    )

    answers = run_javascript(source)

    wrong = [
        (text, wanted, answer)
        for (text, wanted), answer in zip(expected, answers, strict=True)
        if wanted is not answer
    ]
    assert [] == wrong[:5]
    assert {True, False} == {wanted for _, wanted in expected}


@needs_node
def test_a_value_that_is_none_of_its_type_is_refused():
    wrong = [
        ("money", "1e3"),
        ("money", "12,5"),
        ("integer", "1.5"),
        ("integer", 1.5),
        ("percent", "10"),
        ("boolean", "yes"),
        ("date", "2026-02-30"),
        ("datetime", "2026-02-03T10:00:00"),
        ("duration", "3 fortnights"),
        ("text", "a\0b"),
        ("choice", "LATAM"),
    ]
    cases = [[{"f": value}, [["f"], of, ["EMEA"] * (of == "choice")]] for of, value in wrong]
    source = (
        f"{CONDITIONS}\nconst cases = {json.dumps(cases)};\n"
        "const refused = ([r, f]) => { try { K.values(r, [f]); return false; }"
        " catch (e) { return e.message; } };\n"
        "console.log(JSON.stringify(cases.map(refused)));\n"
    )

    assert [f"f is no {of}" for of, _ in wrong] == run_javascript(source)


def test_no_text_of_a_user_becomes_code():
    text = 'pain == "\\"; process.exit(1); //" && domain.contains("\u2028${x}`")'
    typed, problems = read(text, CATALOGUE, "deal")

    assert () == problems
    assert (
        '(K.same(v["pain"], "\\"; process.exit(1); //") && '
        'K.text("includes", v["domain"], "\\u2028${x}`"))'
    ) == condition_javascript(typed)
