"""Codes IX001 to IX014: what can be wrong with a file before its meaning is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic
from ixia_config.model import Mark


def quoted(text: str) -> str:
    """The user's text as a message quotes it: on one line, and not longer than a message bears."""
    flat = " ".join(text.split())
    return f'"{flat if len(flat) <= 60 else flat[:57] + "..."}"'


@dataclass(frozen=True, kw_only=True)
class NotUtf8(Diagnostic):
    """The file is not UTF-8 text.

    Ixia reads UTF-8, which every current editor writes. A file from an old Windows program, or a
    title that was damaged on its way through one, shows up as unreadable characters.

    Bad:
        title: Expansion M\N{REPLACEMENT CHARACTER}nchen

    Good:
        title: Expansion München
    """

    code: ClassVar[str] = "IX001"

    def message(self) -> str:
        return "this is not UTF-8 text"

    def hint(self) -> str:
        return "save the file as UTF-8, then type the damaged character again"


@dataclass(frozen=True, kw_only=True)
class InvisibleCharacter(Diagnostic):
    """A character that nobody can see, and that YAML does not allow.

    Control characters and odd line separators come with text that was copied from another
    program. Two names that look alike would differ, so the file is refused.

    Bad:
        title: New\x07 business

    Good:
        title: New business
    """

    character: str

    code: ClassVar[str] = "IX002"

    def message(self) -> str:
        return f"an invisible character (U+{ord(self.character):04X}) stands here"

    def hint(self) -> str:
        return "delete it; text copied from other programs often brings some along"


@dataclass(frozen=True, kw_only=True)
class ByteOrderMark(Diagnostic):
    """An invisible byte order mark.

    Some Windows programs write one at the start of a file. Not all tools in a pipeline skip it,
    and the first key then gets a name that no one can see.

    Bad:
        \N{ZERO WIDTH NO-BREAK SPACE}title: New business

    Good:
        title: New business
    """

    code: ClassVar[str] = "IX003"

    def message(self) -> str:
        return "an invisible byte order mark (U+FEFF) stands here"

    def hint(self) -> str:
        return 'save the file as "UTF-8", not as "UTF-8 with BOM"'


@dataclass(frozen=True, kw_only=True)
class TabIndent(Diagnostic):
    """A line is indented with a tab.

    YAML allows spaces only, because a tab is as wide as each editor likes.

    Bad:
        metadata:
        \tname: new-business

    Good:
        metadata:
          name: new-business
    """

    code: ClassVar[str] = "IX004"

    def message(self) -> str:
        return "a tab stands where YAML allows only spaces"

    def hint(self) -> str:
        return "replace it with spaces; two for each level are usual"


@dataclass(frozen=True, kw_only=True)
class TooLarge(Diagnostic):
    """A file, a value or its nesting is larger than any configuration needs.

    The limits keep a broken or hostile file from taking all the memory of the machine that
    checks it: 8 MiB and 10,000 documents in one file, 64 KiB in one value, 64 levels of nesting.

    Bad:
        title: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
          ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

    Good:
        title: [[New business]]
    """

    what: str
    limit: str

    code: ClassVar[str] = "IX005"

    def message(self) -> str:
        return f"{self.what}; the limit is {self.limit}"

    def hint(self) -> str:
        return "split it up"


@dataclass(frozen=True, kw_only=True)
class AliasBomb(Diagnostic):
    """Aliases repeat so much that the document would grow without bound.

    An alias (`*name`) repeats what its anchor (`&name`) holds. Aliases of aliases multiply. At
    most 10,000 values of one document may come from aliases.

    Bad:
        a: &a [x, x, x, x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c]

    Good:
        a: &a [price, competitor]
        b: *a
    """

    limit: int

    code: ClassVar[str] = "IX006"

    def message(self) -> str:
        return f"aliases repeat more than {self.limit:,} values in this document"

    def hint(self) -> str:
        return "write the values out, or move them to a document of their own"


@dataclass(frozen=True, kw_only=True)
class BadSyntax(Diagnostic):
    """The text is not YAML.

    Ixia reads nothing of a document that it cannot read whole. Other documents of the file are
    still checked.

    Bad:
        stages:
            - key: qualify
          title: Qualify

    Good:
        stages:
            - key: qualify
              title: Qualify
    """

    problem: str
    remedy: str = ""

    code: ClassVar[str] = "IX007"

    def message(self) -> str:
        return self.problem

    def hint(self) -> str:
        return self.remedy


@dataclass(frozen=True, kw_only=True)
class DuplicateKey(Diagnostic):
    """One key stands twice in the same place.

    YAML readers disagree on which of the two counts, so neither does.

    Bad:
        title: New business
        title: Renewals

    Good:
        title: New business
    """

    key: str
    first: Mark

    code: ClassVar[str] = "IX008"

    def message(self) -> str:
        return (
            f"{quoted(self.key)} stands here a second time; the first is on line {self.first.line}"
        )

    def hint(self) -> str:
        return "keep one of the two"


@dataclass(frozen=True, kw_only=True)
class NeedsQuotes(Diagnostic):
    """YAML takes a part of an unquoted value for its own punctuation.

    Conditions hold characters that mean something to YAML too: a comma inside `{...}`, a colon
    with a space after it, ` #`, or one of ``[ ] { } & * ! @ % ` " '`` at the start.

    Bad:
        exit:
          - {key: pain, when: size(pain, comments) > 20}

    Good:
        exit:
          - {key: pain, when: "size(pain, comments) > 20"}
          - key: buyer
            when: size(buyer, comments) > 20
    """

    text: str
    why: str

    code: ClassVar[str] = "IX009"

    def message(self) -> str:
        return f"YAML does not read {quoted(self.text)} as one value: {self.why}"

    def hint(self) -> str:
        return "put the whole value in quotes, or use block style: each key on its own line"


@dataclass(frozen=True, kw_only=True)
class Tag(Diagnostic):
    """A value starts with an exclamation mark, which YAML reads as a tag.

    Ixia files have no tags. A condition that starts with `!` needs quotes.

    Bad:
        when: !known(amount)

    Good:
        when: "!known(amount)"
    """

    tag: str

    code: ClassVar[str] = "IX010"

    def message(self) -> str:
        return f"{quoted(self.tag)} is a YAML tag, and Ixia files have none"

    def hint(self) -> str:
        return 'if the "!" belongs to the value, put the whole value in quotes'


@dataclass(frozen=True, kw_only=True)
class MergeKey(Diagnostic):
    """The merge key `<<` is not part of YAML 1.2.

    What it does differs between readers, and a reviewer cannot see the result in the file.

    Bad:
        base: &base {object: deal}
        spec:
          <<: *base

    Good:
        spec:
          object: deal
    """

    code: ClassVar[str] = "IX011"

    def message(self) -> str:
        return 'the merge key "<<" is not supported'

    def hint(self) -> str:
        return "write the keys out"


@dataclass(frozen=True, kw_only=True)
class KeyNotText(Diagnostic):
    """A key is a list, a mapping, an alias or missing.

    Keys are words. Anything else is most often a slip of the pen.

    Bad:
        [qualify, evaluate]: Early stages

    Good:
        early: [qualify, evaluate]
    """

    code: ClassVar[str] = "IX012"

    def message(self) -> str:
        return "a key must be plain text, without an anchor"

    def hint(self) -> str:
        return "if this is a value, put it in quotes"


@dataclass(frozen=True, kw_only=True)
class Directive(Diagnostic):
    """A directive other than `%YAML 1.2`.

    Lines that start with `%` before `---` change how the rest is read. Ixia files are YAML 1.2,
    always.

    Bad:
        %YAML 1.1
        ---
        title: New business

    Good:
        %YAML 1.2
        ---
        title: New business
    """

    text: str

    code: ClassVar[str] = "IX013"

    def message(self) -> str:
        return f"the directive {quoted(self.text)} is not supported"

    def hint(self) -> str:
        return "delete the line; every file is read as YAML 1.2"


@dataclass(frozen=True, kw_only=True)
class UnknownAnchor(Diagnostic):
    """An alias names an anchor that does not stand before it in the same document.

    A value that starts with `*` is an alias. A condition or a text that starts with `*` needs
    quotes.

    Bad:
        reasons: *common

    Good:
        common: &common [price, competitor]
        reasons: *common
    """

    name: str

    code: ClassVar[str] = "IX014"

    def message(self) -> str:
        return f'"*{self.name}" repeats an anchor "&{self.name}" that does not stand before it'

    def hint(self) -> str:
        return 'if the "*" belongs to the value, put the whole value in quotes'
