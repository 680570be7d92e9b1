"""What a plan's values are called: nouns of types, titles of references, the system, its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ixia_config.model import Actor, Address, Identity, Plan
from ixia_config.render.layout import fitted
from ixia_config.render.moments import day, moment, year_of
from ixia_config.render.values import Units
from ixia_config.render.wording import clean

_LONG = 60


@dataclass(frozen=True, slots=True)
class Glossary:
    """The words of one plan."""

    units: Units
    nouns: Mapping[str, tuple[str, str]]
    system: str
    zone: str | None
    year: int | None

    def noun(self, type_name: str) -> str:
        """``stage``."""
        return self.nouns.get(type_name, (clean(type_name), ""))[0]

    def plural(self, type_name: str) -> str:
        """``stages``."""
        return self.nouns.get(type_name, ("", clean(type_name) + "s"))[1]

    def title(self, address: Address) -> str:
        """What people call the thing at this address."""
        return self.units.title(str(address))

    def author(self, actor: Actor) -> str:
        """``Lee Park, Thu 19 Nov 16:02 New York``."""
        return f"{name(actor.name)}, {moment(actor.at, zone=self.zone, year=self.year)}"

    def author_briefly(self, actor: Actor) -> str:
        """``Lee Park, Thu 19 Nov 16:02``, in the account's own time."""
        at = moment(actor.at, zone=self.zone, year=self.year, named=False)
        return f"{name(actor.name)}, {at}"

    def author_and_day(self, actor: Actor) -> str:
        """``by Lee Park on Thu 19 Nov``."""
        return f"by {name(actor.name)} on {day(actor.at, zone=self.zone, year=self.year)}"


def glossary(plan: Plan) -> Glossary:
    """The words of this plan."""
    return Glossary(
        units=Units(dict(plan.names), plan.identity.currency),
        nouns={each: (clean(one), clean(many)) for each, one, many in plan.nouns},
        system=system(plan.identity),
        zone=plan.identity.zone,
        year=year_of(plan.created_at),
    )


def name(text: str) -> str:
    """A name or title as a line can bear it."""
    return fitted(clean(text), _LONG) or "(no name)"


def place(identity: Identity) -> str:
    """The account in words: ``HubSpot sandbox 4242``."""
    return name(identity.title or f"{identity.connector} {identity.account}")


def system(identity: Identity) -> str:
    """The system's own name: the words of the account's title that spell the connector."""
    spelled, words = "", []
    for word in clean(identity.title).split():
        spelled += "".join(each for each in word.lower() if each.isalnum())
        words.append(word)
        if spelled == identity.connector.lower():
            return name(" ".join(words))
    return name(identity.connector)
