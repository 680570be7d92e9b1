"""Pages in a real browser: they fit a desktop and a phone, ask nobody, and can be printed."""

import base64
import struct

import pytest

from ixia_config.render.html import View, handbook_html, report_html
from tests.render import rich as plans
from tests.render.html.browser import browsing
from tests.render.html.samples import ORIGIN, acme, hostile, reviewed, rich

DESKTOP, PHONE = 1280, 390
SPEAKS = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
CUT = """
[...document.querySelectorAll("svg.drawing")].filter((each) => each.clientWidth).flatMap((each) =>
  [...each.querySelectorAll("text")].filter((words) => {
    const box = words.getBBox(), view = each.viewBox.baseVal;
    return box.x < -1 || box.x + box.width > view.width + 1 || box.y + box.height > view.height + 1;
  }).map((words) => words.textContent))
"""
WIDER = """
[...document.querySelectorAll("body *")].filter((each) =>
  each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll"))
  .map((each) => each.tagName)
"""
VISIBLE = '[...document.querySelectorAll("[data-find]")].filter((each) => !each.hidden).length'


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Pages on disk, by name."""
    folder = tmp_path_factory.mktemp("pages")
    texts = {
        "handbook": handbook_html(View(acme()), ORIGIN),
        "report": reviewed(folder),
        "rich": handbook_html(View(rich(), show_pay=True), ORIGIN),
        "hostile": report_html(View(hostile(), rich(), "main"), ORIGIN, plan=plans.RICH),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return {name: folder / f"{name}.html" for name in texts}


@pytest.fixture(scope="module")
def browser():
    """One browser for all of these tests."""
    with browsing() as found:
        yield found


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", ["handbook", "report", "rich", "hostile"])
def test_a_page_fits_and_asks_nobody(name, width, browser, files):
    browser.show(files[name], width, dark=width == PHONE)

    assert browser.run("document.documentElement.scrollWidth") <= width
    assert [] == browser.run(WIDER)
    assert [] == browser.run(CUT)
    asked = [each["request"]["url"] for each in browser.happened("Network.requestWillBeSent")]
    assert [files[name].as_uri()] == [each for each in asked if not each.startswith("data:")]
    assert [] == browser.happened(*SPEAKS, "Page.javascriptDialogOpening")


def test_a_page_can_be_searched_with_the_keyboard(browser, files):
    browser.show(files["handbook"], DESKTOP)
    every = browser.run(VISIBLE)

    browser.press("/weight amer")

    found = browser.run(VISIBLE)
    assert 0 < found < every
    told = browser.run('document.querySelector("#search output").textContent')
    assert f"{found} of {every} parts" == told
    assert "none" == browser.run('getComputedStyle(document.querySelector("#pipelines")).display')


def test_a_page_reads_without_its_script(browser, files):
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.show(files["handbook"], DESKTOP)
    browser.ask("Emulation.setScriptExecutionDisabled", value=False)

    assert browser.run('document.getElementById("search").hidden')
    assert browser.run(VISIBLE) == browser.run('document.querySelectorAll("[data-find]").length')


def test_a_page_is_dark_where_the_reader_wants_it(browser, files):
    colour = "getComputedStyle(document.body).backgroundColor"

    browser.show(files["handbook"], DESKTOP)
    light = browser.run(colour)
    browser.show(files["handbook"], DESKTOP, dark=True)

    assert ("rgb(245, 246, 248)", "rgb(15, 19, 25)") == (light, browser.run(colour))


def test_a_page_prints_without_its_contents(browser, files):
    browser.show(files["handbook"], DESKTOP)

    printed = base64.b64decode(browser.ask("Page.printToPDF")["data"])
    browser.ask("Emulation.setEmulatedMedia", media="print")
    shown = browser.run('getComputedStyle(document.querySelector("nav")).display')
    browser.ask("Emulation.setEmulatedMedia", media="")

    assert printed.startswith(b"%PDF")
    assert "none" == shown


def test_a_screenshot_shows_more_than_one_colour(browser, files):
    browser.show(files["report"], PHONE, 800)

    picture = browser.picture(whole=False)

    assert (PHONE, 800) == struct.unpack(">II", picture[16:24])
    assert len(picture) > 10_000


def test_a_script_of_somebody_else_would_not_run(browser, files, tmp_path):
    page = files["handbook"].read_text("utf-8")
    spoilt = tmp_path / "spoilt.html"
    added = "<script>document.title='run'</script><img src='http://127.0.0.1:9/x'>"
    spoilt.write_text(page.replace("</main>", f"{added}</main>"), "utf-8")

    browser.show(spoilt, DESKTOP)

    assert "run" != browser.run("document.title")
    assert [] != browser.happened("Log.entryAdded")
