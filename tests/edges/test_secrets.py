"""A secret is sent, and shown nowhere: not in text, errors, tracebacks, logs or files."""

import copy
import json
import logging
import pickle
import string
import traceback
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ixia_config.edges.retry import Patience
from ixia_config.edges.secrets import Secret, permission_hint, resolve
from ixia_config.kinds.project.spec import Secret as Reference
from ixia_config.sdk import RemoteError
from tests.edges.plain import READ, WRITE, MadeUpTime, ask, driver
from tests.edges.server import HANG_UP, answer, script, serving

# The start keeps a token from being a word of the program's own, such as "Response".
tokens = st.text(
    alphabet=string.ascii_letters + string.digits + "-_./+=\"'%\\", min_size=5, max_size=60
).map(lambda text: f"Zq7{text}")


def echoes(token: str) -> list[bytes | None]:
    """Answers of systems that repeat what they were sent, in every form that they might."""
    forms = [token, quote(token, safe=""), json.dumps(token)[1:-1], token.replace("/", "\\/")]
    bodies = [f"Bearer {form} is not known" for form in forms]
    plain = [answer(body, status=401, content_type="text/plain") for body in bodies]
    quoted = [answer(json.dumps({"message": body}), status=403) for body in bodies]
    headed = [answer(status=400, X_Echo=token), answer(status=302, Location=f"/{token}")]
    return [*plain, *quoted, *headed, HANG_UP, answer("{"), answer(status=500, X_Echo=token)]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tokens)
def test_a_token_is_in_no_text_that_anybody_sees(caplog, token):
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    replies = echoes(token)
    log: list[object] = []
    texts = []
    with (
        serving(script(*replies, *replies)) as server,
        driver(
            server.url, MadeUpTime(), token=Secret(token), log=log, patience=Patience(tries=1)
        ) as client,
    ):
        for request in (READ, WRITE):
            for _ in replies:
                with pytest.raises(RemoteError) as caught:
                    client.run(ask(request))
                error = caught.value
                texts += [str(error), repr(error), repr(error.response), str(vars(error))]
                texts += traceback.format_exception(error)
        texts += [repr(client), str(vars(client))]
    texts += [f"{exchange} {exchange!r}" for exchange in log]
    texts += [record.getMessage() for record in caplog.records]

    sent = {seen.headers["authorization"] for seen in server.seen}
    assert (2 * len(replies), {f"Bearer {token}"}) == (len(server.seen), sent)
    assert [] == [text for text in texts if token in text]


@given(tokens)
def test_a_secret_shows_itself_to_nobody(token):
    secret = Secret(token)

    shown = [
        str(secret),
        repr(secret),
        f"{secret}",
        f"{secret!r:>20}",
        f"{secret:x}",
        f"{[secret]}",
    ]

    assert {"***"} == {text.strip(" []") for text in shown}
    assert token not in secret.fingerprint()
    assert token == secret.reveal()


@pytest.mark.parametrize("way", [pickle.dumps, copy.deepcopy, json.dumps])
def test_a_secret_cannot_be_written_or_copied(way):
    with pytest.raises(TypeError):
        way(Secret("pat-na1-12345678"))


@given(st.text(), tokens, st.text())
def test_what_is_redacted_does_not_hold_it(before, token, after):
    assert token not in Secret(token).redact(f"{before}{token}{after}")


def test_a_short_word_is_no_secret_and_nothing_is_damaged_for_it():
    assert "the demo account" == Secret("demo").redact("the demo account")


def test_equal_secrets_have_one_fingerprint():
    assert Secret("abcdefgh").fingerprint() == Secret("abcdefgh").fingerprint()
    assert Secret("abcdefgh").fingerprint() != Secret("abcdefgi").fingerprint()


# Where it is found


@dataclass
class Place:
    """What a reference is resolved against."""

    root: Path
    environ: dict[str, str]

    def token(self, **reference: str) -> str:
        return resolve(Reference(**reference), environ=self.environ, root=self.root).reveal()

    def refusal(self, **reference: str) -> str:
        with pytest.raises(RemoteError) as caught:
            self.token(**reference)
        return str(caught.value)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(
        tmp_path, {"GOOD": "pat-na1-12345678", "EMPTY": " ", "SPLIT": "pat na1", "ODD": "ü"}
    )


def test_a_token_comes_from_the_environment_or_a_file(place: Place):
    (place.root / "token").write_text("pat-na1-87654321\n")

    assert "pat-na1-12345678" == place.token(env="GOOD")
    assert "pat-na1-87654321" == place.token(file="token")
    assert "pat-na1-87654321" == place.token(file=str(place.root / "token"))


def test_a_missing_token_is_told_by_its_place_and_never_by_its_value(place: Place):
    (place.root / "odd").write_bytes(b"\xff\xfe")

    assert [
        (
            "IX601 the environment variable MISSING is not set;"
            " put the token there, e.g. export MISSING=..."
        ),
        "IX601 the token in $EMPTY is empty; put the token there",
        (
            "IX601 the token in $SPLIT has a blank or an odd character in it;"
            " copy it again, whole and on one line"
        ),
        (
            "IX601 the token in $ODD has a blank or an odd character in it;"
            " copy it again, whole and on one line"
        ),
        (
            "IX601 the token file nowhere cannot be read: No such file or directory;"
            " check its path and permissions"
        ),
        "IX601 the token file odd holds more than a token; put the token alone into it",
        (
            "IX601 the environment has no token;"
            " name its place in ixia.yaml, e.g. token: {env: HUBSPOT_TOKEN}"
        ),
    ] == [
        place.refusal(env="MISSING"),
        place.refusal(env="EMPTY"),
        place.refusal(env="SPLIT"),
        place.refusal(env="ODD"),
        place.refusal(file="nowhere"),
        place.refusal(file="odd"),
        place.refusal(),
    ]


@pytest.mark.parametrize(
    ("mode", "warned"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)]
)
def test_a_token_file_that_others_may_read_is_warned_of(place: Place, mode, warned):
    (place.root / "token").write_text("pat-na1-87654321")
    (place.root / "token").chmod(mode)

    hint = permission_hint(Reference(file="token"), root=place.root)

    assert ("chmod 600 token" in hint) == warned
    assert "" == permission_hint(Reference(env="GOOD"), root=place.root)
