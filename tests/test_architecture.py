"""The shape of the code: who may import whom, how long things are, what the SDK offers."""

import ast
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ixia_config.sdk

ROOT = Path(__file__).parents[1]
PACKAGES = (ROOT / "ixia_config", ROOT / "connectors" / "ixia_connectors")
MODULES = sorted(path for package in PACKAGES for path in package.rglob("*.py"))
PURE = ("language", "rules", "kinds", "sdk", "engine", "render")

VIOLATIONS = {
    "ixia_config/model.py": "import ixia_config.codes",
    "ixia_config/render/__init__.py": "import socket",
    "ixia_config/sdk/wire.py": "import ixia_connectors",
    "ixia_connectors/first/__init__.py": "import ixia_connectors.second",
    "ixia_connectors/second/__init__.py": "import subprocess\nimport ixia_config.kinds",
}


def lint_imports(config: Path, code: Path) -> str:
    """What import-linter says of the packages in ``code``."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--config", config]
    environment = {"PYTHONPATH": str(code), "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "200"}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=code, env=environment, check=False
    )
    return done.stdout + done.stderr


def verdicts(output: str) -> dict[str, str]:
    """The verdict of each contract, by its name."""
    return dict(re.findall(r"^(.+?) (KEPT|BROKEN)(?: \(.*)?$", output, re.MULTILINE))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of both packages, to be spoilt."""
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(package, tmp_path / package.name, ignore=ignored)
    return tmp_path


def contract_names() -> set[str]:
    """The names of all contracts."""
    text = (ROOT / "pyproject.toml").read_text("utf-8").partition("[tool.importlinter]")[2]
    return set(re.findall(r'^name = "(.+)"$', text, re.MULTILINE))


def test_every_import_contract_is_kept(copied: Path):
    output = lint_imports(ROOT / "pyproject.toml", copied)

    assert dict.fromkeys(contract_names(), "KEPT") == verdicts(output), output


def test_every_import_contract_can_be_broken(copied: Path):
    for place, line in VIOLATIONS.items():
        path = copied / place
        path.parent.mkdir(exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(f"{before}\n{line}\n", "utf-8")

    output = lint_imports(ROOT / "pyproject.toml", copied)

    assert dict.fromkeys(contract_names(), "BROKEN") == verdicts(output), output


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a module with its number of lines."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_a_function_fits_on_a_screen():
    lengths = {name: lines for path in MODULES for name, lines in functions(path)}

    assert {} == {name: lines for name, lines in lengths.items() if lines > 40}
    assert statistics.median(lengths.values()) <= 8


def test_a_module_has_fewer_than_500_lines():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in MODULES
    }

    assert {} == {name: lines for name, lines in lengths.items() if lines >= 500}


def test_every_module_opens_with_one_sentence():
    silent = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if not (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").strip()
    ]

    assert [] == silent


@pytest.mark.parametrize("name", PURE)
def test_the_core_opens_no_file_and_prints_nothing(name: str):
    """What import-linter cannot see: these need no import."""
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "ixia_config" / name).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("open", "print", "input", "__import__")
    ]

    assert [] == calls


def test_no_default_hides_a_new_member_of_an_enum():
    """A ``match`` on an enum lists every member, so that mypy proves it complete."""
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Match) and _matches_enum_members(node) and _has_default(node)
    ]

    assert [] == hidden


def _matches_enum_members(node: ast.Match) -> bool:
    return any(
        isinstance(case.pattern, ast.MatchValue) and isinstance(case.pattern.value, ast.Attribute)
        for case in node.cases
    )


def _has_default(node: ast.Match) -> bool:
    """Whether the last case quietly takes everything; one that raises hides nothing."""
    last = node.cases[-1]
    loud = isinstance(last.body[-1], ast.Raise) or "assert_never" in ast.unparse(last)
    return isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None and not loud


def test_the_sdk_is_exactly_what_its_pin_says(snapshot):
    assert "\n".join(ixia_config.sdk.__all__) == snapshot


def test_the_sdk_is_sorted_and_complete():
    names = ixia_config.sdk.__all__
    public = {
        name
        for name, value in vars(ixia_config.sdk).items()
        if not name.startswith("_") and type(value).__name__ != "module"
    }

    assert sorted(names) == names
    assert public == set(names)


def committed() -> list[Path]:
    """Every file that git knows, or would know after ``git add``."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


# Spelled in parts, so that this file does not name what it forbids.
_FORBIDDEN = re.compile(
    "|".join(
        (
            "/" + "work/",
            "/" + "root/",
            "pypi" + r"\.org",
            "files" + r"\.pythonhosted",
            "index" + "-url",
            "opt/" + "pypi",
        )
    )
)


def test_no_committed_file_names_a_machine_or_a_package_registry():
    if not (ROOT / ".git").exists():
        pytest.skip("not a git clone: there is no list of committed files")
    named = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in committed()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if (match := _FORBIDDEN.search(line))
    ]

    assert [] == named


def test_no_lock_file_is_committed():
    if not (ROOT / ".git").exists():
        pytest.skip("not a git clone: there is no list of committed files")

    assert [] == [path.name for path in committed() if path.suffix == ".lock"]
