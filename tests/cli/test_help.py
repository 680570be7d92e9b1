"""Every command is documented, and asking for help costs next to nothing."""

import shlex
import subprocess
import sys

import click
import pytest

from ixia_config.cli import COMMANDS, ixia
from ixia_config.exits import Exit
from tests.snapshots import Text

HEAVY = ("pydantic", "httpx", "ruamel", "ryml", "ixia_config.engine", "ixia_config.render")


def _command(name):
    return ixia.get_command(click.Context(ixia), name)


def _examples(name):
    """The example lines of a command, without remarks and redirections."""
    lines = (_command(name).epilog or "").splitlines()
    for line in lines:
        if line.strip().startswith("ixia "):
            yield line.split("   ")[0].split(">")[0].split("  (")[0].strip()


def test_help(ixia, snapshot):
    ended = ixia("--help")

    assert ended.code == Exit.OK
    assert ended.out == snapshot(extension_class=Text)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of(name, ixia, snapshot):
    ended = ixia(name, "--help")

    assert ended.code == Exit.OK
    assert ended.out == snapshot(extension_class=Text)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_is_for(name):
    command = _command(name)

    assert command.help
    assert command.short_help == COMMANDS[name]
    assert [] == [
        each.name for each in command.params if isinstance(each, click.Option) and not each.help
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_in_a_help_is_a_command_that_exists(name):
    examples = list(_examples(name))

    assert examples
    for example in examples:
        _, said, *arguments = shlex.split(example)
        assert said == name
        _command(said).make_context(said, arguments)


def test_a_list_of_commands_reads_no_other_module():
    script = (
        "import sys; from ixia_config.cli import run; run(['--help'])\n"
        f"print([each for each in sys.modules if each.startswith({HEAVY!r})], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_calls_ixia_back(shell, ixia):
    ended = ixia("completion", shell)

    assert ended.code == Exit.OK
    assert f"_IXIA_COMPLETE={shell}_complete" in ended.out


def test_completion_knows_the_commands(shell, environ):
    asked = {"_IXIA_COMPLETE": "bash_complete", "COMP_WORDS": "ixia p", "COMP_CWORD": "1"}
    process = shell(env={**environ, **asked})

    out, _ = process.communicate()

    assert {b"plain,plan", b"plain,pull"} == set(out.split())
