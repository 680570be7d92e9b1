"""Domains find at a real Odoo, by its SQL, the records for which their conditions hold."""

import warnings

from hypothesis import HealthCheck, given, settings
from hypothesis.errors import NonInteractiveExampleWarning

from ixia_config.testing.place import a_place
from ixia_connectors.odoo import Odoo
from tests.connectors.odoo import law
from tests.connectors.odoo.subject import Account
from tests.live.odoo.test_conformance import rehearsed

EXAMPLES = 200


def test_a_domain_finds_the_records_for_which_its_condition_holds(odoo):
    with a_place(Odoo(), rehearsed(odoo)) as place:
        place.lead(law.FILES)
        account, made = Account(place.rehearsal), law.records()
        numbers, catalogued, texts = law.put(account, made), law.known(), []

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(law.CONDITIONS)
        def draw(text):
            texts.append(text)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NonInteractiveExampleWarning)
            draw()
        wrong = [
            each
            for text in dict.fromkeys(texts)
            for each in law.differing(account, text, made, numbers, catalogued)
        ]

    assert [] == wrong[:5]
    assert len(texts) >= EXAMPLES
