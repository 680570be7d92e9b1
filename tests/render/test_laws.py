"""What holds for every plan, whatever people typed into it."""

import json
import re
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ixia_config.model import FieldChange, Verb
from ixia_config.render import (
    coverage_json,
    coverage_markdown,
    coverage_text,
    drift_json,
    drift_markdown,
    drift_text,
    glossary,
    outline,
    plan_json,
    plan_markdown,
    plan_text,
    progress_line,
    report_json,
    report_markdown,
    report_text,
)
from ixia_config.render.layout import WIDTH, width, wrap
from ixia_config.render.markup import block, code, plain
from ixia_config.render.plan_markdown import LIMIT
from ixia_config.render.wording import clean
from tests.render import rich
from tests.render.generated import addresses, changes, plans, reports, texts

FEW = settings(max_examples=25)  # a generated plan is large
PARSER = MarkdownIt("commonmark", {"html": True})
OURS = re.compile(r"</details>|<details(?: open)?><summary>[A-Za-z0-9,() ]+</summary>")
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _texts(plan):
    coverage = {plan.project: plan.clauses}
    return plan_text(plan), drift_text(plan), coverage_text(coverage)


def _markdown(plan):
    coverage = {plan.project: plan.clauses}
    return plan_markdown(plan), drift_markdown(plan), coverage_markdown(coverage)


@FEW
@given(plans)
def test_no_line_of_text_is_wider_than_100_columns(plan):
    for shown in _texts(plan):
        assert [] == [line for line in shown.splitlines() if width(line) > WIDTH]


@FEW
@given(reports())
def test_no_line_of_a_report_is_wider_than_100_columns(report):
    lines = report_text(report).splitlines()
    words = glossary(report.plan)
    lines += [progress_line(each, 7, 12, words) for each in report.results]

    assert [] == [line for line in lines if width(line) > WIDTH]


@FEW
@given(reports())
def test_no_character_reaches_a_terminal_that_it_would_act_on(report):
    plan = report.plan
    coverage = coverage_json({plan.project: plan.clauses})
    shown = [*_texts(plan), *_markdown(plan), plan_json(plan), drift_json(plan), coverage]
    shown += [report_text(report), report_markdown(report), report_json(report)]

    assert [] == [UNSAFE.findall(each) for each in shown if UNSAFE.search(each)]


@FEW
@given(reports())
def test_json_stays_json(report):
    assert json.loads(plan_json(report.plan))["digest"] == report.plan.digest
    assert json.loads(drift_json(report.plan))["count"] >= 0
    assert json.loads(report_json(report))["run"] == report.run


@given(texts)
def test_user_text_in_markdown_is_only_ever_text(text):
    [inline] = PARSER.parseInline(f"- {plain(text)} .")

    assert ["text"] == [each.type for each in inline.children]
    assert f"- {clean(text)} ." == inline.children[0].content.replace("\u200b", "")


@given(texts)
def test_a_code_span_holds_all_of_its_text(text):
    [inline] = PARSER.parseInline(f"- {code(text)} .")

    assert ["text", "code_inline", "text"] == [each.type for each in inline.children]
    assert (clean(text) or " ").strip() == inline.children[1].content.strip()


@example(["a", " ````", "b"])
@given(st.lists(st.text("`~ ab", max_size=9), max_size=4))
def test_a_block_ends_where_we_end_it(lines):
    first, *rest = PARSER.parse("\n".join([*block(lines, "text"), "", "after"]))

    assert ("fence", "text") == (first.type, first.info)
    assert "after" == rest[1].content


@given(texts)
def test_user_text_pings_and_links_nobody(text):
    shown = plain(text)

    assert not re.search(r"@\w|#\d|\w://|(?i:www\.\w)", shown)


@FEW
@given(plans)
def test_markdown_holds_no_html_but_our_own(plan):
    for shown in _markdown(plan):
        tokens = [child for each in PARSER.parse(shown) for child in (each, *(each.children or ()))]
        html = [each.content for each in tokens if each.type in ("html_block", "html_inline")]

        assert all(OURS.fullmatch(each.strip()) for each in html)
        assert not {each.type for each in tokens} & {"link_open", "image"}


@FEW
@given(plans)
def test_folded_parts_of_markdown_are_closed(plan):
    shown = plan_markdown(plan)

    assert shown.count("\n<details") == shown.count("\n</details>")


@FEW
@given(st.lists(changes, min_size=1, max_size=3), st.data())
def test_every_title_is_in_text_and_markdown(drafts, data):
    words = st.from_regex(r"[A-Z][a-z]{2,10}( [a-z]{2,8}){0,2}", fullmatch=True)
    named = tuple(
        replace(draft, title=data.draw(words), type="stage", parent=None) for draft in drafts
    )
    plan = replace(rich.EMPTY, changes=named)

    text, markdown = " ".join(plan_text(plan).split()), plan_markdown(plan)

    for change in named:
        assert change.title in text
        assert change.title in markdown


@FEW
@given(plans)
def test_the_json_accounts_for_every_change_once(plan):
    summary = json.loads(plan_json(plan))["summary"]
    told = [
        each
        for section in summary["sections"]
        for line in section["lines"]
        for each in line["changes"]
    ]
    folded = [each for section in summary["sections"] for each in section["folded"]]
    merged = {each.id for each in plan.changes if each.verb is Verb.MIGRATE}

    assert {each.id for each in plan.changes} - merged == set(told + folded) - merged


@FEW
@given(plans)
def test_the_words_of_the_text_are_in_the_json(plan):
    found = json.loads(plan_json(plan))["summary"]
    outlined = outline(plan)

    assert outlined.headline == found["headline"]
    assert [risk.text for risk in outlined.risks] == [risk["text"] for risk in found["risks"]]
    assert outlined.cost == found["cost"]


@given(st.text(alphabet="bcdfghjk", min_size=12, max_size=20), st.booleans())
def test_a_sensitive_value_is_in_no_format(secret, created):
    field = FieldChange("key", secret, secret + "2", last=secret, title="Key", sensitive=True)
    change = replace(rich.STAGES[3], verb=Verb.CREATE if created else Verb.UPDATE, fields=(field,))
    plan = replace(rich.EMPTY, changes=(change,), observed=(change,))
    report = replace(rich.DONE, plan=plan, results=(), remaining=(change,))

    for shown in (
        *_texts(plan),
        *_markdown(plan),
        plan_json(plan),
        drift_json(plan),
        report_text(report),
        report_json(report),
    ):
        assert secret not in shown


def test_a_huge_plan_still_fits_a_comment():
    many = tuple(
        replace(rich.STAGES[3], id=str(number), address=rich.PIPELINE.at(f"s{number}"))
        for number in range(5_000)
    )
    clauses = rich.CLAUSES * 500

    shown = plan_markdown(replace(rich.RICH, changes=many, clauses=clauses))

    assert len(shown) < LIMIT + 5_000
    assert "more lines; the plan file holds all" in shown


@given(st.lists(addresses, min_size=1, max_size=3))
def test_an_approval_can_be_pasted(found):
    verdicts = tuple(
        replace(rich.NEEDS_APPROVAL.verdicts[0], approve=f"archive:{each}") for each in found
    )

    shown = plan_text(replace(rich.RICH, verdicts=verdicts), file="plan.json")

    pasted = shown.split("Apply exactly this:")[1].replace("\\\n", " ").split()
    given_to = [word for word in pasted if word.startswith("archive:")]
    assert pasted[:3] == ["ixia", "apply", "plan.json"]
    assert given_to == [f"archive:{each}@7f3a9c" for each in dict.fromkeys(found)]


@given(texts, st.integers(10, 100))
def test_wrapping_keeps_every_word(text, columns):
    lines = wrap(text, columns)

    assert "".join(text.split(" ")) == "".join("".join(lines).split(" "))


@given(texts)
def test_escaping_markdown_keeps_the_letters(text):
    letters = [each for each in text if each.isascii() and each.isalnum()]
    shown = re.sub(r"\\x[0-9a-f]{2}", "", plain(text).replace("\\\\", "\\"))

    assert set(letters) <= set(shown) | {"x"}
    assert "\n" not in code(text)


@FEW
@given(plans)
def test_the_counts_are_of_the_lines_that_are_shown(plan):
    outlined = outline(plan)
    lines = [line for section in outlined.sections for line in section.lines]
    words = dict(outlined.counts)

    assert words["new"] == sum(line.sign == "+" for line in lines)
    assert words["changed"] == sum(line.sign == "~" for line in lines)
    assert words["adopted"] + words["rekeyed"] == sum(line.sign == "=" for line in lines)


def test_the_order_of_stages_is_news_only_where_a_stage_changes_its_place():
    swapped = FieldChange("order", ("a", "b"), ("b", "a"), title="Order", format="reference")
    moved = replace(rich.STAGES[2], fields=(swapped,))

    assert "order of stages" not in plan_text(rich.RICH)
    assert "order a and b -> b and a" in plan_text(replace(rich.RICH, changes=(moved,)))


def test_new_stages_of_a_new_pipeline_stand_in_their_order():
    parts = [rich.change(Verb.CREATE, rich.PIPELINE.at(key), key.title()) for key in "cab"]
    order = FieldChange("order", None, tuple(str(rich.PIPELINE.at(key)) for key in "abc"))
    pipeline = rich.change(Verb.CREATE, rich.PIPELINE, "New", of="pipeline", fields=(order,))
    changes_made = (pipeline, *(replace(each, parent=rich.PIPELINE) for each in parts))

    [section] = outline(replace(rich.EMPTY, changes=changes_made)).sections

    assert ["New", "A", "B", "C"] == [line.title for line in section.lines]


def test_of_a_program_people_read_that_it_changes_and_never_its_text():
    def program(path, before, after):
        return FieldChange(path, before, after, title="Node", format="program")

    written = "// Written by Ixia Config\nreturn msg;"
    made = rich.change(
        Verb.CREATE,
        rich.PIPELINE,
        "Leads",
        of="flow",
        fields=(program("nodes.end", None, written),),
    )
    edited = replace(
        made,
        verb=Verb.UPDATE,
        fields=(
            program("nodes.branch", written, "return null;"),
            program("nodes.assign", None, written),
            program("info", written, "other"),
        ),
    )
    shown = [plan_text(replace(rich.EMPTY, changes=(each,))) for each in (made, edited)]

    assert "nodes end" in shown[0]
    assert all(words in shown[1] for words in ("node branch rewritten", "node assign added"))
    assert not any("Written" in each or "return" in each for each in shown)
