"""What writes have in common: references as database ids, reading back, and removing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ixia_config.sdk import (
    Address,
    Change,
    Flow,
    Kind,
    LiveResource,
    Outcome,
    RemoteError,
    Status,
    Value,
)
from ixia_connectors.odoo.calls import call, database_ids, key_column, load, rows
from ixia_connectors.odoo.resources import MODELS

Ids = Mapping[Address, str]
Cells = dict[str, str]
"""One row of ``load``, by Odoo's names of fields."""


def flag(value: object) -> str:
    """A yes or no as ``load`` takes it."""
    return "1" if value is True else "0"


def own_id(change: Change, ids: Ids) -> str:
    """The remote id that an object has or gets."""
    return change.remote_id or ids.get(change.address, "") or change.natural_key


def resolved(value: Value, ids: Ids) -> tuple[str, ...]:
    """References as remote ids; addresses of what this apply has made are looked up."""
    known = {str(address): remote_id for address, remote_id in ids.items()}
    found = value if isinstance(value, tuple) else () if value is None else (str(value),)
    return tuple(known.get(each, each) for each in found)


def numbers(type_name: str, remote_ids: Iterable[str]) -> Flow[dict[str, int]]:
    """The database ids of objects that must be there."""
    wanted = sorted(set(remote_ids))
    found = yield from database_ids(MODELS[type_name], wanted)
    gone = [each for each in wanted if each not in found]
    if gone:
        what = f"Odoo has no {type_name} {', '.join(gone)} any more"
        raise RemoteError(Kind.REJECTED, what, code="IX611", hint="plan again")
    return found


def put(model: str, remote_id: str, cells: Cells) -> Flow[int]:
    """Make or change one row, found by its id; its database id."""
    column, cell = key_column(remote_id)
    if column == ".id":
        yield from present(model, int(cell))
    given = {column: [cell], **{name: [value] for name, value in cells.items()}}
    return (yield from load(model, given))[0]


def present(model: str, number: int) -> Flow[None]:
    """An error where a row is gone: Odoo would answer true for writing to it."""
    found = yield from rows(model, [["id", "=", number]], ["id"])
    if not found:
        what = f"Odoo has no {model} {number} any more"
        raise RemoteError(Kind.REJECTED, what, code="IX611", hint="plan again")


def done(change: Change, seen: LiveResource | None, ids: Ids) -> Outcome:
    """Applied where the read-back shows what was written; else failed, and on which field."""
    if seen is None:
        why = f"Odoo took {change.title} and does not show it"
        return Outcome(change.id, Status.FAILED, change.remote_id, why)
    after = {path: _known(value, ids) for path, value in change.after.items() if path != "order"}
    off = [path for path, value in after.items() if not _same(seen.fields.get(path), value)]
    if off:
        why = f"Odoo took {change.title} and shows another {', '.join(sorted(off))}"
        return Outcome(change.id, Status.FAILED, seen.remote_id, why)
    return Outcome(change.id, Status.APPLIED, seen.remote_id)


def _known(value: Value, ids: Ids) -> Value:
    known = {str(address): remote_id for address, remote_id in ids.items()}
    if isinstance(value, tuple):
        return tuple(known.get(each, each) for each in value)
    return known.get(value, value) if isinstance(value, str) else value


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other or (not one and not other and one is not False and other is not False)


def removed(change: Change, *, archive: bool) -> Flow[Sequence[Outcome]]:
    """Archive or delete one row; that it is gone already is as good."""
    model = MODELS[change.type]
    found = yield from database_ids(model, [change.remote_id or ""])
    number = found.get(change.remote_id or "")
    domain = [["id", "=", number or 0]]
    if number is None or not (yield from rows(model, domain, ["id"])):
        return [Outcome(change.id, Status.ALREADY, change.remote_id)]
    if archive:
        yield call(model, "write", ids=[number], vals={"active": False})
        left = yield from rows(model, [*domain, ["active", "=", True]], ["id"])
    else:
        yield call(model, "unlink", ids=[number])
        left = yield from rows(model, domain, ["id"])
    if left:
        why = f"Odoo took the removal of {change.title} and still shows it"
        return [Outcome(change.id, Status.FAILED, change.remote_id, why)]
    return [Outcome(change.id, Status.APPLIED, change.remote_id)]
