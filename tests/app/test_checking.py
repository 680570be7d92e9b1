"""What a repository is judged by: its files, its lists, and every environment's patches."""

from __future__ import annotations

import pytest

from ixia_config.app.checking import check, check_everywhere
from tests.app.place import TODAY

NAMED = """\
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: named, title: Named}
spec:
  object: deal
  stages:
    - key: open
      title: Open
      probability: 20%
      exit: [{key: known, title: Known, when: 'pain in list("lists/named.csv", "name")'}]
    - {key: won, title: Won, type: won}
    - {key: lost, title: Lost, type: lost, reasons: [price]}
"""


def codes(checked):
    return [each.code for each in checked.diagnostics]


def test_a_condition_reads_a_list_beside_the_files(place):
    place.write("pipelines/named.yaml", NAMED)
    place.write("lists/named.csv", "name,region\nAcme,EMEA\nNordwind , APAC\n\n")

    assert codes(place.check()) == []


@pytest.mark.parametrize("text", [None, "", "region\nEMEA\n", '"broken\n'])
def test_a_list_that_is_not_there_or_not_a_list_is_told_at_the_condition(place, text):
    place.write("pipelines/named.yaml", NAMED)
    if text is not None:
        place.write("lists/named.csv", text)

    [found] = place.check().diagnostics

    assert (found.mark.file, found.mark.line) == ("pipelines/named.yaml", 10)


def test_a_list_outside_the_repository_is_not_read(place, tmp_path):
    (tmp_path / "secret.csv").write_text("name\nAcme\n")
    place.write("pipelines/named.yaml", NAMED.replace("lists/named.csv", "../secret.csv"))

    assert codes(place.check()) != []


def test_a_mistake_in_one_environments_patch_is_found_without_naming_it(place):
    place.edit("ixia.yaml", "spec:\n", "spec:\n  overlays: environments/\n")
    patch = (
        "apiVersion: ixia/v1\nkind: Pipeline\nmetadata: {name: new-business}\nspec: {object: x}\n"
    )
    place.write("environments/sandbox.yaml", patch)

    assert codes(check(place.root, today=TODAY)) == []
    everywhere = check_everywhere(place.root, today=TODAY)

    assert {each.mark.file for each in everywhere.errors} == {"environments/sandbox.yaml"}
