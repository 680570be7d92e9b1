"""``ixia simulate``: what a pull request would have done, as its readers see it."""

import json
import re

import duckdb
import pytest

from ixia_connectors.hubspot.sandbox import HubSpotSandbox
from tests.app.place import TOKEN, a_place
from tests.cli.review import bookings, committed, deals, edited, git, leads, table
from tests.snapshots import Markdown, Text

CLOCK = ("--clock", "2026-11-23T09:00:00Z")


@pytest.fixture
def review(tmp_path):
    """A repository with an edited working tree, and files of records."""
    root = edited(committed(tmp_path / "repo"))
    return root, {"lead": leads(tmp_path), "deal": deals(tmp_path), "booking": bookings(tmp_path)}


def call(ixia, review, *more, against=("--against", "main")):
    root, files = review
    sources = [part for kind, file in files.items() for part in ("--records", f"{kind}={file}")]
    return ixia("simulate", "--dir", root, *against, *sources, *CLOCK, *more)


def test_a_change_of_rules_reads_like_a_report(ixia, review, snapshot):
    ended = call(ixia, review)

    assert 0 == ended.code
    assert snapshot(extension_class=Text) == ended.out


def test_a_comment_shows_no_persons_pay(ixia, review, snapshot):
    ended = call(ixia, review, "--format", "markdown")

    assert snapshot(extension_class=Markdown) == ended.out
    paid = json.loads(call(ixia, review, "--format", "json", "--show-pay").out)
    [pay] = [each for each in paid["policies"] if each["policy"] == "CompPlan/ae-2027"]
    amounts = {
        figure
        for table in pay["tables"]
        if table["unit"] == "money"
        for line in table["lines"]
        for figure in (line["before"], line["after"])
    }
    assert len(amounts) > 10
    for form in ("text", "json"):
        hidden = ended.out + call(ixia, review, "--format", form).out
        for amount in amounts - {"0", "0.00"}:
            assert amount not in hidden
            assert f"{float(amount):,.2f}" not in hidden


def test_without_another_version_the_rules_are_counted_as_they_are(ixia, review):
    ended = call(ixia, review, against=())

    assert 0 == ended.code
    assert re.search(
        r"RoutingPolicy/inbound-leads .*\n  0 of 150 \(0.0 %\) leads go to nobody", ended.out
    )


def test_the_working_tree_is_left_alone(ixia, review):
    root, _ = review
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}

    call(ixia, review)

    assert before == {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_a_version_that_is_not_there_is_named(ixia, review):
    ended = call(ixia, review, against=("--against", "mian"))

    assert 3 == ended.code
    assert "IX910" in ended.err
    assert "mian" in ended.err


@pytest.mark.parametrize("name", ["HEAD:ixia.yaml", "main..main", "\x00", " --output=/tmp/x"])
def test_a_version_is_never_more_than_a_commit(ixia, review, name):
    ended = call(ixia, review, against=(f"--against={name}",))

    assert 3 == ended.code
    assert "IX910" in ended.err


@pytest.mark.parametrize("name", ["--output=/tmp/x", "-x"])
def test_a_version_is_never_an_option_of_git(ixia, review, name):
    ended = call(ixia, review, against=(f"--against={name}",))

    assert 64 == ended.code
    assert "No such option" in ended.err


def test_without_a_name_it_is_where_the_branch_left_main(ixia, review):
    root, _ = review
    named = call(ixia, review)
    git(root, "checkout", "--quiet", "-b", "topic")
    git(root, "commit", "--quiet", "--all", "--message=the change")

    ended = call(ixia, review, against=("--against",))

    assert named.out == ended.out
    assert re.match("Compared with main at [0-9a-f]{12}, where this branch left it.", ended.err)


def test_an_older_version_with_errors_is_refused(ixia, review):
    root, _ = review
    (root / "broken.yaml").write_text("kind: Pipelin\n", encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=broken")
    (root / "broken.yaml").unlink()

    ended = call(ixia, review, against=("--against", "HEAD"))

    assert 3 == ended.code
    assert "broken.yaml" in ended.err


def test_links_in_an_older_version_lead_nowhere(ixia, review, tmp_path):
    root, _ = review
    secret = tmp_path / "secret.yaml"
    secret.write_text("kind: Secret\ntoken: hunter2\n", encoding="utf-8")
    (root / "link.yaml").symlink_to(secret)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=link")
    (root / "link.yaml").unlink()

    ended = call(ixia, review, against=("--against", "HEAD"))

    assert 0 == ended.code
    assert "hunter2" not in ended.out + ended.err


def test_rows_that_do_not_fit_are_counted_and_named(ixia, review):
    _, files = review
    with files["deal"].open("a", encoding="utf-8") as out:
        out.write("D900,Odd,lots,5%,ana@acme.example\nD901,Odd,some,5%,ana@acme.example\n")

    ended = call(ixia, review)

    words = " ".join(ended.out.split())
    assert "102 rows of deal; 100 can be simulated" in words
    assert '2 rows left out: IX903 row 102, column "amount"' in words


def test_a_type_of_records_must_be_known(ixia, review):
    root, files = review

    unnamed = ixia("simulate", "--dir", root, "--records", files["lead"])
    unknown = ixia("simulate", "--dir", root, "--records", f"leads={files['lead']}")
    nobody = ixia("simulate", "--dir", root, "--records", f"company={files['lead']}")
    nothing = ixia("simulate", "--dir", root)

    assert [64] * 4 == [each.code for each in (unnamed, unknown, nobody, nothing)]
    assert "IX912" in unnamed.err
    assert 'Did you mean "lead"?' in unknown.err
    assert "IX911" in nobody.err
    assert "--records" in nothing.err


def test_a_plan_shows_the_impact_on_records_above_its_changes(ixia, tmp_path, monkeypatch):
    monkeypatch.setenv("HUBSPOT_SANDBOX_TOKEN", TOKEN)
    with a_place(tmp_path / "repo", HubSpotSandbox()) as place:
        for arguments in (["init", "--quiet", "--initial-branch=main"], ["add", "--all"]):
            git(place.root, *arguments)
        git(place.root, "commit", "--quiet", "--message=as it was")
        place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 55%")
        rows = [{"id": n, "amount": 1000, "stage": "Evaluate"} for n in range(3)]
        records = ("--records", f"deal={table(tmp_path / 'deals.csv', rows)}")
        plan = ("plan", "--dir", place.root, "--env", "sandbox")

        text = ixia(*plan, *records)
        values = json.loads(ixia(*plan, *records, "--format", "json").out)
        plain = json.loads(ixia(*plan, "--format", "json").out)

    assert 0 == text.code
    impact, _, changes = text.out.partition("acme-revenue -> HubSpot sandbox 4242")
    assert "3 open deals are weighted otherwise" in impact
    assert re.search(r"weighted pipeline +1,200.00 +1,650.00 +\+450.00", impact)
    assert "Evaluate" in changes
    assert values.pop("impact")["policies"]
    assert plain["changes"] == values["changes"]


def test_leads_in_parquet_are_decided_by_duckdb_as_one_by_one(ixia, review, tmp_path):
    root, files = review
    parquet = tmp_path / "leads.parquet"
    with duckdb.connect() as database:
        types = "{'employees': 'BIGINT', 'assigned_at': 'VARCHAR', 'first_touch_at': 'VARCHAR'}"
        times = ", ".join(
            f"make_timestamp(epoch_us({name}::TIMESTAMP)) AS {name}"
            for name in ("assigned_at", "first_touch_at")
        )
        database.execute(
            f"COPY (SELECT * REPLACE ({times}) FROM read_csv('{files['lead']}', types={types}))"
            f" TO '{parquet}'"
        )

    def told(*more):
        records = ("--records", f"lead={parquet}", "--zone", "UTC", "--policy")
        routing = "RoutingPolicy/inbound-leads"
        call = ("simulate", "--dir", root, "--against", "main", *records, routing, *CLOCK, *more)
        ended = ixia(*call, "--format", "json")
        assert 0 == ended.code, ended.err
        return ended.out

    assert told() == told("--on", "duckdb")
    assert json.loads(told())["policies"][0]["changed"]


def test_an_engine_that_cannot_read_the_records_says_what_it_reads(ixia, review):
    root, files = review
    ended = ixia(
        "simulate", "--dir", root, "--records", f"lead={files['lead']}", "--on", "postgres"
    )

    assert 65 >= ended.code > 0
    assert "PostgreSQL decides about its own tables" in ended.err
