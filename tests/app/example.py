"""The acme example, pointed at a system that answers on this machine."""

import re
from contextlib import contextmanager
from datetime import date

from ixia_config.app import check, open_session
from ixia_config.app.applying import Order, apply
from ixia_config.app.planning import plan
from tests.app.place import Ticking

TODAY = date(2026, 11, 22)
SYSTEMS = {"automation": "rehearsal", "crm": "sandbox", "erp": "rehearsal"}
"""The environment of each target that is meant."""


def declared(folder):
    """The targets that the project names."""
    return check(folder, today=TODAY).project.body.spec.targets


def pointed(folder, target, url, account):
    """The project with the environment of this target at another address and account."""
    file = folder / "ixia.yaml"
    head, name, rest = file.read_text("utf-8").partition(f"    {target}:\n")
    rest = re.sub(r"account: .*?(  +#|\n)", rf'account: "{account}"\1', rest, count=1)
    file.write_text(head + name + re.sub(r"http://127\.0\.0\.1:\d+", url, rest, count=1), "utf-8")


@contextmanager
def opened(folder, target, url, rehearsal):
    """A session with this target at that address."""
    environment = SYSTEMS[target]
    pointed(folder, target, url, rehearsal.account)
    token = declared(folder)[target].environments[environment].token
    ticking = Ticking()
    with open_session(
        check(folder, environment=environment, today=TODAY),
        target=target,
        environment=environment,
        environ={token.env: rehearsal.token},
        clock=ticking.clock,
        sleep=ticking.sleep,
    ) as session:
        yield session


def applied(session):
    """The plan that was applied, the report of that, and what the next plan would change."""
    approved = plan(session)
    report = apply(session, Order(approved, lambda *told: None))
    return approved, report, plan(session).changes
