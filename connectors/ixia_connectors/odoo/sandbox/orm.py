"""Odoo's object layer over rows in memory: create, write, unlink, read, search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as declared
from typing import Any

from ixia_config.sdk import Json
from ixia_connectors.odoo.sandbox import access, automations, domains, errors, times, values
from ixia_connectors.odoo.sandbox.behaviour import PLAIN, Behaviour
from ixia_connectors.odoo.sandbox.computed import COMPUTED
from ixia_connectors.odoo.sandbox.schema import Field, Model
from ixia_connectors.odoo.sandbox.standard import standard_models
from ixia_connectors.odoo.sandbox.store import Row, Store

ADMIN = 2
_NEVER_WRITTEN = frozenset({"id", "create_uid", "create_date", "write_uid", "write_date"})


@dataclass
class Odoo:
    """A database at one moment. ``running`` holds the automations that are at work on rows now.

    ``sudo`` is Odoo's own work, which no record rule binds; an automation's is.
    """

    store: Store
    behaviours: Mapping[str, Behaviour]
    standard: Mapping[str, Model] = declared(default_factory=standard_models, repr=False)
    now: float = 0.0
    active_test: bool = True
    sudo: bool = False
    running: frozenset[tuple[int, int]] = frozenset()

    def with_(self, **changes: Any) -> Odoo:
        """The same database in another context."""
        return replace(self, **changes)

    # -- what there is ------------------------------------------------------------------------

    def model(self, name: str) -> Model:
        """A model; 404 where there is none."""
        found = self.standard.get(name)
        if found is None:
            raise errors.not_found(f"the model {name!r} does not exist")
        return found

    def field(self, model: str, name: str) -> Field | None:
        """A field, made by hand or Odoo's own."""
        found = self.model(model).fields.get(name)
        return found or (self.manual(model).get(name) if name.startswith("x_") else None)

    def fields(self, model: str) -> dict[str, Field]:
        """Every field of a model."""
        return {**self.model(model).fields, **self.manual(model)}

    def manual(self, model: str) -> dict[str, Field]:
        """The fields that somebody added to a model."""
        rows = self.store.rows("ir.model.fields").values()
        made = [row for row in rows if row["state"] == "manual" and row["model"] == model]
        return {row["name"]: self._made(row) for row in made}

    def _made(self, row: Row) -> Field:
        options = self.store.rows("ir.model.fields.selection").values()
        choices = tuple(each["value"] for each in options if each["field_id"] == row["id"])
        kind, relation = row["ttype"], row["relation"] or ""
        return Field(row["name"], kind, row["field_description"], relation, choices=choices)

    def exists(self, model: str, row: int) -> bool:
        """Whether a row is there."""
        return self.store.get(model, row) is not None

    def value(self, model: str, row: int, name: str) -> Any:
        """What a field of a row holds."""
        compute = COMPUTED.get((model, name)) or COMPUTED.get(("", name))
        if compute is not None:
            return compute(self, model, row)
        field = self.field(model, name)
        if field is not None and field.kind == "one2many":
            return self._lines(field, row)
        held = (self.store.get(model, row) or {}).get(name)
        if field is not None and field.kind == "many2many":
            return self._shown(field.relation, held or ())
        return held

    def _lines(self, field: Field, row: int) -> tuple[int, ...]:
        rows = self.store.rows(field.relation).items()
        found = [each for each, held in rows if held.get(field.inverse) == row]
        return self.sorted(field.relation, self._shown(field.relation, found))

    def _shown(self, model: str, rows: Iterable[int]) -> tuple[int, ...]:
        """Without the archived ones, where the context hides them."""
        if not self.active_test or "active" not in self.model(model).fields:
            return tuple(rows)
        return tuple(row for row in rows if (self.store.get(model, row) or {}).get("active"))

    def name_of(self, model: str, row: int) -> str | None:
        """The display name of a row."""
        named: str | None = self.value(model, row, "display_name")
        return named or None

    def _behaviour(self, model: str) -> Behaviour:
        return self.behaviours.get(model, PLAIN)

    # -- reading ------------------------------------------------------------------------------

    def search(self, model: str, domain: Any, order: str | None = None) -> tuple[int, ...]:
        """The rows that a domain finds, in order; archived ones where nobody asks for them not."""
        found = self.matching(model, domain, active_test=self.active_test)
        return self.sorted(model, found, order)

    def matching(self, model: str, domain: Any, *, active_test: bool) -> frozenset[int]:
        """The rows that meet a domain and may be read."""
        good = domains.compiled(self, model, domain, active_test=active_test)
        hides = active_test and "active" in self.model(model).fields and not _names_active(domain)
        may = access.readable(self, model)
        rows = self.store.rows(model).items()
        return frozenset(
            row
            for row, held in rows
            if (not hides or held.get("active")) and good(row) and (may is None or may(row))
        )

    def sorted(self, model: str, rows: Iterable[int], order: str | None = None) -> tuple[int, ...]:
        """Rows in an order such as ``sequence, id desc``; unset values come last."""
        found = sorted(rows)
        for term in reversed((order or self.model(model).order).split(",")):
            name, _, direction = term.strip().partition(" ")
            if self.field(model, name) is None:
                raise errors.wrong(f"Invalid field '{name}' on model '{model}'")
            falling = direction.strip().lower() == "desc"
            found.sort(key=lambda row: self._rank(model, row, name), reverse=falling)
        return tuple(found)

    def _rank(self, model: str, row: int, name: str) -> tuple[bool, Any]:
        field = self.field(model, name)
        value = self.value(model, row, name)
        if field is not None and field.kind == "many2one" and value is not None:
            value = self.sorted(field.relation, self.store.rows(field.relation)).index(value)
        return (value is None, "" if value is None else value)

    def read(self, model: str, rows: Iterable[int], names: Sequence[str] | None) -> list[Json]:
        """Rows as a client sees them; those that are gone are left out."""
        known = self.fields(model)
        wanted = list(names) if names else list(known)
        for name in wanted:
            if name not in known:
                raise errors.wrong(f"Invalid field '{name}' on '{model}'")
        found = [row for row in rows if self.exists(model, row)]
        access.check(self, model, found, "read")
        return [self._row(model, row, known, wanted) for row in found]

    def _row(self, model: str, row: int, known: Mapping[str, Field], wanted: list[str]) -> Json:
        shown: dict[str, Json] = {"id": row}
        for name in wanted:
            value = self.value(model, row, name)
            field = known[name]
            pointed = field.kind == "many2one" and value is not None
            title = self.name_of(field.relation, value) if pointed else None
            shown[name] = row if name == "id" else values.shown(field, value, title)
        return shown

    # -- writing ------------------------------------------------------------------------------

    def create(self, model: str, given: Mapping[str, Any]) -> int:
        """A new row with these values and the defaults; its rules and automations hold."""
        known = self.fields(model)
        self._refuse_unknown(model, given, known)
        rules = self._behaviour(model)
        full = rules.filled(self, {**_defaults(known), **given}, frozenset(given))
        row = self.store.next_id(model)
        stamp = times.stamp(self.now)
        held: Row = {
            "id": row,
            "create_uid": ADMIN,
            "create_date": stamp,
            "write_uid": ADMIN,
            "write_date": stamp,
        }
        lists = {name: full[name] for name in full if name in known and known[name].is_list}
        for name, field in known.items():
            if name not in held and not field.is_list and not field.computed:
                held[name] = self._column(model, field, full.get(name))
        self._refuse_empty(model, held, known)
        self.store.put(model, row, held)
        self._command(model, row, lists)
        access.check(self, model, [row], "create")
        rules.checked(self, row, frozenset(given))
        rules.created(self, row)
        self._work_out(model, row, rules.worked_out(frozenset(given)))
        automations.created(self, model, row)
        return row

    def _work_out(self, model: str, row: int, names: frozenset[str]) -> None:
        """Let automations see that computed fields get their values, as if they were written."""
        if not names:
            return
        held = dict(self.store.get(model, row) or {})
        self.store.put(model, row, {**held, **dict.fromkeys(names)})
        before = automations.before(self, model, [row], names)
        self.store.put(model, row, held)
        automations.written(self, model, before)

    def write(self, model: str, rows: Sequence[int], given: Mapping[str, Any]) -> None:
        """Change rows; every write is one, also where it changes nothing."""
        known = self.fields(model)
        self._refuse_unknown(model, given, known)
        there = self._there(model, rows)
        access.check(self, model, there, "write")
        rules = self._behaviour(model)
        fulls = {row: rules.changed(self, row, dict(given)) for row in there}
        names = frozenset(name for full in fulls.values() for name in full)
        before = automations.before(self, model, there, names)
        for row, full in fulls.items():
            self._store(model, row, full, known)
            rules.checked(self, row, frozenset(full))
        rules.written(self, there, frozenset(given))
        automations.written(self, model, before)

    def _store(
        self, model: str, row: int, given: Mapping[str, Any], known: dict[str, Field]
    ) -> None:
        held = dict(self.store.get(model, row) or {})
        for name, value in given.items():
            field = known[name]
            if not field.is_list and not field.computed and name not in _NEVER_WRITTEN:
                held[name] = self._column(model, field, value)
        self._refuse_empty(model, held, known)
        self.store.put(
            model, row, {**held, "write_uid": ADMIN, "write_date": times.stamp(self.now)}
        )
        self._command(model, row, {name: given[name] for name in given if known[name].is_list})

    def _column(self, model: str, field: Field, value: Any) -> Any:
        """A value for a column; a row that it points at must exist."""
        kept = values.column(model, field, value)
        pointed = field.kind == "many2one" and field.relation in self.standard
        if pointed and kept is not None and not self.exists(field.relation, kept):
            _refuse_use(self.model(model), field)
        return kept

    def _there(self, model: str, rows: Sequence[int]) -> list[int]:
        """Some models answer ``true`` for rows that do not exist, others 404."""
        for row in rows:
            if not self.exists(model, row) and self.model(model).missing:
                raise errors.missing(model, row)
        return [row for row in rows if self.exists(model, row)]

    def _refuse_unknown(
        self, model: str, given: Mapping[str, Any], known: Mapping[str, Any]
    ) -> None:
        for name in given:
            if name not in known:
                raise errors.wrong(f"Invalid field '{name}' in '{model}'")

    def _refuse_empty(self, model: str, held: Row, known: Mapping[str, Field]) -> None:
        for name, field in known.items():
            empty = held.get(name) is None
            if field.required and empty and not field.computed and not field.is_list:
                title = self.model(model).title
                raise errors.invalid(errors.required(field.label, name, title, model))

    def _command(self, model: str, row: int, given: Mapping[str, Any]) -> None:
        for name, value in given.items():
            field = self.field(model, name)
            if field is None or not field.is_list:
                continue
            special = self._behaviour(model).commands.get(name)
            for command in values.commands(value):
                if special is not None:
                    special(self, row, command)
                elif field.kind == "many2many":
                    self._link(model, row, field, command)
                else:
                    self._line(model, row, field, command)

    def _link(self, model: str, row: int, field: Field, command: values.Command) -> None:
        held = dict(self.store.get(model, row) or {})
        linked = set(held.get(field.name) or ())
        match command:
            case (0, _, given):
                linked.add(self.create(field.relation, given))
            case (1, other, given):
                self.write(field.relation, [other], given)
            case (2, other, _):
                self.unlink(field.relation, [other])
                linked.discard(other)
            case (3, other, _):
                linked.discard(other)
            case (4, other, _):
                linked.add(other)
            case (5, _, _):
                linked.clear()
            case (_, _, others):
                linked = set(others)
        gone = sorted(each for each in linked if not self.exists(field.relation, each))
        if gone and self.model(field.relation).missing:
            raise errors.missing(field.relation, gone[0])
        if gone:
            _refuse_use(self.model(model), field)
        ordered = self.sorted(field.relation, linked)
        self.store.put(model, row, {**held, field.name: ordered})

    def _line(self, model: str, row: int, field: Field, command: values.Command) -> None:
        lines = self.value(model, row, field.name)
        match command:
            case (0, _, given):
                self.create(field.relation, {**given, field.inverse: row})
            case (1, other, given):
                self.write(field.relation, [other], given)
            case (2 | 3, other, _):
                self.unlink(field.relation, [other])
            case (4, other, _):
                self.write(field.relation, [other], {field.inverse: row})
            case (5, _, _):
                self.unlink(field.relation, lines)
            case (_, _, others):
                self.unlink(field.relation, [each for each in lines if each not in others])
                self.write(field.relation, list(others), {field.inverse: row})

    def unlink(self, model: str, rows: Sequence[int]) -> None:
        """Delete rows with what hangs on them; what is in use is refused."""
        there = self._there(model, rows)
        access.check(self, model, there, "unlink")
        self._behaviour(model).removing(self, there)
        for row in there:
            self._let_go(model, row)
            self.store.put(model, row, None)
            self._forget_names(model, row)
        self._behaviour(model).removed(self)

    def _let_go(self, model: str, row: int) -> None:
        for other in self.standard.values():
            pointing = [each for each in other.fields.values() if each.relation == model]
            for field in pointing:
                if not field.computed:
                    self._release(other, field, row)

    def _release(self, other: Model, field: Field, row: int) -> None:
        many = field.kind == "many2many"
        for key, held in list(self.store.rows(other.name).items()):
            value = held.get(field.name)
            if value != row and not (many and row in (value or ())):
                continue
            match field.on_delete:
                case "restrict":
                    _refuse_use(other, field)
                case "cascade":
                    # The database does it, not Odoo: an external id of the row stays behind.
                    self._let_go(other.name, key)
                    self.store.put(other.name, key, None)
                case _ if many:
                    left = tuple(each for each in value or () if each != row)
                    self.store.put(other.name, key, {**held, field.name: left})
                case _:
                    self.store.put(other.name, key, {**held, field.name: None})

    def _forget_names(self, model: str, row: int) -> None:
        for key, held in list(self.store.rows("ir.model.data").items()):
            if held["model"] == model and held["res_id"] == row:
                self.store.put("ir.model.data", key, None)


def _refuse_use(other: Model, field: Field) -> None:
    if field.kind == "many2many":
        target = field.relation.replace(".", "_")
        first, second = sorted((other.name.replace(".", "_"), target))
        errors.in_use("", "", f"{first}_{second}_rel_{target}_id_fkey")
    errors.in_use(other.title, other.name, f"'{field.label}' ({field.name})")


def _defaults(known: Mapping[str, Field]) -> dict[str, Any]:
    return {name: field.default for name, field in known.items() if field.default is not None}


def _names_active(domain: Any) -> bool:
    """Whether a domain says itself which archived rows it wants."""
    return any(isinstance(term, list | tuple) and term and term[0] == "active" for term in domain)
