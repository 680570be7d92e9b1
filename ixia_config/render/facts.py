"""What one change does, in words: one thought a fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ixia_config.model import Cause, Change, FieldChange, Value, Verb
from ixia_config.render.glossary import Glossary, name
from ixia_config.render.layout import fitted
from ixia_config.render.values import concealed
from ixia_config.render.wording import clean, label, listed, singular

MISSING = "it was removed in the target"  # the engine's reason for making something again


@dataclass(frozen=True, slots=True)
class Fact:
    """One thought: what happens, and beside it who or why."""

    text: str
    aside: str = ""


_PROTECTION = {
    Verb.PROTECT: Fact("protected: nothing of it can be removed", "until a plan lifts that"),
    Verb.UNPROTECT: Fact("no longer protected", "a later plan may remove it"),
}


def facts(words: Glossary, change: Change, *, after: str = "") -> tuple[Fact, ...]:
    """Everything to say of one change; ``after`` is the neighbour that a new member follows."""
    match change.verb:
        case Verb.CREATE:
            return _of_create(words, change, after)
        case Verb.UPDATE:
            return tuple(_of_field(words, field) for field in shown_fields(change))
        case Verb.ADOPT:
            return (Fact("adopted", clean(change.reason)),)
        case Verb.MOVE:
            return (_of_move(words, change),)
        case Verb.RELEASE:
            released = listed([clean(path) for path in change.released], 8)
            return (Fact(f"no longer managed: {released}", "values stay"),)
        case Verb.FORGET:
            return (_of_forget(words, change),)
        case Verb.PROTECT | Verb.UNPROTECT:
            return (_PROTECTION[change.verb],)
        case Verb.MIGRATE:
            return (Fact(f"{_records(words, change)} go to {_goal(words, change)}"),)
        case Verb.ARCHIVE | Verb.DELETE:
            return removal(words, change, None)


def shown_fields(change: Change) -> tuple[FieldChange, ...]:
    """The fields that say something; the order of choices follows from choices that come and go."""
    paths = {field.path for field in change.fields}
    telling = tuple(
        field
        for field in change.fields
        if not (_follows(field) and (_is_order(field) or _parts(field, paths)))
    )
    return telling or change.fields


def follows(change: Change) -> bool:
    """Whether an update only makes room in an order for members that come or go."""
    return change.verb is Verb.UPDATE and all(
        _is_order(field) and _follows(field) for field in change.fields
    )


def _is_order(field: FieldChange) -> bool:
    return field.path == "order"


def _parts(field: FieldChange, paths: set[str]) -> bool:
    return any(path.startswith(field.path + ".") for path in paths)


def _follows(field: FieldChange) -> bool:
    """Whether the members that stay keep their order."""
    if not (isinstance(field.before, tuple) and isinstance(field.after, tuple)):
        return field.before is None and isinstance(field.after, tuple)
    stay = set(field.before) & set(field.after)
    before = [each for each in field.before if each in stay]
    return before == [each for each in field.after if each in stay]


def _of_create(words: Glossary, change: Change, after: str) -> tuple[Fact, ...]:
    told = [*_created(words, change), *([after] if after else [])]
    again = change.reason == MISSING
    aside = f"was removed in {words.system}, comes back" if again else _reason(change)
    return (Fact(", ".join(told), aside),) if told or aside else ()


def _reason(change: Change) -> str:
    return "" if change.reason == MISSING else clean(change.reason)


def _created(words: Glossary, change: Change) -> Iterator[str]:
    """The values that a new object starts with, choices under one word."""
    members: dict[str, list[str]] = {}
    for field in change.fields:
        group, _, key = field.path.partition(".")
        if key and field.format in ("text", "program"):
            members.setdefault(group, []).append(_choice(words, field, key))
    told = [f"{clean(group)} {listed(each, 8)}" for group, each in members.items()]
    told += [
        _start(words, field)
        for field in change.fields
        if field.after not in (None, "", (), change.title)
        and field.format != "program"
        and field.path.partition(".")[0] not in (*members, "order", "title")
    ]
    yield from sorted(told, key=len)  # what is short first: a description hides the rest


def _start(words: Glossary, field: FieldChange) -> str:
    """The value of one field; what is simply so needs no value."""
    what = field_label(field)
    if isinstance(field.after, bool):
        return what if field.after else f"not {what}"
    return f"{what} {concealed(field, field.after, words.units)}"


def _choice(words: Glossary, field: FieldChange, key: str) -> str:
    if field.format == "program":
        return _key(key)
    title = concealed(field, field.after, words.units)
    return _key(key) if title in (key, "empty") else f"{_key(key)} ({title})"


def _key(key: str) -> str:
    """A key as it is; in quotes where spaces would hide its ends."""
    return f'"{clean(key)}"' if " " in key else clean(key)


def field_label(field: FieldChange) -> str:
    """A field's name inside a line; of a member of a map with its key."""
    _, _, key = field.path.partition(".")
    title = label(clean(field.title)) if field.title else clean(field.path)
    return fitted(f"{singular(title)} {_key(key)}" if key and field.title else title, 40)


def _of_field(words: Glossary, field: FieldChange) -> Fact:
    return Fact(_difference(words, field), _cause(words, field))


def _difference(words: Glossary, field: FieldChange) -> str:
    what = field_label(field)
    if field.sensitive:
        return f"{what} changes (hidden)"
    if "." in field.path and field.before in (None, ""):
        told = "" if field.format == "program" else f": {_text(words, field, field.after)}"
        return f"{what} added{told}"
    if "." in field.path and field.after in (None, ""):
        return f"{what} removed"
    if field.format == "program":
        return f"{what} rewritten"
    if _is_order(field) and _follows(field):
        return _made_room(words, field)
    before, after = _pair(words, field)
    return f"{what} {before} -> {after}"


def _made_room(words: Glossary, field: FieldChange) -> str:
    """An order in which nothing changes its place: what comes in and what goes."""
    old, new = _members(field.before), _members(field.after)
    come = listed([words.units.title(each) for each in new if each not in old], 8)
    go = listed([words.units.title(each) for each in old if each not in new], 8)
    told = [f"takes in {come}" if come else "", f"lets go of {go}" if go else ""]
    return f"{field_label(field)} {listed([each for each in told if each]) or 'stays'}"


def _members(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _pair(words: Glossary, field: FieldChange) -> tuple[str, str]:
    """Both values; quotes keep the words of texts together."""
    shown = [concealed(field, value, words.units) for value in (field.before, field.after)]
    quote = field.format == "text" and ("." in field.path or any(" " in each for each in shown))
    before, after = (
        f'"{text}"' if quote and isinstance(value, str) and value else text
        for text, value in zip(shown, (field.before, field.after), strict=True)
    )
    return before, after


def _text(words: Glossary, field: FieldChange, value: Value) -> str:
    """One value on its own."""
    shown = concealed(field, value, words.units)
    quoted = isinstance(value, str) and value != "" and field.format == "text" and " " in shown
    return f'"{shown}"' if quoted else shown


def _cause(words: Glossary, field: FieldChange) -> str:
    match field.cause:
        case Cause.CONFIG | Cause.ADOPTION:
            return ""
        case Cause.DRIFT:
            return edit(words, field)
        case Cause.CONFLICT:
            last = "" if field.sensitive else f" from {_text(words, field, field.last)}"
            return f"both sides changed it{last}; {edit(words, field)}"


def edit(words: Glossary, field: FieldChange) -> str:
    """Who set the live value: ``set to 75 % by Lee Park on Thu 19 Nov``."""
    if field.by is None:
        return f"edited in {words.system}"
    what = "set" if field.sensitive else f"set to {_text(words, field, field.before)}"
    return f"{what} {words.author_and_day(field.by)}"


def _of_move(words: Glossary, change: Change) -> Fact:
    old, new = change.previous_address, change.address
    if old is None:
        return Fact("has a new key", f"nothing changes in {words.system}")
    was, now = (old.part or old.name, new.part or new.name)
    return Fact(f"key {clean(was)} is now {clean(now)}", f"nothing changes in {words.system}")


def _of_forget(words: Glossary, change: Change) -> Fact:
    gone = bool(change.reason)
    stays = f"it is gone from {words.system}" if gone else f"it stays in {words.system}"
    return Fact("no longer managed", stays)


def removal(words: Glossary, change: Change, migration: Change | None) -> tuple[Fact, ...]:
    """How an object goes, and what becomes of its records first."""
    held = change.dependents
    if migration is not None:
        what = f"{_records(words, migration)} go to {_goal(words, migration)} first"
        held = migration.dependents or held
    elif held is not None:
        what = f"holds {words.units.records(held) if held.count else 'no ' + clean(held.noun)}"
    else:
        what = "" if change.reason == "retired" else clean(change.reason)
    done = "deleted" if change.verb is Verb.DELETE else "archived"
    done = "retired" if change.reason == "retired" else done
    aside = "" if change.reversible else "cannot be undone"
    first = Fact(f"{done}: {what}" if what else done, aside)
    sample = listed([name(each) for each in held.sample], 3) if held and held.count else ""
    return (first, Fact(f"among them {sample}")) if sample else (first,)


def _records(words: Glossary, change: Change) -> str:
    return words.units.records(change.dependents) if change.dependents else "its records"


def _goal(words: Glossary, change: Change) -> str:
    return words.title(change.migrate_to) if change.migrate_to else "another place"


def movement(words: Glossary, change: Change) -> str:
    """``43 open deals (1,204,300 USD) move from Verbal to Negotiation``."""
    verb = "moves" if change.dependents and change.dependents.count == 1 else "move"
    goal = _goal(words, change)
    return f"{_records(words, change)} {verb} from {name(change.title)} to {goal}"
