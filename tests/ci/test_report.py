"""The report of the pull request: what a VP of Sales reads, at a desk and on a phone."""

import re

import pytest

from tests.ci.reading import read_aloud
from tests.render.html.browser import browsing
from tests.snapshots import Text

DESKTOP, PHONE = 1280, 390
OVERFLOWING = """
[...document.querySelectorAll("body *")].filter((each) => {
  const box = each.getBoundingClientRect();
  const wide = box.right > innerWidth + 1 || box.left < -1;
  return box.width && wide && !each.closest(".scroll, .skip");
}).map((each) => `${each.tagName} ${each.textContent.slice(0, 40)}`)
"""
CLIPPED = """
[...document.querySelectorAll("p, li, h1, h2, h3, h4, dd, dt, td, th, summary, pre, a, code")]
  .filter((each) => !each.closest("nav") && !each.closest(".skip"))
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth
    && ["hidden", "clip"].includes(getComputedStyle(each).overflowX))
  .map((each) => each.textContent.slice(0, 40))
"""
TINY = """
[...document.querySelectorAll("body *")].filter((each) => each.childNodes.length
  && [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
  && each.getBoundingClientRect().width && parseFloat(getComputedStyle(each).fontSize) < 11)
  .map((each) => `${each.tagName} ${each.textContent.slice(0, 40)}`)
"""
CONTRAST = """
(() => {
  const parse = (text) => {
    const parts = text.match(/[0-9.]+/g).map(Number);
    return parts.length > 3 ? parts : [...parts, 1];
  };
  const part = (value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const light = (c) => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
  const behind = (each) => {
    for (let found = each; found; found = found.parentElement) {
      const colour = parse(getComputedStyle(found).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255, 1];
  };
  return [...document.querySelectorAll("body *:not(svg *)")].filter((each) =>
    [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
      && each.getBoundingClientRect().width && each.tagName !== "SCRIPT")
    .map((each) => {
      const [one, other] = [light(parse(getComputedStyle(each).color)), light(behind(each))];
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      return [ratio, `${each.tagName} ${each.textContent.slice(0, 30)}`];
    }).filter((each) => each[0] < 4.5).map((each) => each.join(" "));
})()
"""
UNNAMED = """
[...document.querySelectorAll("a, button, input, summary, section, article, nav, [role]")]
  .filter((each) => !each.hidden && !each.closest("[hidden]"))
  .filter((each) => !(each.textContent.trim() || each.getAttribute("aria-label")
    || each.getAttribute("aria-labelledby") || (each.labels && each.labels.length)))
  .map((each) => each.outerHTML.slice(0, 80))
"""
FOCUSABLE = "a[href], input, summary, [tabindex='0']"


@pytest.fixture(scope="module")
def browser():
    """One browser for all of these tests."""
    with browsing() as found:
        yield found


@pytest.fixture
def file(page, tmp_path):
    """The report on disk."""
    made = tmp_path / "report.html"
    made.write_text(page, "utf-8")
    return made


def test_the_report_of_three_rules_reads_like_a_memo(page, snapshot):
    assert read_aloud(page) == snapshot(extension_class=Text)


def test_the_answer_stands_on_the_first_screen_in_words_of_sales(page):
    top = read_aloud(page).partition("## What it does to real records")[0]

    for said in (
        "Inbound leads: 16 of 150 (10.7 %) leads go elsewhere",
        "Discounts: 69 deals needed a person, now 69; 15 need more approval, 0 less",
        "Account executives 2027: 2 people are paid more, 0 less, 2 the same",
        "Needs the approval of sales-director (approvals) and finance (comp).",
        "Discounts: deals with discount from 15 % to under 20 %: manager → sales-director",
    ):
        assert said in top
    assert not re.search(r"IX\d\d\d|ChangePolicy/|#approvals|apiVersion|\.yaml", top)


def test_each_change_is_said_in_words(page):
    told = read_aloud(page).partition("## What changed in the rules")[2]

    assert "~Discount is below 20 %~ → Discount is below 15 %" in told
    assert "tiers / 100% to 150% / rate" in told
    assert "~12%~ → 13%" in told
    assert "~Region is EMEA and number of employees is at least 1,000~ → " in told


def test_nobodys_pay_is_in_the_report(page):
    assert "110,000" not in page
    assert "What people are paid is shown with" in page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_report_fits_and_can_be_read(browser, file, width, dark):
    browser.show(file, width, dark=dark)
    browser.run('document.querySelectorAll("details").forEach((each) => { each.open = true; })')

    assert browser.run("document.documentElement.scrollWidth") <= width
    assert [] == browser.run(OVERFLOWING)
    assert [] == browser.run(CLIPPED)
    assert [] == browser.run(TINY)
    assert [] == browser.run(CONTRAST)
    assert [] == browser.run(UNNAMED)


def test_everything_that_can_be_used_is_reached_by_keyboard_and_seen(browser, file):
    browser.show(file, DESKTOP)
    wanted = browser.run(f'document.querySelectorAll("{FOCUSABLE}").length')

    assert wanted > 10
    plain = browser.run(
        "(() => { const each = document.querySelector('main a[href]'); each.focus();"
        " return getComputedStyle(each).outlineStyle; })()"
    )
    assert "none" != plain
