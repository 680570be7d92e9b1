"""Running a page: a copy of an example, a sandbox on loopback, and the real command line."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.docs.page import Block, Command, agrees, commands, edited, refreshed

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SHOWN_PORT = "8700"


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Session:
    """A reader's terminal: one folder, and whatever runs in the background until it ends."""

    folder: Path
    port: int
    background: ExitStack
    page: Path

    @classmethod
    def begin(cls, folder: Path, example: str, background: ExitStack, page: Path) -> Session:
        """Copy an example and let it speak to a port of its own."""
        if example:
            shutil.copytree(ROOT / "examples" / example, folder, dirs_exist_ok=True)
        session = cls(folder, free_port(), background, page)
        session.rewire()
        return session

    def rewire(self) -> None:
        """Point every configuration in the folder at this session's port."""
        for path in self.folder.rglob("ixia.yaml"):
            text = path.read_text("utf-8")
            path.write_text(text.replace(f":{SHOWN_PORT}", f":{self.port}"), "utf-8")

    def perform(self, block: Block) -> None:
        """Do what the block says."""
        match block.language:
            case "console":
                self._type(block)
            case "diff":
                path = self.folder / block.file
                path.write_text(edited(path.read_text("utf-8"), block.body), "utf-8")
            case "yaml":
                path = self.folder / block.file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.body, "utf-8")
            case _:
                raise AssertionError(f"line {block.line}: nothing runs a {block.language} block")

    def _type(self, block: Block) -> None:
        typed = list(commands(block))
        assert typed, f"line {block.line}: no command"
        for command in typed:
            wanted = block.exit if command is typed[-1] else 0
            if command.words[:2] == ["ixia", "sandbox"]:
                self._serve(command)
                continue
            done = self._run(command)
            output = (done.stdout + done.stderr).replace(f":{self.port}", f":{SHOWN_PORT}")
            place = f"line {block.line}: $ {command.text}\n{output}"
            assert wanted == done.returncode, place
            self._compare(command, output, place)
            self.rewire()

    def _compare(self, command: Command, output: str, place: str) -> None:
        """The page shows this; with REFRESH_PAGES=1 in the environment it will next time."""
        if not command.shown or agrees(command.shown, output):
            return
        if os.environ.get("REFRESH_PAGES"):
            text, shown = self.page.read_text("utf-8"), "\n".join(command.shown)
            self.page.write_text(text.replace(shown, refreshed(command.shown, output)), "utf-8")
        raise AssertionError(place)

    def _run(self, command: Command) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._words(command),
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def _words(self, command: Command) -> list[str]:
        """The command, with a make target standing for its recipe in this environment."""
        if command.words[0] == "curl":
            return [sys.executable, "-m", "tests.docs.curl", *self._here(command).words[1:]]
        if command.words[0] != "make":
            return ["bash", "-c", self._here(command).text]
        ready = [f"--old-file={sys.prefix}/{stamp}" for stamp in (".runs", ".ready")]
        make = ["make", "--no-print-directory", "-C", str(ROOT), f"VENV={sys.prefix}", *ready]
        return [*make, *command.words[1:]]

    def _here(self, command: Command) -> Command:
        """The same command, on this session's port."""
        return Command(command.text.replace(f":{SHOWN_PORT}", f":{self.port}"), command.shown)

    def _environment(self) -> dict[str, str]:
        ours = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
        return {
            **ours,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "HUBSPOT_SANDBOX_TOKEN": "sandbox-token",
            "HUBSPOT_TOKEN": "sandbox-token",
        }

    def _serve(self, command: Command) -> None:
        """Start a sandbox on this session's port and wait until it says that it listens."""
        process = subprocess.Popen(
            [*command.words, "--port", str(self.port)],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.background.callback(_end, process)
        assert process.stdout
        said = ""
        while f":{self.port}" not in said:
            line = process.stdout.readline()
            assert line, f"the sandbox ended: {said}"
            said += line


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate(timeout=30)
