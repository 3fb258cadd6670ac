"""One entry of a game's history: what was asked, when, by whom, and what it caused."""

import re
from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace

from .commands import AnyCommand, SitDown
from .entry import Row, conceal, link, personal_bytes, personal_texts
from .events import AnyEvent, PersonSeated, ResultsReleased
from .evolve import fold
from .state import Seal, State
from .value import Value

SCHEMA = 1
"""The shape of entries that this program writes, and the newest that it reads."""

RULES = 1
"""The rules that this program decides by; raised when the same command would decide otherwise."""

VERSIONS: Mapping[str, int] = {"schema": SCHEMA, "rules": RULES}

ERASED = "(name removed)"
"""What a name reads as once it has been erased."""


class Entry(Value):
    """A command that was accepted at wall time `at`, and what it caused."""

    seq: int
    id: str
    at: int
    seat: str
    person: str
    command: AnyCommand
    events: tuple[AnyEvent, ...]
    versions: Mapping[str, int]


class NewerVersion(Exception):
    """The entry was written by a newer program than this one."""


class BadEntry(ValueError):
    """The entry is none of ours, or damaged."""


def encode(entry: Entry, previous: str, line: str, salt: str) -> Row:
    """The entry as it is stored and sealed; names stay outside the seal, so they can be erased."""
    hidden = dict[str, tuple[str, str]]()

    def digest(name: str) -> str:
        concealed = conceal(name, salt)
        hidden[concealed] = (salt, name)
        return concealed

    body = _encode(_with_names(entry, digest))
    return Row(
        line=line,
        seq=entry.seq,
        id=entry.id,
        seat=entry.seat,
        body=body,
        hash=link(previous, body),
        personal=personal_bytes(hidden),
    )


def decode(row: Row) -> Entry:
    """What a stored row says. Raises `NewerVersion` for one written by a newer program."""
    texts = personal_texts(row.personal)
    body = _NAME.sub(lambda found: _told(found, texts), row.body)
    try:
        entry = _decode(body)
    except msgspec.MsgspecError as error:
        _check_versions(row)
        raise BadEntry(f"Entry {row.seq} cannot be read: {error}") from error
    _check_versions_of(entry.versions, row.seq)
    return entry


def apply(state: State, entry: Entry, head: str) -> State:
    """The state after an entry; `head` is the entry's hash, shown to all once results are out."""
    state = fold(entry.events, replace(state, at=entry.at))
    for event in entry.events:
        if isinstance(event, ResultsReleased):
            state = replace(state, seals=(*state.seals, Seal(event.turn, head)))
    return state


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Entry).decode

# A name's digest is longer than a name may be: it gives way to the name before the strict decode.
_NAME = re.compile(rb'"name":"(sha256:[0-9a-f]{64})"')


def _told(found: re.Match[bytes], texts: Mapping[str, tuple[str, str]]) -> bytes:
    _, name = texts.get(found[1].decode(), ("", ERASED))
    return b'"name":' + _encode(name)


def _with_names(entry: Entry, digest: Callable[[str], str]) -> Entry:
    """The entry with every name put through `digest`."""
    if isinstance(entry.command, SitDown):
        entry = replace(entry, command=replace(entry.command, name=digest(entry.command.name)))
    if any(isinstance(event, PersonSeated) for event in entry.events):
        entry = replace(entry, events=tuple(_unnamed(event, digest) for event in entry.events))
    return entry


def _unnamed(event: AnyEvent, digest: Callable[[str], str]) -> AnyEvent:
    if not isinstance(event, PersonSeated):
        return event
    return replace(event, person=replace(event.person, name=digest(event.person.name)))


class _Claim(msgspec.Struct, frozen=True):
    versions: Mapping[str, int]


_claim = msgspec.json.Decoder(_Claim).decode


def _check_versions(row: Row) -> None:
    """Raises `NewerVersion` if that is why the row cannot be read."""
    try:
        versions = _claim(row.body).versions
    except msgspec.MsgspecError:
        return
    _check_versions_of(versions, row.seq)


def _check_versions_of(versions: Mapping[str, int], seq: int) -> None:
    newer = [name for name, own in VERSIONS.items() if versions.get(name, 0) > own]
    if newer:
        raise NewerVersion(
            f"Entry {seq} was written by a newer program ({newer[0]} {versions[newer[0]]}; this "
            f"one knows {VERSIONS[newer[0]]}). Update this program."
        )
