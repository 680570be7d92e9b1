"""The calls to GitHub and GitLab: each can run twice, and the token goes to one place only."""

import json

import pytest

from ixia_config.app import commenting
from ixia_config.app.commenting import Logins, Sticky
from ixia_config.app.refusal import Refusal
from ixia_config.edges.code_host import CodeHost, api_of
from ixia_config.edges.github import GitHub
from ixia_config.edges.gitlab import GitLab
from ixia_config.edges.pull_request import TRAILER, Branch
from ixia_config.edges.secrets import Secret
from ixia_config.engine import codec
from ixia_config.exits import Exit
from ixia_config.kinds import Configuration
from ixia_config.model import Identity, Plan, Review
from ixia_config.sdk.wire import RemoteError
from tests.ci.hosts import ME, TOKEN, FakeHub, FakeLab, said
from tests.edges.server import HANG_UP, answer, serving

STICKY = Sticky("crm.production", (("plan", "ab12"), ("head", "h1")), "### Ixia\n")
DRIFT = Branch("ixia/drift", "main", "Take over", "Because.", {"a.yaml": "new\n"})
REVIEWS = (
    Review("ChangePolicy/p#comp", ("finance",), ("omar@acme.example",), labels=("comp",)),
    Review("ChangePolicy/p#deals", ("deal-desk",), ("ines@acme.example",), labels=("deal desk",)),
)
LOGINS = Logins.read("who,login\nomar@acme.example,omar\ndeal-desk,team:deal-desk\n")


@pytest.fixture
def waits():
    """The seconds that were waited."""
    return []


@pytest.fixture
def hub(waits):
    fake = FakeHub()
    with serving(fake.reply) as server:
        fake.url = server.url
        host = CodeHost("GitHub", api_of(server.url), Secret(TOKEN), sleep=waits.append)
        yield fake, GitHub(host, "acme/revenue", 7)


@pytest.fixture
def lab(waits):
    fake = FakeLab()
    with serving(fake.reply) as server:
        host = CodeHost(
            "GitLab", api_of(server.url), Secret(TOKEN), "private-token", sleep=waits.append
        )
        yield fake, GitLab(host, "12", 7)


def by(author, body, number=0):
    """A comment of somebody."""
    return {"id": number, "user": {"login": author}, "body": body}


def test_a_comment_is_written_once_and_then_updated(hub):
    fake, host = hub

    assert ["written", "updated"] == [commenting.stick(host, STICKY) for _ in range(2)]
    assert [STICKY.body] == [each["body"] for each in fake.comments]
    assert [] == [each for each in fake.seen if each.method == "PATCH"]


def test_a_comment_is_found_behind_250_others(hub):
    fake, host = hub
    fake.comments = [by("ana", f"No {n}", n) for n in range(250)]
    fake.comments.append(by(ME, STICKY.body + "old", 250))

    assert "updated" == commenting.stick(host, STICKY)
    assert 251 == len(fake.comments)
    assert STICKY.body == fake.comments[-1]["body"]


def test_a_second_comment_of_ours_is_taken_away(hub):
    fake, host = hub
    fake.comments = [by(ME, STICKY.body, 1), by(ME, STICKY.body, 2)]

    commenting.stick(host, STICKY)

    assert [1] == [each["id"] for each in fake.comments]


def test_a_strangers_comment_with_our_marker_is_never_ours(hub):
    fake, host = hub
    fake.comments = [by("mallory", STICKY.body, 1)]

    assert "written" == commenting.stick(host, STICKY)
    assert ["mallory", ME] == [each["user"]["login"] for each in fake.comments]
    assert {"plan": "ab12", "head": "h1"} == commenting.said(host, "crm.production")


def test_what_a_stranger_says_of_a_plan_is_not_read(hub):
    fake, host = hub
    fake.comments = [by("mallory", STICKY.body, 1)]

    assert {} == commenting.said(host, "crm.production")


def test_labels_come_and_go_and_those_of_others_stay(hub):
    fake, host = hub
    fake.labels = {"urgent"}

    commenting.labelled(host, REVIEWS, Configuration())
    commenting.labelled(host, REVIEWS, Configuration())

    assert {"urgent", "comp", "deal desk"} == fake.labels
    assert 1 == len([each for each in fake.seen if each.method == "POST"])
    host.label((), ("deal desk", "gone"))
    assert {"urgent", "comp"} == fake.labels


def test_reviewers_are_asked_once_and_a_stranger_does_not_stop_the_others(hub):
    fake, host = hub
    fake.strangers = ("omar",)

    first = commenting.asked(host, REVIEWS, LOGINS)
    again = commenting.asked(host, REVIEWS, LOGINS)

    assert (["deal-desk"], ["omar"]) == first
    assert first == again
    assert {"deal-desk"} == set(fake.asked)


def test_only_an_approval_of_the_newest_commit_counts(hub):
    fake, host = hub
    states = [
        ("omar", "APPROVED", "h0"),
        ("ines", "APPROVED", "h1"),
        ("lee", "APPROVED", "h1"),
        ("lee", "CHANGES_REQUESTED", "h1"),
        ("ana", "APPROVED", "h1"),
        ("ana", "COMMENTED", "h1"),
    ]
    fake.reviews = [{"user": {"login": u}, "state": s, "commit_id": c} for u, s, c in states]

    assert ("ana", "ines") == host.approvers("h1")


def test_drift_is_proposed_once(hub):
    fake, host = hub

    first, second = host.propose(DRIFT), host.propose(DRIFT)

    assert (True, True) == (first.fresh, first.moved)
    assert (False, False) == (second.fresh, second.moved)
    assert first.number == second.number
    assert 1 == len(fake.pulls)
    assert 2 == len(fake.commits)


def test_the_work_of_a_person_on_the_branch_is_not_lost(hub):
    fake, host = hub
    host.propose(DRIFT)
    fake.commits["c9"] = {"tree": "t0", "parents": ["c1"], "m": "A better wording"}
    fake.branches[DRIFT.name] = "c9"

    with pytest.raises(RemoteError, match="somebody has worked on the branch"):
        host.propose(DRIFT)
    assert "c9" == fake.branches[DRIFT.name]
    assert TRAILER in fake.commits["c1"]["m"]


@pytest.mark.parametrize(
    "refusal",
    [
        said({"message": "You have exceeded a secondary rate limit."}, 403, Retry_After="7"),
        said({"message": "API rate limit exceeded"}, 403, Retry_After="7"),
        said({"message": "Too many requests"}, 429, Retry_After="7"),
    ],
)
def test_a_rate_limit_is_waited_for(hub, waits, refusal):
    fake, host = hub
    fake.first = [refusal]

    assert "written" == commenting.stick(host, STICKY)
    assert [7.0] == waits


def test_a_limit_of_an_hour_ends_the_run(hub, waits):
    fake, host = hub
    fake.first = [said({"message": "rate limit"}, 403, Retry_After="3600")] * 9

    with pytest.raises(Refusal, match="IX590"):
        commenting.stick(host, STICKY)
    assert [] == waits


def test_a_write_is_not_repeated_after_a_server_error(hub, waits):
    fake, host = hub
    fake.first = [said({}, 502)]

    with pytest.raises(RemoteError, match="502"):
        host.add_comment("Hello")
    assert 1 == len(fake.seen)
    assert [] == waits


@pytest.mark.parametrize(
    ("status", "hint"), [(403, "permission"), (404, "gone"), (401, "valid"), (422, "")]
)
def test_a_refusal_is_told_in_the_hosts_words(hub, status, hint):
    fake, host = hub
    fake.first = [said({"message": f"No.\n{TOKEN}"}, status)]

    with pytest.raises(RemoteError) as caught:
        host.add_comment("Hello")
    assert "No. ***" in caught.value.message
    assert TOKEN not in str(caught.value)
    assert hint in caught.value.hint


@pytest.mark.parametrize("reply", [HANG_UP, answer("[" * 100_000), answer("<html>", status=500)])
def test_an_odd_answer_is_an_error_of_the_host(reply):
    with serving(lambda seen: reply) as server:
        host = CodeHost("GitHub", api_of(server.url), Secret(TOKEN), sleep=lambda seconds: None)
        with pytest.raises(RemoteError):
            GitHub(host, "acme/revenue", 7).me()


def test_no_redirect_carries_the_token_away():
    with serving(lambda seen: said({})) as thief:
        elsewhere = answer("", status=302, Location=f"{thief.url}/")
        with serving(lambda seen: elsewhere) as server:
            host = CodeHost("GitHub", api_of(server.url), Secret(TOKEN))
            with pytest.raises(RemoteError):
                GitHub(host, "acme/revenue", 7).me()
        assert [] == thief.seen


@pytest.mark.parametrize(
    "address",
    [
        "http://api.github.com",
        "https://me:pw@api.github.com",
        "https://api.github.com?x=1",
        "ftp://x",
        "https://",
        "nowhere",
    ],
)
def test_a_token_goes_over_tls_or_nowhere(address):
    with pytest.raises(RemoteError, match="address of the code host"):
        api_of(address)


def test_a_repository_name_stays_in_its_place(hub):
    fake, host = hub
    odd = GitHub(host.host, "acme/../../user", 7)

    with pytest.raises(RemoteError):
        list(odd.comments())
    assert "/repos/acme/..%2F..%2Fuser/issues/7/comments" in fake.seen[-1].target


def a_plan():
    """A sealed plan."""
    identity = Identity("hubspot", "1001", "HubSpot 1001")
    day = "2026-11-22T09:00:00Z"
    return codec.sealed(Plan("crm", "production", "acme", identity, day, day))


def merged(fake, made, *, head="h1", forked=False):
    """The pull request is merged, with our comment about a plan."""
    repo = {"id": 2 if forked else 1}
    fake.pull = {
        "number": 8,
        "merge_commit_sha": "m1",
        "merged_at": "2026-11-22T09:00:00Z",
        "user": {"login": "ana"},
        "head": {"sha": "h1", "repo": repo},
        "base": {"ref": "main", "sha": "b1" * 20, "repo": {"id": 1}},
    }
    sticky = Sticky("crm.production", (("plan", made.digest), ("head", head)), "")
    fake.comments = [by(ME, sticky.body, 1)]


def fetched(host, commit="m1"):
    return commenting.reviewed_plan(host, commit, "crm.production", "ixia-plan")


def test_the_plan_of_the_comment_is_the_one_that_is_applied(hub):
    fake, host = hub
    made = a_plan()
    merged(fake, made)
    fake.keep("ixia-plan", codec.dump(made))

    text, pull = fetched(host)

    assert made == codec.load(text)
    assert 8 == pull.number
    stored = [each for each in fake.seen if each.target.startswith("/store/")]
    assert ["authorization" in each.headers for each in stored] == [False]


@pytest.mark.parametrize("wrong", ["other plan", "other commit", "fork's run", "fork", "no merge"])
def test_no_other_plan_is_ever_fetched(hub, wrong):
    fake, host = hub
    made = a_plan()
    merged(fake, made, head="h0" if wrong == "other commit" else "h1", forked=wrong == "fork")
    other = codec.sealed(
        codec.load(codec.dump(made)).__class__(**{**_fields(made), "project": "x"})
    )
    kept = other if wrong == "other plan" else made
    fake.keep("ixia-plan", codec.dump(kept), forked=wrong == "fork's run")

    with pytest.raises(Refusal, match="IX594") as caught:
        fetched(host, "m2" if wrong == "no merge" else "m1")
    assert Exit.STALE == caught.value.exit


def _fields(plan):
    return {name: getattr(plan, name) for name in Plan.__dataclass_fields__}


def test_gitlab_keeps_one_note_its_labels_and_its_reviewers(lab):
    fake, host = lab
    fake.notes = [
        {"id": n, "author": {"username": "ana"}, "body": "x", "system": n % 2 == 0}
        for n in range(130)
    ]

    assert ["written", "updated"] == [commenting.stick(host, STICKY) for _ in range(2)]
    changed = Sticky(STICKY.name, STICKY.facts, "### Ixia: again\n")
    commenting.stick(host, changed)
    commenting.labelled(host, REVIEWS, Configuration())
    told = commenting.asked(host, REVIEWS, LOGINS)

    assert 131 == len(fake.notes)
    assert changed.body == fake.notes[-1]["body"]
    assert {"comp", "deal desk"} == fake.labels
    assert (["omar"], ["deal-desk"]) == told
    assert [31] == fake.reviewers


def test_gitlab_is_proposed_drift_once(lab):
    fake, host = lab

    first, second = host.propose(DRIFT), host.propose(DRIFT)

    assert (True, True, False, False) == (first.fresh, first.moved, second.fresh, second.moved)
    assert 1 == len(fake.requests)
    fake.branches[DRIFT.name]["message"] = "My own words"
    with pytest.raises(RemoteError, match="somebody has worked"):
        host.propose(DRIFT)


def test_requests_name_no_secret_but_in_their_one_header(hub):
    fake, host = hub
    commenting.stick(host, STICKY)
    host.propose(DRIFT)

    for each in fake.seen:
        shown = {name: value for name, value in each.headers.items() if name != "authorization"}
        assert TOKEN not in json.dumps(shown) + each.target + each.body.decode()
