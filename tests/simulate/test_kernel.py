"""The kernel finds the rule that the ordinary index finds, for every record."""

from random import Random

import numpy as np
import pytest

from ixia_config.rules import read
from ixia_config.rules.index import index
from ixia_config.simulate.kernel import NO_RULE, Kernel, Uncoded, coded
from tests.rules.generated import CATALOGUE, Maker


def value(record, path):
    """A field of a record, or of a related one."""
    for step in path:
        record = None if record is None else record.get(step)
    return record


def columns(kernel, records):
    return {path: coded([value(record, path) for record in records]) for path in kernel.fields}


def rules(maker, count):
    """Conditions that coded columns can answer."""
    found = []
    while len(found) < count:
        typed, _ = read(maker.condition(), CATALOGUE, "deal")
        try:
            Kernel.of([typed])
        except Uncoded:
            continue
        found.append(typed)
    return found


@pytest.mark.parametrize("count", [1, 5, 40, 130])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_first_rule_is_that_of_the_index(count, seed):
    maker = Maker(Random(seed * 1000 + count))
    typed = rules(maker, count)
    records = [maker.record() for _ in range(300)]
    ordinary = index(typed)
    kernel = Kernel.of(typed)

    found = kernel.first(columns(kernel, records), len(records))

    expected = [NO_RULE if (n := ordinary.first(each)) is None else n for each in records]
    assert expected == found.tolist()
    assert len(set(expected)) > 1 or count == 1


def test_more_rows_than_a_chunk_are_all_decided():
    typed, _ = read("seats >= 1000", CATALOGUE, "deal")
    kernel = Kernel.of([typed])
    seats = [number % 2000 for number in range(200_000)]

    found = kernel.first({("seats",): coded(seats)}, len(seats))

    assert np.array_equal(np.array(seats) < 1000, found == NO_RULE)


def test_no_rules_decide_nothing():
    assert [NO_RULE] * 3 == Kernel.of([]).first({}, 3).tolist()


@pytest.mark.parametrize("text", ["region == territory", "created < now"])
def test_what_needs_more_than_one_field_is_left_to_another_engine(text):
    typed, problems = read(text, CATALOGUE, "deal")
    assert typed is not None, problems

    with pytest.raises(Uncoded):
        Kernel.of([typed])
