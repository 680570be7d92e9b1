"""What every part of a page knows: the configuration, the one before it, and people's names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from ixia_config.kinds.calendar.spec import Calendar
from ixia_config.kinds.directory.spec import Directory, Person, Pool, Queue, Team
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.scalars import percentage
from ixia_config.render.spoken import Vocabulary, vocabulary
from ixia_config.render.wording import clean

E = TypeVar("E", bound=Envelope)
HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class View:
    """A configuration as a reader sees it; amounts of pay only where ``show_pay`` asks for them.

    ``before`` is the configuration at the revision of this name, where two are compared.
    """

    configuration: Configuration
    before: Configuration | None = None
    revision: str = ""
    show_pay: bool = False

    def vocabulary(self, record: str) -> Vocabulary:
        """The words for records of this type."""
        return vocabulary(self.configuration, record)

    def earlier(self, policy: Policy[E]) -> Policy[E] | None:
        """The same policy at the other revision."""
        return None if self.before is None else self.before.get(type(policy.body), policy.name)

    def mark(self, policy: Policy[E]) -> tuple[tuple[str, str], ...]:
        """Whether the policy is new or changed, as a word with its colour."""
        if self.before is None:
            return ()
        earlier = self.earlier(policy)
        if earlier is None:
            return (("new", "good"),)
        same = earlier.document.tree == policy.document.tree
        return () if same else (("changed", "accent"),)

    @property
    def past(self) -> View | None:
        """The other side."""
        return (
            None if self.before is None else replace(self, configuration=self.before, before=None)
        )

    def person(self, email: str) -> str:
        """``Ana Ruiz``, else the address."""
        found = self.configuration.derive(_people).get(email)
        return clean((found.name if found else None) or email)

    def pool(self, name: str) -> Pool | None:
        """The pool of this name."""
        return self.configuration.derive(_pools).get(name)

    def queue(self, name: str) -> Queue | None:
        """The queue of this name."""
        return self.configuration.derive(_queues).get(name)

    def whom(self, name: str) -> str:
        """A role, team or person as people call it."""
        if "@" in name:
            return self.person(name)
        team = self.configuration.derive(_teams).get(name)
        return clean(team.title) if team and team.title else spaced(name)

    def money(self, amount: object, currency: str = "") -> str:
        """An amount of pay, or that there is one."""
        if not self.show_pay:
            return HIDDEN
        return f"{amount:,f} {clean(currency)}".strip() if amount is not None else ""


_SHORT = frozenset(
    (
        *(
            "ae",
            "am",
            "amer",
            "apac",
            "arr",
            "acv",
            "bdr",
            "ceo",
            "cfo",
            "coo",
            "crm",
            "cro",
            "csm",
        ),
        *(
            "emea",
            "latam",
            "mdr",
            "mql",
            "mrr",
            "nda",
            "sdr",
            "se",
            "sla",
            "smb",
            "sql",
            "tcv",
            "vp",
        ),
    )
)


def spaced(key: str) -> str:
    """``sales-director`` is "sales director", ``emea-ae`` is "EMEA AE"."""
    words = clean(key).replace("-", " ").replace("_", " ").split(" ")
    return " ".join(each.upper() if each in _SHORT else each for each in words)


def percent(share: Decimal) -> str:
    """``40 %``."""
    return percentage(share).replace("%", " %")


def calendar_title(name: str, view: View) -> str:
    """What people call a calendar."""
    found = view.configuration.get(Calendar, name)
    return clean(found.title) if found else spaced(name)


def anchor(policy: Policy[E]) -> str:
    """A name for links; policies' names have nothing that would need escaping."""
    return f"{policy.body.kind}-{policy.name}"


def about(policy: Policy[E]) -> str:
    """What a policy says it is for, and who answers for it."""
    owner = f"Owner: {spaced(policy.body.metadata.owner)}." if policy.body.metadata.owner else ""
    told = clean(policy.body.metadata.description or "")
    full = told if not told or told.endswith((".", "!", "?")) else f"{told}."
    return f"{full} {owner}".strip()


def _people(configuration: Configuration) -> dict[str, Person]:
    found = configuration.of(Directory)
    return {each.email: each for policy in found for each in policy.body.spec.people}


def _teams(configuration: Configuration) -> dict[str, Team]:
    found = configuration.of(Directory)
    return {name: team for policy in found for name, team in policy.body.spec.teams.items()}


def _pools(configuration: Configuration) -> dict[str, Pool]:
    found = configuration.of(Directory)
    return {name: pool for policy in found for name, pool in policy.body.spec.pools.items()}


def _queues(configuration: Configuration) -> dict[str, Queue]:
    found = configuration.of(Directory)
    return {name: queue for policy in found for name, queue in policy.body.spec.queues.items()}
