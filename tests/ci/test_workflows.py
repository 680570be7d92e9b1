"""The workflows pass the linters that attack them, and keep the promises that these cannot see."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ACTIONS = sorted((GITHUB / "actions").glob("*/action.yml"))
GITLAB = ROOT / "examples" / "ci" / "gitlab" / "ixia.gitlab-ci.yml"

pytestmark = pytest.mark.source


def tool(name):
    """A linter beside this Python or on the path; the test is skipped where there is none."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: pip install {name}")
    return found


def steps(path):
    """Every step of a workflow or an action."""
    tree = YAML(typ="safe").load(path)
    jobs = tree["jobs"].values() if "jobs" in tree else [tree["runs"]]
    return [step for job in jobs for step in job["steps"]]


def test_zizmor_finds_nothing():
    command = [tool("zizmor"), "--offline", "--no-progress", "--persona=regular", str(GITHUB)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)

    assert 0 == done.returncode, done.stdout + done.stderr


def actionlint():
    """The linter: a program of this machine, or its WebAssembly build where npm installed one."""
    found = shutil.which("actionlint")
    if found:
        return [found, "-shellcheck=", "-pyflakes="]
    cache = os.environ.get("IXIA_LIVE_CACHE") or Path.home() / ".cache" / "ixia-live"
    package = Path(cache) / "actionlint" / "node_modules" / "@tktco" / "node-actionlint"
    if not package.is_dir() or not shutil.which("node"):
        pytest.skip("WORKFLOWS NOT LINTED: there is no actionlint here: make actionlint")
    return [
        str(shutil.which("node")),
        str(Path(__file__).with_name("actionlint.cjs")),
        str(package),
    ]


def linted(*paths):
    """What actionlint says of these files."""
    command = [*actionlint(), *map(str, paths)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr


def test_actionlint_finds_nothing():
    assert "" == linted(*WORKFLOWS)


def test_actionlint_would_find_a_title_in_a_script(tmp_path):
    file = tmp_path / "bad.yml"
    steps = "[{run: 'echo ${{ github.event.pull_request.title }}'}]"
    file.write_text(f"on: push\njobs: {{a: {{runs-on: ubuntu-latest, steps: {steps}}}}}\n")

    assert "potentially untrusted" in linted(file)


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.stem)
def test_every_script_is_bash(path):
    for step in steps(path):
        script = step.get("run", "").encode()
        done = subprocess.run(["bash", "-n"], check=False, input=script, capture_output=True)

        assert (0, b"") == (done.returncode, done.stderr), script


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.stem)
def test_no_expression_stands_in_a_script(path):
    scripts = [step["run"] for step in steps(path) if "run" in step]

    assert [] == [script for script in scripts if "${{" in script]


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.stem)
def test_every_action_is_pinned_by_commit(path):
    used = [step["uses"] for step in steps(path) if "uses" in step]

    assert [] == [each for each in used if not re.fullmatch(r"[\w/.-]+@[0-9a-f]{40}", each)]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_starts_with_the_rights_of_the_base_on_the_code_of_a_fork(path):
    text = path.read_text("utf-8")

    assert "pull_request_target" not in text
    assert "workflow_run" not in text


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_job_says_what_it_may_and_how_long(path):
    tree = YAML(typ="safe").load(path)

    assert "permissions" in tree
    assert [] == [name for name, job in tree["jobs"].items() if "timeout-minutes" not in job]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_checkout_leaves_its_token_behind(path):
    checkouts = [step for step in steps(path) if "checkout@" in step.get("uses", "")]

    assert [] == [step for step in checkouts if step["with"]["persist-credentials"] is not False]


def test_the_job_that_sees_what_was_written_can_write_nothing():
    jobs = YAML(typ="safe").load(GITHUB / "workflows" / "ixia.yml")["jobs"]

    for name in ("plan", "fork"):
        assert {"read"} == set(jobs[name]["permissions"].values())
    assert "${{ github.event.pull_request.base.sha }}" == jobs["say"]["steps"][0]["with"]["ref"]


def test_the_job_of_a_fork_names_no_secret():
    jobs = YAML(typ="safe").load(GITHUB / "workflows" / "ixia.yml")["jobs"]

    assert "secrets." not in str(jobs["fork"])
    assert "secrets." not in str(jobs["say"])
    assert "== github.repository" in jobs["plan"]["if"]


EVERY = [*WORKFLOWS, *ACTIONS, GITLAB]


def scripts(path):
    """Every line that a job runs, of either code host."""
    if path != GITLAB:
        return [step["run"] for step in steps(path) if "run" in step]
    jobs = [each for each in YAML(typ="safe").load(path).values() if isinstance(each, dict)]
    return [
        line for job in jobs for key in ("before_script", "script") for line in job.get(key, ())
    ]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_no_python_looks_for_modules_among_the_files_of_a_change(path):
    started = [each for line in scripts(path) for each in re.findall(r"python\S* +(\S+)", line)]

    assert {"-I"} >= set(started) or path.stem == "ci"


def test_a_file_called_pip_is_not_run(tmp_path):
    (tmp_path / "pip.py").write_text("open('pwned', 'w')\n")
    command = [sys.executable, "-I", "-m", "pip", "--version"]

    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)

    assert done.stdout.startswith(b"pip ")
    assert not (tmp_path / "pwned").exists()


def test_no_result_is_looked_for_where_a_change_can_put_one():
    """What a job keeps or shows lies outside of the checkout, or was removed before it began."""
    for path in (GITHUB / "workflows" / "ixia.yml", *ACTIONS):
        for step in steps(path):
            kept = step.get("with", {}).get("path", "${{ runner.temp }}")
            assert kept.startswith("${{ runner.temp }}"), kept
            assert "runner.temp" in step.get("env", {}).get("OUT", "runner.temp")
            written = re.findall(r"--(?:out|body|report|junit|snapshot) (\S+)", step.get("run", ""))
            plain = {"comment.md", "plan.json"}  # of the job that looks at the base only
            assert [] == [
                each for each in written if not each.startswith('"$') and each not in plain
            ]
    first = YAML(typ="safe").load(GITLAB)[".ixia"]["before_script"][0]
    assert "rm -rf plan.json comment.md report.html" in first


def test_the_gitlab_template_reads_and_has_the_same_jobs():
    tree = YAML(typ="safe").load(GITLAB)

    jobs = {name for name in tree if name.startswith("ixia-")}
    assert {"ixia-review", "ixia-comment", "ixia-fork", "ixia-apply", "ixia-drift"} == jobs
    assert {""} == set(tree["ixia-fork"]["variables"].values())
