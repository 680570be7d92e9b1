"""A real Odoo 19 on this machine: installed once into a cache, started on ports of its own.

``python -m tests.live.odoo.server --serve`` starts one and prints where it is.
"""

from __future__ import annotations

import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from ixia_config.sdk import Request, Response
from tests.live.odoo.install import Installed, NotHereError, alone, place, run, unpacked

TEMPLATE = "template_crm"
MODULES = "crm,base_automation"
_PREFIX = "ixia-odoo-"
_KEY = """\
from datetime import datetime, timedelta
keys = env["res.users.apikeys"].with_user(env["res.users"].browse(2))
print("KEY=" + keys._generate("rpc", "ixia", datetime.now() + timedelta(days=3650)))
env.cr.commit()
"""
_CONFIG = """\
[options]
db_host = 127.0.0.1
db_port = {port}
db_user = odoo
db_password = scratch
http_interface = 127.0.0.1
http_port = {http}
data_dir = {folder}/data
max_cron_threads = 0
log_level = warn
"""


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL of ours, on a loopback port."""

    programs: Path
    folder: Path
    port: int

    def create(self, database: str, template: str = "template0") -> None:
        """A database that is a copy of another."""
        words = ("-h", "127.0.0.1", "-p", self.port, "-U", "odoo", "-T", template, database)
        run(self.programs / "createdb", *words, seconds=120)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        words = ("-h", "127.0.0.1", "-p", self.port, "-U", "odoo", "--force", database)
        run(self.programs / "dropdb", *words, seconds=120)

    def config(self, http: int, folder: Path) -> Path:
        """The settings of an Odoo that uses this cluster."""
        file = folder / "odoo.conf"
        file.write_text(_CONFIG.format(port=self.port, http=http, folder=folder), "utf-8")
        return file


@dataclass(frozen=True)
class Server:
    """A running Odoo; as a sandbox it hands every request on to the real one."""

    url: str
    key: str
    database: str
    version: str

    def respond(self, request: Request, *, token: str | None, now: float) -> Response:
        """What the real one answers."""
        del now
        return self.ask(request.path, request.json, token, request.method)

    def ask(self, path, body=None, key=None, method="POST") -> Response:
        """One request over HTTP."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"X-Odoo-Database": self.database}
        headers |= {"Content-Type": "application/json"} if data else {}
        headers |= {"Authorization": f"bearer {key}"} if key else {}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return _response(answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return _response(error.code, error.read().decode())

    def call(self, model: str, method: str, **arguments: object) -> object:
        """What an administrator's call returns; a refusal fails the test."""
        answer = self.ask(f"/json/2/{model}/{method}", arguments, self.key)
        assert answer.status == 200, (model, method, answer.status, answer.text[:500])
        return answer.json


def _response(status: int, text: str) -> Response:
    try:
        return Response(status, json.loads(text), {}, text)
    except ValueError:
        return Response(status, None, {}, text)


def installed() -> Installed:
    """Odoo, its Python and its filled database, made now where they are not here yet."""
    with alone(place()):
        found = unpacked()
        if not (found.folder / "key").exists():
            _fill(found)
        return found


def _fill(found: Installed) -> None:
    """The template database, with an administrator's key, kept as a stopped cluster."""
    shutil.rmtree(found.cluster, ignore_errors=True)
    with _scratch() as name:
        folder = Path(name)
        with _postgres(folder, None) as cluster:
            cluster.create(TEMPLATE)
            common = ("-c", cluster.config(0, folder), "-d", TEMPLATE, "--no-http")
            _odoo(found, *common, "-i", MODULES, "--without-demo=all", "--stop-after-init")
            said = _odoo(found, "shell", *common, told=_KEY)
        key = next((line for line in said.splitlines() if line.startswith("KEY=")), "")
        if not key:
            raise NotHereError(f"Odoo gave no key: {said[-400:]}")
        shutil.copytree(folder / "cluster", found.cluster)
        shutil.copytree(folder / "data", found.folder / "data", dirs_exist_ok=True)
    (found.folder / "key").write_text(key.removeprefix("KEY="), "utf-8")


def _odoo(found: Installed, *words: object, told: str = "") -> str:
    return run(*found.command(*words), seconds=400, input=told, env=found.environment())


@contextmanager
def cluster(found: Installed) -> Iterator[Cluster]:
    """A PostgreSQL of this run alone, with the template database, until the block ends."""
    with _scratch() as name, _postgres(Path(name), found) as made:
        yield made


@contextmanager
def _postgres(folder: Path, found: Installed | None) -> Iterator[Cluster]:
    programs = _programs()
    data = folder / "cluster"
    if found is None:
        data.mkdir()
    else:
        shutil.copytree(found.cluster, data)
    folder.chmod(0o755)
    how = _as_nobody_special(data)
    if found is None:
        words = ("-A", "trust", "-E", "UTF8", "--locale=C", "-U", "odoo")
        run(programs / "initdb", "-D", data, *words, cwd=data, **how)
    (data / "postmaster.pid").unlink(missing_ok=True)
    port = free_port()
    options = ("-c", "listen_addresses=127.0.0.1", "-p", port, "-c", "fsync=off")
    with (folder / "postgres.log").open("wb") as out:
        process = subprocess.Popen(
            _bound(programs / "postgres", "-D", data, "-k", data, *options),
            stdout=out, stderr=subprocess.STDOUT, cwd=data, start_new_session=True, **how,
        )  # fmt: skip
        try:
            _wait_for_postgres(programs, port, process, folder / "postgres.log")
            yield Cluster(programs, folder, port)
        finally:
            # A filled cluster is kept, so it ends well; a run's rows are thrown away.
            process.send_signal(signal.SIGINT if found is None else signal.SIGQUIT)
            process.wait(timeout=90)


def _bound(*words: object) -> list[str]:
    """A command that ends with the process that started it, also where that one is killed."""
    setpriv = shutil.which("setpriv")
    return [*([setpriv, "--pdeathsig", "KILL"] if setpriv else []), *map(str, words)]


def _wait_for_postgres(programs, port, process: subprocess.Popen[bytes], log: Path) -> None:
    asked = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(300):
        if process.poll() is not None:
            break
        if not subprocess.run(asked, check=False, timeout=30).returncode:
            return
        time.sleep(0.1)
    raise NotHereError(f"PostgreSQL did not start: {log.read_text('utf-8')[-400:]}")


def _scratch() -> TemporaryDirectory[str]:
    """A folder of this process; those of processes that were killed are removed."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            shutil.rmtree(folder, ignore_errors=True)
    return TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-")


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        return folder
    raise NotHereError("PostgreSQL is not installed here")


def _as_nobody_special(data: Path) -> dict[str, object]:
    """How to run PostgreSQL, which refuses to be run by root, and who then owns its files."""
    data.chmod(0o700)
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        for file in [data, *data.rglob("*")]:
            os.chown(file, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NotHereError("PostgreSQL refuses to be run by root, and there is no other user here")


@contextmanager
def running(found: Installed, base: Cluster) -> Iterator[Server]:
    """A fresh Odoo, with a copy of the template database, until the block ends."""
    database = f"run_{secrets.token_hex(4)}"
    base.create(database, TEMPLATE)
    with _scratch() as name:
        folder, http = Path(name), free_port()
        files = folder / "data" / "filestore"
        files.mkdir(parents=True)
        kept = found.folder / "data" / "filestore" / TEMPLATE
        if kept.exists():
            shutil.copytree(kept, files / database)
        with (folder / "log").open("wb") as out:
            command = found.command("-c", base.config(http, folder), "-d", database)
            process = subprocess.Popen(
                _bound(*command), stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
                env=found.environment(),
            )  # fmt: skip
            try:
                key = (found.folder / "key").read_text("utf-8").strip()
                server = Server(f"http://127.0.0.1:{http}", key, database, found.version)
                _wait(server, process, folder / "log")
                yield server
            finally:
                process.kill()  # at once: it would wait for its own threads
                process.wait(timeout=30)
                base.drop(database)


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            if server.ask("/web/health", method="GET").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise NotHereError(f"Odoo did not start: {log.read_text('utf-8')[-2000:]}")


def serve() -> None:
    """Start one, print where it is as one line of JSON, and stop it when told to."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ExitStack() as stack:
        found = installed()
        base = stack.enter_context(cluster(found))
        server = stack.enter_context(running(found, base))
        shown = {"url": server.url, "key": server.key, "database": server.database}
        print(json.dumps({**shown, "version": server.version, "pid": os.getpid()}), flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    try:
        serve() if "--serve" in sys.argv else print(installed().version)
    except NotHereError as refusal:
        sys.exit(f"LIVE SYSTEM NOT HERE: {refusal}")
