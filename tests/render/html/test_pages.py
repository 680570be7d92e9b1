"""Pages are safe, whole, accessible, the same every time, and silent about pay."""

import base64
import hashlib
import re
from collections import Counter
from functools import cache
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.render.handbook import handbook_markdown
from ixia_config.render.html import View, handbook_html, report_html
from ixia_config.render.html.looks import SCRIPT, STYLE
from ixia_config.render.html.tags import joined, tag, text
from ixia_config.render.mermaid import label
from ixia_config.render.release_notes import release_notes
from ixia_config.render.wording import clean
from tests.render import rich as plans
from tests.render.html.samples import (
    ORIGIN,
    Read,
    acme,
    configured,
    edited,
    hostile,
    reviewed,
    rich,
)
from tests.snapshots import Markdown, Text

ALLOWED = frozenset(
    (
        *("html", "head", "meta", "link", "title", "style", "script", "body", "header", "nav"),
        *("main", "section", "article", "footer", "div", "p", "a", "h1", "h2", "h3", "h4", "span"),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th"),
        *("td", "code", "pre", "strong", "del", "ins", "details", "summary", "label", "input"),
        *("output", "svg", "desc", "text", "tspan", "rect", "line", "path", "polyline", "polygon"),
        *("circle",),
    )
)
AMOUNTS = (
    "110,000",
    "110000",
    "275,000",
    "275000",
    "2,750",
    "60,000",
    "10,000",
    "120,000",
    "600,000",
)


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A report on the edited example against the one in git, with records and a plan."""
    return reviewed(tmp_path_factory.mktemp("review"))


def pages():
    """Pages of every kind of content."""
    yield handbook_html(View(acme()), ORIGIN)
    yield handbook_html(View(rich(), show_pay=True), ORIGIN)
    yield report_html(View(hostile(), rich(), "<main>"), ORIGIN, plan=plans.RICH)
    yield report_html(View(rich(), hostile(), 'ma"in', show_pay=True), ORIGIN, plan=plans.REFUSED)


@cache
def every_page():
    """The same, drawn once."""
    return list(pages())


@pytest.fixture(scope="module", params=range(4))
def page(request):
    """Each of them."""
    return every_page()[request.param]


@given(st.text())
def test_text_stays_text(words):
    shown = text(words)

    assert not set("<>\"'") & set(shown)
    assert clean(words) == unescape(shown)


@given(st.text(), st.text())
def test_an_attribute_stays_an_attribute(words, inside):
    read = Read(tag("p", inside, title=words))

    assert [("p", {"title": clean(words)})] == read.elements


def test_markup_in_a_tuple_is_escaped_as_well():
    assert "<b>&lt;i&gt;</b>" == joined([tag("b", ["<i>"]), None, ""])


def test_a_page_has_only_our_own_elements(page):
    read = Read(page)

    assert not read.open
    assert set() == {name for name, _ in read.elements} - ALLOWED
    assert 1 == sum(name == "script" for name, _ in read.elements)
    assert 1 == sum(name == "style" for name, _ in read.elements)
    names = {key for _, found in read.elements for key in found}
    assert not [each for each in names if each.startswith("on") or each in ("src", "style")]


def test_a_page_leads_nowhere_else(page):
    links = Read(page).all("href")

    assert {"data:,"} == {each for each in links if not each.startswith("#")}
    assert not re.search(r"url\(|@import|https?:", STYLE + SCRIPT)


def test_a_browser_is_told_to_run_only_our_script(page):
    [rules] = [
        found["content"] or ""
        for name, found in Read(page).elements
        if name == "meta" and found.get("http-equiv") == "Content-Security-Policy"
    ]

    for name, code in (("script", SCRIPT), ("style", STYLE)):
        assert f"<{name}>{code}</{name}>" in page
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in rules
    assert rules.startswith("default-src 'none';")
    assert "unsafe" not in rules


def test_links_and_labels_find_what_they_name(page):
    read = Read(page)
    ids = Counter(read.all("id"))
    named = [each[1:] for each in read.all("href") if each.startswith("#")]
    named += [word for each in read.all("aria-labelledby") for word in each.split()]

    assert [] == [each for each, count in ids.items() if count > 1]
    assert set() == set(named) - set(ids)


def test_a_page_has_landmarks_and_headings_in_order(page):
    names = [name for name, _ in Read(page).elements]
    levels = [int(each[1]) for each in names if re.fullmatch("h[1-4]", each)]

    assert {"html", "header", "nav", "main", "footer"} <= set(names)
    assert '<html lang="en">' in page
    assert 1 == levels.count(1) == names.count("main")
    assert [] == [(a, b) for a, b in pairwise(levels) if b > a + 1]


def test_every_drawing_says_what_it_shows(page):
    drawings = page.count('role="img"')

    assert drawings == page.count("<svg ") - page.count('aria-hidden="true"')
    assert drawings == page.count("</desc>")
    assert [] == re.findall(r"<desc[^>]*></desc>", page)


def test_a_page_is_the_same_every_time():
    assert every_page() == list(pages())


def test_every_kind_that_people_work_by_has_its_place():
    read = Read(handbook_html(View(rich()), ORIGIN))
    anchors = {each.partition("-")[0] for each in read.all("id")}

    assert {
        *("Pipeline", "RoutingPolicy", "ApprovalPolicy", "SlaPolicy", "Calendar", "CompPlan"),
        *("Metric", "ChangePolicy", "Directory", "RecordSchema"),
    } <= anchors


def test_amounts_of_pay_are_hidden_unless_asked_for(tmp_path):
    after = edited(tmp_path / "acme")
    hidden = View(after, acme(), "main")
    shown = View(after, acme(), "main", show_pay=True)

    for amount in AMOUNTS:
        assert amount not in report_html(hidden, ORIGIN)
        assert amount not in handbook_markdown(hidden, ORIGIN)
    assert "110,000 USD" in report_html(shown, ORIGIN)
    assert "2,750 USD" in handbook_markdown(shown, ORIGIN)


def test_a_change_of_what_one_person_is_paid_is_never_told(tmp_path):
    after = edited(tmp_path / "acme")
    file = tmp_path / "acme" / "comp" / "people-2027.yaml"
    file.write_text(file.read_text("utf-8").replace("amount: 4000", "amount: 4321"), "utf-8")
    from ixia_config.app import check
    from tests.render.html.samples import TODAY

    raised = check(tmp_path / "acme", today=TODAY).sound().configuration

    assert "4321" not in report_html(View(raised, after, "main"), ORIGIN)
    assert "4321" in report_html(View(raised, after, "main", show_pay=True), ORIGIN)


def test_what_changed_is_said_in_words(compared):
    words = " ".join(each for _, each in Read(compared).texts)

    assert "Discount is below 20 %  →  Discount is below 15 %" in words
    assert "Rate in main" in words
    assert "16 of 150 (10.7 %) leads go elsewhere" in words
    assert "43 open deals (1,204,300 USD) move from Verbal to Negotiation" in words


def test_risk_stands_above_the_changes(compared):
    assert compared.index("43 open deals") < compared.index('id="plan-change-0"')


def test_a_report_of_a_review(compared, snapshot):
    kept = compared.replace(STYLE, "").replace(SCRIPT, "")

    assert kept == snapshot(extension_class=Text)


def test_the_handbook_in_markdown(snapshot):
    assert handbook_markdown(View(acme()), ORIGIN) == snapshot(extension_class=Markdown)


def test_release_notes(snapshot):
    assert release_notes(plans.RICH) == snapshot(extension_class=Markdown)


def test_release_notes_of_nothing_are_one_sentence():
    assert "agree" in release_notes(plans.EMPTY)


@given(st.text())
def test_a_label_of_mermaid_stays_a_label(words):
    made = label(words)[1:-1]

    assert not set('"<>`{}[]|;') & set(re.sub("#[0-9]+;", "", made))
    assert "%%" not in made


def test_hostile_words_stay_words_in_markdown():
    told = handbook_markdown(View(hostile(), show_pay=True), ORIGIN)
    fences = [each for each in told.splitlines() if each.startswith("```")]

    assert len(fences) % 2 == 0
    assert {"```mermaid", "```"} == set(fences)
    assert not re.search(r"(?<!\\)<(?!br>)", told)
    assert "%%{" not in told


def test_a_policy_of_many_rules_stays_a_page(tmp_path):
    rules = "".join(
        f"    - {{key: r{n}, when: employees == {n}, assign: {{queue: q}}}}\n" for n in range(1500)
    )
    start = "apiVersion: ixia/v1\nkind: RoutingPolicy\nmetadata: {name: many}\nspec:\n"
    many = configured(f"{start}  object: lead\n  rules:\n{rules}")

    page = handbook_html(View(many), ORIGIN)

    assert page.count("Employees is 1,499<") == 1
    assert len(page) < 500_000


def luminance(colour):
    """Relative luminance of #rrggbb, by WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("number", range(3), ids=("light", "dark", "print"))
def test_words_stand_out_from_what_is_behind_them(number):
    block = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[number]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6}|#[0-9a-f]{3})", block))
    full = {
        n: c if len(c) == 7 else "#" + "".join(x * 2 for x in c[1:]) for n, c in colours.items()
    }
    pairs = [(front, back) for front in ("ink", "soft") for back in ("paper", "card", "wash")]
    pairs += [("ink", back) for back in ("tint", "goodtint", "badtint", "warntint")]
    pairs += [("soft", back) for back in ("tint", "goodtint", "badtint", "warntint")]
    pairs += [(each, f"{each}tint") for each in ("good", "bad", "warn")]
    pairs += [("accent", "tint"), ("accent", "card")]

    low = {}
    for front, back in pairs:
        light, dark = sorted((luminance(full[front]), luminance(full[back])), reverse=True)
        if (light + 0.05) / (dark + 0.05) < 4.5:
            low[front, back] = (light + 0.05) / (dark + 0.05)
    assert {} == low
