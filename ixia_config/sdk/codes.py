"""Codes IX600 to IX616 of a remote system, and IX630 to IX634 of the folder and the set-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class RemoteDiagnostic(Diagnostic):
    """What a remote system answered, or why it could not be asked; ``text`` says it in full."""

    text: str
    advice: str = ""

    def message(self) -> str:
        return self.text

    def hint(self) -> str:
        return self.advice


@dataclass(frozen=True, kw_only=True)
class RemoteFailure(RemoteDiagnostic):
    """The remote system refused, and no other code fits.

    The message is the system's own. Nothing else is known about it.

    Seen:
        $ ixia plan
        error IX600: HubSpot answered 418
    """

    code: ClassVar[str] = "IX600"


@dataclass(frozen=True, kw_only=True)
class TokenMissing(RemoteDiagnostic):
    """The token is missing, or the system does not accept it.

    ``ixia.yaml`` says where the token is found: an environment variable or a file. The variable
    may not be set in this terminal, the file may be empty, or the token was copied with a piece
    missing, or it was withdrawn. Set it again, and never write it into YAML.

    Seen:
        $ ixia plan
        error IX601: the environment variable HUBSPOT_TOKEN is not set; put the token there, e.g.
        export HUBSPOT_TOKEN=...
    """

    code: ClassVar[str] = "IX601"


@dataclass(frozen=True, kw_only=True)
class TokenExpired(RemoteDiagnostic):
    """The token is too old.

    The system knows the token, and its time is over. Make a new one in the system's settings and
    put it where ``ixia.yaml`` says.

    Seen:
        $ ixia plan
        error IX602: HubSpot says that the token has expired; make a new one under
        Settings > Integrations
    """

    code: ClassVar[str] = "IX602"


@dataclass(frozen=True, kw_only=True)
class ScopeMissing(RemoteDiagnostic):
    """The token lacks a permission.

    The token is good, and it may not do this. The message names the scopes. Add them to the token
    in the system's settings, then run again. A person who may not do it cannot give a token that
    may.

    Seen:
        $ ixia apply
        error IX603: the token may not change deal pipelines; add the scope
        crm.schemas.deals.write
    """

    code: ClassVar[str] = "IX603"


@dataclass(frozen=True, kw_only=True)
class WrongAccount(RemoteDiagnostic):
    """The token belongs to another account.

    Before anything else, the system is asked which account this is. It is not the account that
    ``ixia.yaml`` names for this environment. Nothing was read and nothing was written.

    Seen:
        $ ixia plan --env production
        error IX604: this token is for account 4242, and production is account 1001; set
        HUBSPOT_TOKEN to a token of account 1001
    """

    code: ClassVar[str] = "IX604"


@dataclass(frozen=True, kw_only=True)
class TierMissing(RemoteDiagnostic):
    """The account's subscription does not include this.

    The system sells this feature with a higher plan. Upgrade, or take the clause out of the
    policy: ``ixia coverage`` then shows how else it can be held.

    Seen:
        $ ixia apply
        error IX605: pipeline rules need Sales Hub Professional; this account has Starter
    """

    code: ClassVar[str] = "IX605"


@dataclass(frozen=True, kw_only=True)
class RateLimited(RemoteDiagnostic):
    """Too many requests in a short time.

    The system slows everybody down who asks too often. Ixia Config waits as it is told and tries
    again; this message means that it waited several times and was still refused. Another program
    probably uses the same token.

    Seen:
        $ ixia plan
        error IX606: HubSpot still refuses requests after 5 tries; wait a minute, then run again
    """

    code: ClassVar[str] = "IX606"


@dataclass(frozen=True, kw_only=True)
class DailyLimit(RemoteDiagnostic):
    """The account has no requests left today.

    The system counts requests per day, over all programs. The count starts again at midnight in
    the account's time zone. Waiting a minute does not help, so nothing is tried again.

    Seen:
        $ ixia plan
        error IX607: the account has used all its requests for today; run again after midnight in
        the account's time zone
    """

    code: ClassVar[str] = "IX607"


@dataclass(frozen=True, kw_only=True)
class ServerError(RemoteDiagnostic):
    """The system failed.

    The fault is on the other side. A read is tried several times. A write is sent once: after such
    an answer it may have been done, so the next run looks before it does anything.

    Seen:
        $ ixia apply
        error IX608: HubSpot answered 502 to PATCH /crm/pipelines/...; whether the change was made
        is not known
    """

    code: ClassVar[str] = "IX608"


@dataclass(frozen=True, kw_only=True)
class AnswerUnreadable(RemoteDiagnostic):
    """The answer is not what the system promises.

    It broke off, is not JSON, or is far too large. Often a proxy or a sign-in page answers in the
    system's place: try the address in a browser from the same network.

    Seen:
        $ ixia plan
        error IX609: the answer to GET /crm/pipelines/... is a web page, not data
    """

    code: ClassVar[str] = "IX609"


@dataclass(frozen=True, kw_only=True)
class NoConnection(RemoteDiagnostic):
    """The system cannot be reached.

    The name is not known, nobody listens there, the line broke, or the answer took too long. Check
    the network, the VPN and the proxy settings, and look at the system's status page.

    Seen:
        $ ixia plan
        error IX610: api.hubapi.com cannot be found; check the network connection
    """

    code: ClassVar[str] = "IX610"


@dataclass(frozen=True, kw_only=True)
class NotThere(RemoteDiagnostic):
    """The object is not there.

    The system does not know this id. Somebody may have removed it since the plan was made. Plan
    again.

    Seen:
        $ ixia apply
        error IX611: the stage "Verbal" is not there any more
    """

    code: ClassVar[str] = "IX611"


@dataclass(frozen=True, kw_only=True)
class RemoteConflict(RemoteDiagnostic):
    """The object is already there, or was changed at the same time.

    A title or an id is taken, sometimes by an archived object that lists do not show. Or somebody
    saved the same object a moment earlier. Plan again: the plan says which it is.

    Seen:
        $ ixia apply
        error IX612: a pipeline titled "New business" already exists
    """

    code: ClassVar[str] = "IX612"


@dataclass(frozen=True, kw_only=True)
class RemoteRejected(RemoteDiagnostic):
    """The system does not accept the value.

    It checked the request and said no. Nothing changed. The message names the field where the
    system does.

    Seen:
        $ ixia apply
        error IX613: HubSpot does not accept the probability of "Evaluate"
    """

    code: ClassVar[str] = "IX613"


@dataclass(frozen=True, kw_only=True)
class RemoteLocked(RemoteDiagnostic):
    """The object is in use by another writer.

    Somebody or something else is saving it. Ixia Config waits and tries again; this message means
    that it stayed locked. Run again later.

    Seen:
        $ ixia apply
        error IX614: the deal is locked by another change
    """

    code: ClassVar[str] = "IX614"


@dataclass(frozen=True, kw_only=True)
class AccountMoving(RemoteDiagnostic):
    """The account is being moved to another data centre.

    The vendor moves the account, which can take hours. Nothing can be read or written until then.

    Seen:
        $ ixia plan
        error IX615: the account is being moved to another data centre; try again in 3 hours
    """

    code: ClassVar[str] = "IX615"


@dataclass(frozen=True, kw_only=True)
class ForeignHost(RemoteDiagnostic):
    """The address is not one that the token may be sent to.

    A token goes to its own system, over an encrypted connection, and nowhere else; only a sandbox
    on this machine is also allowed. A redirect to another place is not followed, and a host whose
    certificate is not trusted gets nothing.

    Systems that you run yourself, such as Odoo and Node-RED, have hosts that only you know. Name
    them where no pull request can: ``export IXIA_HOSTS=crm.acme.example``, several with commas.

    Seen:
        $ ixia plan
        error IX616: base_url is http://crm.example.com, which is not a host of HubSpot; leave
        base_url out, or name a sandbox on this machine
    """

    code: ClassVar[str] = "IX616"


@dataclass(frozen=True, kw_only=True)
class NoProject(Diagnostic):
    """There is no ``ixia.yaml`` here.

    Ixia Config looks for ``ixia.yaml`` in this folder and in those above it. Go to the folder of
    your configuration, or make one with ``ixia init``.

    Seen:
        $ ixia validate
        error IX630: there is no ixia.yaml in /home/ana or above it
    """

    code: ClassVar[str] = "IX630"
    folder: str

    def message(self) -> str:
        return f"there is no ixia.yaml in {self.folder} or above it"

    def hint(self) -> str:
        return "go to the folder of your configuration, or make one with `ixia init`"


@dataclass(frozen=True, kw_only=True)
class LinkLeaves(Diagnostic):
    """A link leads out of the configuration's folder.

    What is reviewed in git must be what is applied. A link to a file elsewhere would bring in text
    that nobody reviewed. Copy the file into the folder.

    Seen:
        $ ixia validate
        pipelines/shared.yaml:1:1: error IX631: this link leads out of the folder
    """

    code: ClassVar[str] = "IX631"

    def message(self) -> str:
        return "this link leads out of the folder"

    def hint(self) -> str:
        return "copy the file here, so that git has what is applied"


@dataclass(frozen=True, kw_only=True)
class FileUnreadable(Diagnostic):
    """A file or folder cannot be read.

    The system's own reason is quoted: mostly a permission.

    Seen:
        $ ixia validate
        pipelines/new.yaml:1:1: error IX632: this cannot be read: Permission denied
    """

    code: ClassVar[str] = "IX632"
    why: str

    def message(self) -> str:
        return f"this cannot be read: {self.why}"

    def hint(self) -> str:
        return "check its permissions"


@dataclass(frozen=True, kw_only=True)
class FolderTooLarge(Diagnostic):
    """The folder holds more YAML than a configuration has.

    Probably ``ixia.yaml`` stands in the wrong folder, such as your home folder, or other YAML was
    copied into it.

    Seen:
        $ ixia validate
        error IX633: the folder has more than 20000 YAML files
    """

    code: ClassVar[str] = "IX633"
    limit: str

    def message(self) -> str:
        return f"the folder has more than {self.limit}"

    def hint(self) -> str:
        return "is ixia.yaml in the right folder? hidden folders and node_modules are not read"


@dataclass(frozen=True, kw_only=True)
class ConnectorBroken(Diagnostic):
    """An installed connector cannot be loaded.

    The other connectors work. Update the package that it comes from, or remove it.

    Seen:
        $ ixia plan
        warning IX634: the connector acme_crm.erp of the package acme-crm cannot be used:
        ImportError: No module named 'suds'
    """

    code: ClassVar[str] = "IX634"
    severity: ClassVar[Severity] = Severity.WARNING
    connector: str
    package: str
    why: str

    def message(self) -> str:
        source = f" of the package {self.package}" if self.package else ""
        return f"the connector {self.connector}{source} cannot be used: {self.why}"

    def hint(self) -> str:
        return "update or remove that package"


__all__ = [
    "AccountMoving",
    "AnswerUnreadable",
    "ConnectorBroken",
    "DailyLimit",
    "FileUnreadable",
    "FolderTooLarge",
    "ForeignHost",
    "LinkLeaves",
    "NoConnection",
    "NoProject",
    "NotThere",
    "RateLimited",
    "RemoteConflict",
    "RemoteDiagnostic",
    "RemoteFailure",
    "RemoteLocked",
    "RemoteRejected",
    "ScopeMissing",
    "ServerError",
    "TierMissing",
    "TokenExpired",
    "TokenMissing",
    "WrongAccount",
]
