"""Whether a log is what it says: its chain, its dice, and today's rules, told apart."""

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec.structs import replace

from .commands import OpenGame
from .decide import decide
from .dice import commitment
from .entry import Header, Row, first_break
from .events import AnyEvent, ArgumentRolled, EstimateMade, GameOpened, ResultProposed
from .record import BadEntry, Entry, NewerVersion, apply, decode
from .refused import Refused
from .state import Band, State
from .value import Value

Part = Literal["chain", "dice", "rules"]


class Finding(Value):
    """What is not as it should be: in which part, and the first entry at which it shows."""

    part: Part
    entry: int
    say: str


class Report(Value):
    """What was found, at most one finding a part. Rules that differ are news, not an offence."""

    entries: int
    head: str
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether the log is what was played: its chain whole and its dice from its seed."""
        return all(finding.part == "rules" for finding in self.findings)


def verify(header: Header, rows: Sequence[Row], progress: Callable[[int], None]) -> Report:
    """Checks a whole log; `progress` is told how many entries are done."""
    found: dict[Part, Finding] = {}
    broken = first_break(rows, header.head)
    if broken is not None:
        found["chain"] = Finding(
            "chain",
            broken,
            f"Entry {broken} is not as it was sealed: it, or one before it, was changed.",
        )
    state = State()
    for row in rows:
        try:
            entry = decode(row)
            finding = _decided(state, entry)
            state = apply(state, entry, row.hash)
        except NewerVersion as newer:
            found.setdefault("rules", Finding("rules", row.seq, str(newer)))
            break
        except (BadEntry, LookupError, StopIteration, TypeError, ValueError) as error:
            # A changed entry may say what no history says; nothing after it can be judged.
            senseless = f"Entry {row.seq} makes no sense where it stands: {error}"
            found.setdefault("chain", Finding("chain", row.seq, senseless))
            break
        if finding is not None and not (finding.part == "rules" and "dice" in found):
            found.setdefault(finding.part, finding)  # false dice make what follows look odd
        progress(row.seq)
    return Report(len(rows), header.head, tuple(found.values()))


def _decided(state: State, entry: Entry) -> Finding | None:
    """How the entry's events differ from what the rules decide today; None if they do not."""
    if isinstance(entry.command, OpenGame) and not _seed_committed(entry):
        return Finding("dice", entry.seq, "The commitment of entry 1 is not to its seed.")
    try:
        today = decide(state, entry.command, seat=entry.seat, at=entry.at, person=entry.person)
    except Refused as no:
        return Finding("rules", entry.seq, f"The rules refuse entry {entry.seq} today: {no}")
    if today == entry.events:
        return None
    if _thrown(today) != _thrown(entry.events) and _still(today) == _still(entry.events):
        return Finding("dice", entry.seq, f"The dice of entry {entry.seq} are not from the seed.")
    return Finding("rules", entry.seq, f"The rules decide entry {entry.seq} otherwise today.")


def _seed_committed(entry: Entry) -> bool:
    return all(
        event.commitment == commitment(event.seed)
        for event in entry.events
        if isinstance(event, GameOpened)
    )


def _thrown(events: Sequence[AnyEvent]) -> list[object]:
    """All that chance decided."""
    dice: list[object] = []
    for event in events:
        if isinstance(event, ResultProposed):
            dice.append(event.result.dice)
        elif isinstance(event, ArgumentRolled):
            dice.append(event.dice)
        elif isinstance(event, EstimateMade):
            dice.append(event.band)
    return dice


def _still(events: Sequence[AnyEvent]) -> list[AnyEvent]:
    """The events with all that chance decided, and what follows from it at once, taken out."""
    plain: list[AnyEvent] = []
    for event in events:
        if isinstance(event, ResultProposed):
            result = replace(
                event.result, dice=None, grade=None, mishap=False, asks=(), weighty=False
            )
            plain.append(replace(event, result=result))
        elif isinstance(event, ArgumentRolled):
            plain.append(replace(event, dice=(1, 1), grade="bad", asks=()))
        elif isinstance(event, EstimateMade):
            plain.append(replace(event, band=Band(0, 0, event.band.turn)))
        else:
            plain.append(event)
    return plain
