"""The scripts of the workflows, run as a runner runs them: in bash, in the checkout of a change."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.app.place import TOKEN
from tests.ci.scenario import a_pull_request, leads
from tests.ci.test_workflows import GITHUB, GITLAB, ROOT

pytestmark = pytest.mark.source


@pytest.fixture(scope="module")
def change(tmp_path_factory):
    """A checkout of the change, committed, that brings files called like results and modules."""
    folder = tmp_path_factory.mktemp("checkout")
    with a_pull_request(folder) as (root, account):
        for name in ("pip.py", "ixia_config.py", "json.py"):
            (root / name).write_text("raise SystemExit('pwned')\n")
        for name in ("plan.json", "comment.md", "report.html", "ixia-review/comment.md"):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text("forged\n")
        leads(root)
        yield root, account


@pytest.fixture
def runner(change, tmp_path):
    """Where a job runs, and what its runner sets."""
    root, account = change
    account.ticking.pass_(seconds=60)  # the account's limit counts by this clock
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {"PATH": path, "HOME": str(tmp_path), "PYTHONPATH": f"{ROOT}:{ROOT / 'connectors'}"}
    told = {name: str(tmp_path / name.lower()) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    return root, tmp_path, {**kept, **told}


def values(root, temp):
    """What the expressions of the workflows are for this change."""
    return {
        "inputs.directory": str(root),
        "inputs.environment": "sandbox",
        "inputs.target": "crm",
        "inputs.records": "lead=leads.csv\n",
        "inputs.snapshot": "",
        "inputs.base": "main",
        "inputs.token_variable": "HUBSPOT_SANDBOX_TOKEN",
        "inputs.out || format('{0}/ixia', runner.temp)": f"{temp}/ixia",
        "secrets.token": TOKEN,
        "vars.IXIA_HOSTS": "",
        "runner.temp": str(temp),
        "github.event.pull_request.base.sha": "main",
        "github.event.pull_request.base.ref": "main",
        "github.server_url": "https://github.com",
        "github.repository": "acme/revenue",
        "github.run_id": "7",
    }


def run(step, runner):
    """One step as bash runs it for the runner."""
    root, temp, environ = runner
    known = values(root, temp)
    resolved = {
        name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: known[found[1]], str(value))
        for name, value in step.get("env", {}).items()
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    more = {"HUBSPOT_SANDBOX_TOKEN": TOKEN} if "uses" in step else {}
    done = subprocess.run(
        command,
        cwd=root,
        env={**environ, **resolved, **more},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert "pwned" not in done.stdout + done.stderr
    assert TOKEN not in done.stdout + done.stderr
    return done


def named(path, job, start):
    """The step of a workflow or an action whose name starts so."""
    tree = YAML(typ="safe").load(path)
    steps = tree["jobs"][job]["steps"] if job else tree["runs"]["steps"]
    return next(each for each in steps if each.get("name", "").startswith(start))


def judge(temp, done):
    """The results are those of the review, outside of the checkout."""
    comment = (temp / "ixia" / "comment.md").read_text("utf-8")
    assert done.returncode == 3, done.stderr  # a test of the old rules fails
    assert "**Inbound leads**: 16 of 150 (10.7 %) leads go elsewhere" in comment
    assert "**Proved for every record that there can be**" in comment
    assert "(<https://github.com/acme/revenue/actions/runs/7#artifacts>)" in comment
    assert "otherwise than in main" in comment
    assert (temp / "ixia" / "report.html").read_text("utf-8").startswith("<!doctype html>")
    assert (temp / "ixia" / "plan.json").read_text("utf-8").startswith("{")
    assert comment == (temp / "github_step_summary").read_text("utf-8")[:-1]


def test_the_reusable_workflow_reviews_a_change(runner):
    done = run(named(GITHUB / "workflows" / "ixia.yml", "plan", "Plan, simulate"), runner)

    judge(runner[1], done)


def test_the_action_reviews_a_change(runner):
    action = GITHUB / "actions" / "ixia" / "action.yml"
    runner[2]["HUBSPOT_SANDBOX_TOKEN"] = TOKEN

    for name in ("Validate", "Analyse"):
        assert 0 == run(named(action, "", name), runner).returncode
    done = run(named(action, "", "Simulate, plan"), runner)

    judge(runner[1], done)
    told = (runner[1] / "github_output").read_text("utf-8")
    assert f"report={runner[1]}/ixia/report.html" in told


def test_the_gitlab_template_reviews_a_change(runner):
    root, _, environ = runner
    tree = YAML(typ="safe").load(GITLAB)
    told = {
        **tree["ixia-review"]["variables"],
        "IXIA_DIRECTORY": ".",
        "IXIA_TARGET": "crm",
        "IXIA_ENVIRONMENT": "sandbox",
        "HUBSPOT_SANDBOX_TOKEN": TOKEN,
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_JOB_URL": "https://gitlab.com/acme/revenue/-/jobs/7",
        "CI_PIPELINE_URL": "https://gitlab.com/acme/revenue/-/pipelines/7",
    }
    lines = [tree[".ixia"]["before_script"][0], *tree["ixia-review"]["script"]]

    done = run({"run": "\n".join(lines), "env": told}, (root, runner[1], environ))

    assert done.returncode == 3, done.stderr
    for name in tree["ixia-review"]["artifacts"]["paths"]:
        assert "forged" not in (root / name).read_text("utf-8")
    assert "/-/jobs/7/artifacts/file/report.html>)" in (root / "comment.md").read_text("utf-8")
