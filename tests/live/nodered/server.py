"""A real Node-RED on this machine: installed once into a cache, started on a port of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import pytest

from ixia_config.sdk import Request, Response

VERSION = "4.1.8"
TITLE = "Lead desk"
_SETTINGS = """\
module.exports = {
  uiHost: "127.0.0.1", uiPort: %(port)d, flowFile: "flows.json", credentialSecret: "scratch",
  telemetry: {enabled: false}, logging: {console: {level: "warn"}},
  adminAuth: {type: "credentials", users: [{username: "ixia", permissions: "*",
    password: require(%(bcrypt)s).hashSync("scratch", 4)}]},
  editorTheme: {header: {title: "%(title)s"}}, %(more)s
};
"""
LASTING = 'contextStorage: {default: {module: "localfilesystem", config: {flushInterval: 1}}},'


def installed() -> Path:
    """The folder with Node-RED; the test is skipped, and says why, where it cannot be had."""
    cache = os.environ.get("IXIA_LIVE_CACHE") or Path.home() / ".cache" / "ixia-live"
    folder = Path(cache) / "nodered"
    if _version(folder) == VERSION:
        return folder
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("LIVE SYSTEM NOT TESTED: npm is not here, so Node-RED cannot be installed")
    folder.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder)]
    done = subprocess.run(
        [*command, f"node-red@{VERSION}"], capture_output=True, text=True, timeout=300, check=False
    )
    if _version(folder) != VERSION:
        pytest.skip(f"LIVE SYSTEM NOT TESTED: npm could not install it: {done.stderr[-300:]}")
    return folder


def _version(folder: Path) -> str:
    try:
        text = (folder / "node_modules/node-red/package.json").read_text("utf-8")
    except OSError:
        return ""
    return str(json.loads(text)["version"])


@dataclass
class Server:
    """A running instance; as a sandbox it hands every request on to the real one."""

    url: str
    token: str = ""

    def respond(self, request: Request, *, token: str | None, now: float) -> Response:
        """What the real one answers."""
        del now
        return self.ask(request.method, request.path, request.json, dict(request.headers), token)

    def ask(self, method, path, body=None, headers=None, token=None) -> Response:
        """One request over HTTP."""
        data = None if body is None else json.dumps(body).encode()
        kept = {k: v for k, v in (headers or {}).items() if k.lower().startswith("node-red")}
        kept |= {"Content-Type": "application/json"} if data else {}
        kept |= {"Authorization": f"Bearer {token}"} if token else {}
        request = urllib.request.Request(self.url + path, data, kept, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return _response(answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return _response(error.code, error.read().decode())

    def admin(self, method, path, body=None) -> Response:
        """One request of an administrator."""
        return self.ask(method, path, body, {"Node-RED-API-Version": "v2"}, self.token)

    def flows(self) -> list[dict]:
        """Everything that is deployed."""
        return self.admin("GET", "/flows").json["flows"]

    def deploy(self, flows) -> None:
        """Somebody else deploys exactly these."""
        answer = self.admin("POST", "/flows", {"flows": flows})
        assert answer.status == 200, answer

    def forget_turns(self) -> None:
        """Every rotation starts anew."""
        self.admin("DELETE", "/context/global/ixia_rotation?store=memory")

    def sign_in(self) -> None:
        """Get a token as a person does."""
        form = {"client_id": "node-red-admin", "grant_type": "password", "scope": "*"}
        data = urlencode({**form, "username": "ixia", "password": "scratch"}).encode()
        with urllib.request.urlopen(f"{self.url}/auth/token", data, timeout=60) as answer:
            self.token = json.loads(answer.read())["access_token"]


def _response(status: int, text: str) -> Response:
    try:
        return Response(status, json.loads(text), {}, text)
    except ValueError:
        return Response(status, None, {}, text)


@dataclass
class Instance:
    """Node-RED in a folder of its own, which can be stopped and started again."""

    folder: Path
    scratch: Path
    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def server(self) -> Server:
        """How to talk to it, signed in."""
        found = Server(f"http://127.0.0.1:{self.port}")
        found.sign_in()
        return found

    def start(self) -> Server:
        """Start it and wait until it answers."""
        log, red = self.scratch / "log", str(self.folder / "node_modules/node-red/red.js")
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                ["node", red, "-u", str(self.scratch)],
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
            )
        _wait(Server(f"http://127.0.0.1:{self.port}"), self.process, log)
        return self.server

    def stop(self) -> None:
        """End it as a machine that goes down does: with time to write what it keeps."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)


@contextmanager
def instance(*, more: str = "", **environment: str) -> Iterator[Instance]:
    """A fresh instance with more settings, not yet started; stopped when the block ends."""
    folder = installed()
    with TemporaryDirectory(prefix="ixia-nodered-") as scratch:
        port = _free_port()
        bcrypt = json.dumps(str(folder / "node_modules" / "bcryptjs"))
        settings = _SETTINGS % {"port": port, "bcrypt": bcrypt, "title": TITLE, "more": more}
        Path(scratch, "settings.js").write_text(settings, "utf-8")
        found = Instance(folder, Path(scratch), port, environment)
        try:
            yield found
        finally:
            found.stop()


@contextmanager
def running() -> Iterator[Server]:
    """A fresh instance until the block ends."""
    with instance() as found:
        yield found.start()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(f"Node-RED ended: {log.read_text('utf-8')[-2000:]}")
        try:
            if server.ask("GET", "/theme").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail(f"Node-RED did not start: {log.read_text('utf-8')[-2000:]}")
