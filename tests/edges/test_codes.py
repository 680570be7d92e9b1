"""The remote codes are documented by what a person sees and what they do about it."""

import pytest

from ixia_config.codes import documentation, registry

REMOTE = [pytest.param(cls, id=code) for code, cls in registry().items() if code[:3] == "IX6"]


def test_every_remote_code_of_the_list_is_there():
    expected = {f"IX6{number:02}" for number in (*range(17), *range(30, 35))}

    assert expected <= set(registry())


@pytest.mark.parametrize("cls", REMOTE)
def test_a_remote_code_shows_what_is_seen(cls):
    doc = documentation(cls)
    text, _, seen = doc.text.partition("\nSeen:\n")

    assert doc.title.endswith(".")
    assert text.strip()
    assert seen.lstrip().startswith("$ ixia ")
    assert f"{cls.severity} {cls.code}: " in seen
