"""Diagnostics of every severity, with the files that they point into."""

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.language import Source
from ixia_config.model import Mark


@dataclass(frozen=True, kw_only=True)
class WrongChoice(Diagnostic):
    """The value is not one of the field's choices

    A condition compares a choice with a word that it can never be, so the condition is never true.

    Bad:
        when: region == "APC"

    Good:
        when: region == "APAC"
    """

    code: ClassVar[str] = "IX307"
    word: str

    def message(self):
        return f'"{self.word}" is not a value of region'

    def hint(self):
        return 'region can be AMER, EMEA or APAC; did you mean "APAC"?'


@dataclass(frozen=True, kw_only=True)
class Falling(Diagnostic):
    """A later stage has a lower probability"""

    code: ClassVar[str] = "IX320"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self):
        return "Proposal has 60 %, and Evaluate before it 70 %"

    def hint(self):
        return "say it is meant, or swap the two"


@dataclass(frozen=True, kw_only=True)
class Tip(Diagnostic):
    """A calendar nobody uses"""

    code: ClassVar[str] = "IX330"
    severity: ClassVar[Severity] = Severity.INFO

    def message(self):
        return "no policy uses the calendar us-business"


@dataclass(frozen=True, kw_only=True)
class LiteralToken(Diagnostic):
    """A token stands in the file"""

    code: ClassVar[str] = "IX121"
    conceals: ClassVar[bool] = True

    def message(self):
        return "a token must not stand in a file"

    def hint(self):
        return "put it in an environment variable: token: {env: HUBSPOT_TOKEN}"


SECRET = "pat-na1-11111111"
PIPELINE = "pipelines/new-business.yaml"
SOURCES = {
    PIPELINE: Source(
        PIPELINE,
        "kind: Pipeline\n"
        '    exit: [{key: fit, title: Right region, when: region == "APC"}]\n'
        "    - {key: proposal, probability: 60%}\n"
        "    exit: [{key: size, title: Large enough for a visit, when: employees > 1000 && amount"
        ' > 50000 && region in ["AMER", "EMEA"] && account.region == "APC"}]\n',
    ),
    "ixia.yaml": Source("ixia.yaml", f"kind: Project\ntoken: {SECRET}\n"),
    "calendars/us.yaml": Source("calendars/us.yaml", "kind: Calendar\n"),
}
FOUND = (
    Tip(mark=Mark("calendars/us.yaml", 1, 1, 14)),
    LiteralToken(mark=Mark("ixia.yaml", 2, 8, len(SECRET))),
    WrongChoice(mark=Mark(PIPELINE, 2, 60, 5), word="APC"),
    Falling(mark=Mark(PIPELINE, 3, 36, 3)),
    WrongChoice(mark=Mark(PIPELINE, 4, 149, 5), word="APC"),
    WrongChoice(word="\x1b[2JAPC\n::error::"),
)
