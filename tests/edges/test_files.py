"""The files of a configuration: all of them, nothing else, and every trouble named."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.edges.files import Bounds, Refused, find_root, read_folder

FILES = {
    "ixia.yaml": "kind: Project\n",
    "people.yml": "kind: Directory\n",
    "pipelines/new-business.yaml": "title: Größe\r\n",
    "pipelines/deep/er.yaml": "",
    "environments/production.yaml": "spec: {}\n",
    "environments/sandbox/pipelines.yaml": "spec: {}\n",
}
IGNORED = (
    "README.md",
    "ixia.yaml.orig",
    ".hidden.yaml",
    ".ixia/state.yaml",
    ".github/workflows/ci.yml",
    "node_modules/x/package.yaml",
    "vendor/other/ixia.yaml",
    "vendor/other/pipelines.yaml",
)


def put(root: Path, *names: str, text: str = "x: 1\n") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    for name, text in FILES.items():
        put(root, name)
        (root / name).write_bytes(text.encode())
    put(root, *IGNORED)
    return root


def found(root: Path, **bounds: int) -> tuple[list[str], list[str]]:
    """The names of the files that are read, and what is wrong."""
    folder = read_folder(root, bounds=Bounds(**bounds))
    return list(folder.files), [str(each) for each in folder.diagnostics]


def test_all_yaml_is_read_exactly_and_nothing_else(repo: Path):
    folder = read_folder(repo)

    assert (FILES, ()) == (folder.files, folder.diagnostics)
    assert sorted(FILES) == list(folder.files)


@pytest.mark.parametrize("start", [".", "pipelines", "pipelines/deep", "vendor"])
def test_the_root_is_found_from_any_folder_inside(repo: Path, start):
    assert repo.resolve() == find_root(repo / start)


def test_the_nearest_root_counts(repo: Path):
    assert (repo / "vendor/other").resolve() == find_root(repo / "vendor/other")


def test_a_folder_without_a_project_is_told(tmp_path: Path):
    with pytest.raises(Refused) as caught:
        find_root(tmp_path)

    assert "IX630" == caught.value.diagnostic.code
    assert f"there is no ixia.yaml in {tmp_path.resolve()} or above it" in str(caught.value)


def test_overlays_are_kept_apart(repo: Path):
    folder = read_folder(repo)

    assert {"environments/production.yaml"} == set(folder.overlay("environments/", "production"))
    assert {"environments/sandbox/pipelines.yaml"} == set(folder.overlay("environments", "sandbox"))
    assert {} == folder.overlay(None, "production") == folder.overlay("environments", "prod")
    assert 4 == len(folder.policies("environments/"))
    assert FILES == folder.policies(None)


def test_a_link_out_of_the_folder_is_refused(repo: Path):
    put(repo.parent, "outside/secret.yaml", "outside/notes.txt")
    (repo / "link.yaml").symlink_to(repo.parent / "outside/secret.yaml")
    (repo / "folder").symlink_to(repo.parent / "outside")
    (repo / "notes.txt").symlink_to(repo.parent / "outside/notes.txt")

    names, wrong = found(repo)

    advice = "copy the file here, so that git has what is applied"
    assert [
        f"folder:1:1: error IX631: this link leads out of the folder; {advice}",
        f"link.yaml:1:1: error IX631: this link leads out of the folder; {advice}",
    ] == sorted(wrong)
    assert sorted(FILES) == names


def test_a_link_inside_the_folder_is_read_once(repo: Path):
    (repo / "a-link.yaml").symlink_to("people.yml")
    (repo / "loop").symlink_to(".")
    (repo / "shown.yaml").symlink_to(".hidden.yaml")

    assert (sorted([*FILES, "shown.yaml"]), []) == found(repo)


def test_a_link_to_nowhere_is_told(repo: Path):
    (repo / "gone.yaml").symlink_to("nowhere.yaml")

    _, wrong = found(repo)

    assert [
        (
            "gone.yaml:1:1: error IX632: this cannot be read: No such file or directory;"
            " check its permissions"
        ),
    ] == wrong


def test_a_pipe_does_not_hang_us(repo: Path):
    os.mkfifo(repo / "pipe.yaml")

    assert (sorted(FILES), []) == found(repo)


def test_text_in_another_encoding_is_told_by_its_place(repo: Path):
    (repo / "old.yaml").write_bytes("a: 1\nü: ".encode() + "München".encode("latin-1"))

    names, (wrong,) = found(repo)

    assert wrong.startswith("old.yaml:2:5: error IX001:")
    assert sorted(FILES) == names


def test_a_huge_file_is_told_and_the_others_are_read(repo: Path):
    put(repo, "huge.yaml", text="x" * 101)

    names, (wrong,) = found(repo, file_bytes=100)

    assert wrong.startswith("huge.yaml:1:1: error IX005: this file is too large; the limit is 100")
    assert sorted(FILES) == names


@pytest.mark.parametrize(
    ("bounds", "words"),
    [({"files": 3}, "more than 3 YAML files"), ({"all_bytes": 1}, "more than 0 MiB of YAML")],
)
def test_a_folder_that_cannot_be_a_configuration_is_told(repo: Path, bounds, words):
    _, (wrong,) = found(repo, **bounds)

    assert "error IX633" in wrong
    assert words in wrong


def test_a_folder_that_is_just_full_is_fine(repo: Path):
    assert (sorted(FILES), []) == found(repo, files=len(FILES))


@given(st.binary(max_size=40))
def test_any_bytes_are_text_or_told(tmp_path_factory, data):
    root = tmp_path_factory.getbasetemp() / "any"
    root.mkdir(exist_ok=True)
    (root / "any.yaml").write_bytes(data)

    folder = read_folder(root)

    assert [each.code for each in folder.diagnostics] == ([] if folder.files else ["IX001"])
    assert not folder.files or data == folder.files["any.yaml"].encode()


def test_a_name_in_another_encoding_can_be_printed(repo: Path):
    Path(os.fsdecode(os.fsencode(repo) + b"/m\xfcnchen.yaml")).write_text("x: 1\n")

    names, _ = found(repo)

    assert "m?nchen.yaml" in [name.encode().decode() for name in names]
