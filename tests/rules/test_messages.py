"""What people read when a condition is wrong: one code, one caret, one piece of advice."""

import pytest

from ixia_config.codes import Severity, documentation
from ixia_config.language import load
from ixia_config.model import Mark
from ixia_config.rules import Catalogue, Field, FieldType, RecordProblem, diagnose, normalise, read
from ixia_config.rules.codes import grammar, names, types, words
from tests.rules.generated import CATALOGUE

CONDITIONS = {
    "IX300": ("amount >= $500", "pain == größe", "amount @ 5", "pain == `x`", "# note"),
    "IX301": (
        "region == “EMEA”",
        "amount ≥ 5",
        "amount \u2013 5 > 1",
        "amount\u00a0> 5",
        "vip\u200b",
    ),
    "IX302": ('region == "EMEA', "pain == 'it", '"'),
    "IX303": (
        "employees > 50k",
        "employees > 50,000",
        "employees > 010",
        "ratio > .5",
        "1_000 > 1",
    ),
    "IX304": (r'pain == "a\.b"', r'pain == "\ud800"', r'pain == "\u0000"', r'pain == "\u00"'),
    "IX305": ("vip and won", "not vip", "not (vip)", "vip OR won", "amount is null"),
    "IX306": ('region = "EMEA"', "amount <> 5", "amount => 5", "amount / 5 > 1", "vip ? won : vip"),
    "IX307": ("vip & won", "vip | won"),
    "IX309": ("(vip || won", "region in [", "size(pain"),
    "IX310": ("vip)", "(vip]", "]"),
    "IX311": ("", "   ", "vip ||", "()", "amount >=", "size(,)", "account."),
    "IX312": ("amount 5", "vip won", '"x" "y"', "|| vip", "a.b(c).d", "region in [1 2]", "vip,won"),
    "IX313": ("amount == null", "if", "known(null)"),
    "IX315": ('!region == "EMEA"', "!amount > 5", '!region in ["EMEA"]'),
    "IX316": ("1 < amount < 3", "vip == won == true"),
    "IX317": ("vip || won && amount > 5",),
    "IX318": ("true", "1 < 2", "amount == amount", "vip && 5 > 6", '"a" != "a"'),
    "IX320": ("amuont > 5", "account.segmnt == 'smb'", "segment == 'smb'", "zebra > 5"),
    "IX321": (
        'region == "APC"',
        'region in ["EMEA", "LATAM"]',
        '"APC" in regions',
        'region == "emea"',
    ),
    "IX322": (
        'pain.startswith("x")',
        "has(amount)",
        'matches(pain, "x")',
        "foo(1) > 2",
        "today() > now",
    ),
    "IX323": ("region == EMEA", "region == emea", "region in [EMEA]", "EMEA != region"),
    "IX324": ('pain.name == "x"', "account.name.first == 'x'", "vip.x"),
    "IX325": ('pain in list("lists/nmes.csv", "x")', 'pain in list("lists/names.csv", "domian")'),
    "IX326": ('pain == ""', 'pain != ""'),
    "IX330": (
        *('amount >= "50000"', 'amount > "big"', 'close_date > "2026-01-01"', "close_date > now"),
        *("discount > amount", 'account == "Acme"', 'vip == "yes"', "amount == region"),
        *(
            'age > "21 days"',
            'entered > "2026"',
            "pain in [1]",
            'amount in list("lists/names.csv", "domain")',
        ),
    ),
    "IX331": ('region > "EMEA"', "pain < domain", "vip > won", "owner >= owner"),
    "IX332": ("discount < 10", "discount < 0.1", "1 - discount > 5%", "discount == employees"),
    "IX333": ("amount", "amount && vip", 'region == "EMEA" || "APAC"', "!5", "amount + 5"),
    "IX334": (
        *("pain + 5 > 6", "amount * cost > 5", "close_date + 30 > today", "vip * 2 > 1"),
        *('close_date + duration("5 hours") > today', "now - today > age", "amount + discount > 5"),
    ),
    "IX335": (
        *(
            "size(pain, 2) > 1",
            'contains(pain, "x")',
            "pain.size() > 1",
            "known(5)",
            "size(amount) > 1",
        ),
        *(
            'pain.contains("")',
            "amount.contains('x')",
            "date(pain) > today",
            "date(now) > today",
            "-age > age",
        ),
        *(
            'div(amount, 2, 2, "nearest") > 1',
            'div(amount, 2, 99, "up") > 1',
            "days_between(now, today) > 1",
        ),
    ),
    "IX336": (
        'close_date > date("2026-02-30")',
        'entered > datetime("2026-01-01")',
        'age > duration("soon")',
    ),
    "IX337": (
        "region in 'EMEA'",
        "region in []",
        "[1] == 1",
        "regions == 'EMEA'",
        "amount in [vip && won]",
    ),
}
PAIRS = [(code, text) for code, texts in CONDITIONS.items() for text in texts]
CODES = {
    cls.code: cls
    for module in (words, grammar, names, types)
    for cls in vars(module).values()
    if isinstance(cls, type) and getattr(cls, "code", "")
}
OURS = sorted(set(CODES) - {"IX338"})


def place(start, end):
    return Mark("x.yaml", 1, start + 1, max(end - start, 1))


@pytest.mark.parametrize(("code", "text"), PAIRS)
def test_each_mistake_has_its_own_code(code, text):
    _, found = diagnose(text, CATALOGUE, place, record="deal")

    assert {code} == {diagnostic.code for diagnostic in found}


def test_messages_and_carets_are_what_people_should_read(snapshot):
    assert "\n".join(shown(code, text) for code, text in PAIRS) == snapshot


def shown(code, text):
    lines = [text]
    for problem in read(text, CATALOGUE, "deal")[1]:
        start, end = problem.span
        lines += [" " * start + "^" * max(end - start, 1), f"    {problem.diagnostic}"]
    return "\n".join(lines) + "\n"


def test_every_code_of_conditions_is_shown_here_but_the_two_that_need_a_long_text():
    assert {"IX308", "IX314"} == set(OURS) - set(CONDITIONS)


def test_all_problems_of_names_and_types_are_reported_at_once():
    _, found = diagnose(
        'amuont > 5 && region == "APC" && discount < 10', CATALOGUE, place, record="deal"
    )

    assert ["IX320", "IX321", "IX332"] == [diagnostic.code for diagnostic in found]


def test_a_warning_does_not_stop_a_condition():
    condition, found = diagnose("vip || won && amount > 5", CATALOGUE, place, record="deal")

    assert condition
    assert [Severity.WARNING] == [diagnostic.severity for diagnostic in found]


def test_a_diagnostic_knows_its_place_in_the_file():
    _, found = diagnose("amuont > 5", CATALOGUE, place, record="deal")

    assert "x.yaml:1:1: error IX320" in str(found[0])


@pytest.mark.parametrize("code", OURS)
@pytest.mark.parametrize("which", ["bad", "good"])
def test_the_examples_of_the_documentation_do_what_they_say(code, which):
    text = getattr(documentation(CODES[code]), which)
    loaded = load("example.yaml", text)
    found = {
        diagnostic.code for diagnostic in of_schema(loaded.documents[0].tree["spec"]["fields"])
    }

    assert not loaded.diagnostics
    assert found == ({code} if which == "bad" else set())


def of_schema(fields):
    declared = {
        name: Field(FieldType(field["type"]), tuple(field.get("choices", ())), field.get("to", ""))
        for name, field in fields.items()
    }
    for field in fields.values():
        if "validate" in field:
            yield from diagnose(
                field["validate"], Catalogue({"deal": declared}), place, record="deal"
            )[1]


def test_the_examples_of_record_values_do_what_they_say():
    doc = documentation(CODES["IX338"])
    catalogue = Catalogue({"deal": {"discount": Field(FieldType.PERCENT)}})
    bad, good = (
        next(
            document.tree["spec"]["cases"][0]["given"]["deal"]
            for document in load("example.yaml", text).documents
            if document.tree["kind"] == "PolicyTest"
        )
        for text in (doc.bad, doc.good)
    )

    with pytest.raises(RecordProblem) as raised:
        normalise(bad, catalogue, "deal")
    assert ("IX338",) == raised.value.codes
    assert normalise(good, catalogue, "deal")
