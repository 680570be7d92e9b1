"""``ixia report`` and ``ixia docs`` as a user types them."""

import stat

import pytest

from ixia_connectors.hubspot.sandbox import HubSpotSandbox
from tests.app.place import TOKEN, a_place
from tests.cli.review import bookings, committed, deals, edited, leads


@pytest.fixture
def review(tmp_path):
    """A repository with an edited working tree, and the options that name its records."""
    root = edited(committed(tmp_path / "repo"))
    files = {"lead": leads(tmp_path), "deal": deals(tmp_path), "booking": bookings(tmp_path)}
    return root, [part for kind, file in files.items() for part in ("--records", f"{kind}={file}")]


def test_a_report_shows_what_a_change_does_to_records(ixia, review, tmp_path):
    root, records = review
    page = tmp_path / "out" / "review.html"

    ended = ixia("report", "--dir", root, "--against", "main", *records, "--output", page)

    assert (0, f"Written to {page}\n") == (ended.code, ended.out)
    text = page.read_text("utf-8")
    assert "3 of 8 policies decide otherwise than in main." in text
    assert "16 of 150 (10.7 %) leads go elsewhere" in text
    assert 'class="bar-now"' in text
    assert 'class="curve-now"' in text
    assert "Discount is below 15 %" in text


def test_a_report_with_pay_is_for_its_owner_only(ixia, review, tmp_path):
    root, records = review
    told = {}
    for name, more in (("hidden", ()), ("shown", ("--show-pay",))):
        page = tmp_path / f"{name}.html"
        ixia("report", "--dir", root, "--against", "main", *records, "--output", page, *more)
        told[name] = page

    assert "110,000 USD" not in told["hidden"].read_text("utf-8")
    assert "110,000 USD" in told["shown"].read_text("utf-8")
    assert 0o600 == stat.S_IMODE(told["shown"].stat().st_mode)


def test_a_report_without_anything_is_the_process(ixia, review, tmp_path):
    root, _ = review
    page = tmp_path / "report.html"

    ended = ixia("report", "--dir", root, "--output", page)

    assert 0 == ended.code
    assert 'id="pipelines"' in page.read_text("utf-8")
    assert 'id="impact"' not in page.read_text("utf-8")


def test_a_version_that_is_not_there_is_named(ixia, review, tmp_path):
    root, _ = review

    ended = ixia("report", "--dir", root, "--against", "mian", "--output", tmp_path / "x.html")

    assert 3 == ended.code
    assert "IX910" in ended.err
    assert not (tmp_path / "x.html").exists()


def test_a_place_that_cannot_be_written_is_named(ixia, review, tmp_path):
    root, _ = review
    (tmp_path / "file").write_text("", "utf-8")

    for command in ("report", "docs"):
        ended = ixia(command, "--dir", root, "--output", tmp_path / "file" / "x.html")
        assert 64 == ended.code
        assert "IX549" in ended.err


def test_a_handbook_is_a_page_and_markdown(ixia, review, tmp_path):
    root, _ = review

    both = ixia("docs", "--dir", root, "--output", tmp_path / "book")
    one = ixia("docs", "--dir", root, "--output", tmp_path / "one.md")
    other = ixia("docs", "--dir", root, "--output", tmp_path / "one.pdf")

    assert [0, 0, 64] == [each.code for each in (both, one, other)]
    names = {each.name for each in (tmp_path / "book").iterdir()}
    assert {"handbook.html", "handbook.md"} == names
    assert "```mermaid" in (tmp_path / "one.md").read_text("utf-8")


def test_a_saved_plan_becomes_a_report_and_release_notes(ixia, tmp_path, monkeypatch):
    monkeypatch.setenv("HUBSPOT_SANDBOX_TOKEN", TOKEN)
    plan, page, notes = (tmp_path / name for name in ("plan.json", "report.html", "notes.md"))
    with a_place(tmp_path / "repo", HubSpotSandbox()) as place:
        where = ("--dir", place.root)
        ixia("plan", *where, "--env", "sandbox", "--out", plan)

        reported = ixia("report", *where, "--plan", plan, "--output", page)
        said = ixia("docs", *where, "--release-notes", plan)
        kept = ixia("docs", *where, "--release-notes", plan, "--output", notes)

    assert [0, 0, 0] == [each.code for each in (reported, said, kept)]
    assert "ixia apply plan.json" in page.read_text("utf-8")
    assert said.out.startswith("# What changes in HubSpot sandbox 4242\n")
    assert said.out == notes.read_text("utf-8")


def test_a_plan_that_was_altered_is_refused(ixia, review, tmp_path):
    root, _ = review
    (tmp_path / "plan.json").write_text("{}", "utf-8")

    for option in (("report", "--plan"), ("docs", "--release-notes")):
        ended = ixia(option[0], "--dir", root, option[1], tmp_path / "plan.json")
        assert 6 == ended.code
