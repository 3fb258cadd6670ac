"""The run sheet: a prepared inject as control has left it, and when it is due."""

from .clock import MINUTE
from .scenario import CAPITALS, Capital, Inject
from .state import SheetLine, State, Text
from .value import Value


class Prepared(Value):
    """An inject as it would go out now: to whom, and in what words."""

    to: tuple[str, ...]
    title: Text
    text: Text | None
    variants: dict[str, Text]

    @property
    def wordless(self) -> tuple[str, ...]:
        """The readers for whom there is no text."""
        if self.text:
            return ()
        return tuple(reader for reader in readers(self.to) if reader not in self.variants)


def prepared(state: State, inject: str) -> Prepared:
    """An inject as planned, or as control has changed it."""
    shape, line = state.book.injects[inject], state.sheet[inject]
    to = shape.to if line.to is None else line.to
    edited = line.title is not None
    variants = line.variants if edited else shape.variants
    return Prepared(
        to=to,
        title=line.title if line.title is not None else shape.title,
        text=(line.text or None) if edited else shape.text,
        variants={reader: text for reader, text in variants.items() if reader in readers(to)},
    )


def readers(to: tuple[str, ...]) -> tuple[str, ...]:
    """Who may have a text of its own in what goes `to` these."""
    others = tuple(reader for reader in to if reader != "all")
    return tuple(dict.fromkeys((*CAPITALS, *others))) if "all" in to else others


def moment(state: State, inject: str) -> tuple[int | None, int]:
    """The turn an inject is planned for, or deferred to, and the minute of it; None: any turn."""
    shape, line = state.book.injects[inject], state.sheet[inject]
    if line.turn is not None:
        return line.turn, line.minute
    turn = state.book.turn_ids.index(shape.turn) + 1 if shape.turn else None
    return turn, shape.minute


def due_at(state: State, inject: str) -> int | None:
    """The exercise time at which an inject goes out by itself in this turn; None if it does not."""
    shape, line = state.book.injects[inject], state.sheet[inject]
    if not state.turn or not _by_itself(shape, line) or off(state, inject):
        return None
    turn, minute = moment(state, inject)
    since = unlocked(state, inject) if turn in (None, state.turn) else None
    if since is None:
        return None
    if shape.trigger == "chained" and line.turn is None:
        return max(since, 0 if turn is None else state.opened) + minute * MINUTE
    return max(since, state.opened + minute * MINUTE)


def unlocked(state: State, inject: str) -> int | None:
    """The exercise time since which nothing that an inject waits for is missing; None: locked."""
    shape = state.book.injects[inject]
    if not shape.after and not shape.answered:
        return 0
    times = [_out(state, before) for before in shape.after]
    times += [_answered(state, before) for before in shape.answered]
    return _last(times, 0)


def made(state: State, before: str, *, answered: bool) -> bool:
    """Whether a link of a chain is there: an inject is out, or answered by all who owe it."""
    return (_answered(state, before) if answered else _out(state, before)) is not None


def owed(state: State, inject: str) -> tuple[Capital, ...]:
    """The capitals that would owe a response if the inject went out now: those it reaches."""
    shape = state.book.injects[inject]
    to = prepared(state, inject).to
    teams = {reader.partition(".")[0] for reader in readers(to)}
    return tuple(team for team in shape.owed.by if team in teams) if shape.owed else ()


def _by_itself(shape: Inject, line: SheetLine) -> bool:
    """Whether an inject goes out without a hand, as planned or since it was deferred."""
    match shape.trigger:
        case "scheduled":
            return line.turn is not None or shape.turn is not None
        case "conditional":
            return bool(line.armed)
        case "chained":
            return True
        case "hand" | "request":
            return line.turn is not None


def _out(state: State, inject: str) -> int | None:
    line = state.sheet[inject]
    return line.out if line.status == "released" else None


def _answered(state: State, inject: str) -> int | None:
    """When the last response to an inject came; None while one is missing, or none was owed."""
    line = state.sheet[inject]
    responses = state.owed.get(line.item, {}) if line.item and line.status == "released" else {}
    return _last([response.at for response in responses.values()], None)


def _last(times: list[int | None], default: int | None) -> int | None:
    """The last of some times; None while one is missing."""
    known = [time for time in times if time is not None]
    return None if len(known) < len(times) else max(known, default=default)


def off(state: State, inject: str) -> bool:
    """Whether control has switched such injects off for this game."""
    return not state.sensitive and state.book.injects[inject].sensitive
