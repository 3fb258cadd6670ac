"""The run sheet: a prepared inject as control has left it, and when it is due."""

from .clock import MINUTE
from .scenario import CAPITALS
from .state import State, Text
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
    turn, minute = moment(state, inject)
    if not state.turn or turn not in (None, state.turn) or off(state, inject):
        return None
    if shape.trigger == "conditional":
        timed = bool(line.armed)
    else:
        timed = line.turn is not None or (shape.trigger == "scheduled" and turn is not None)
    return state.opened + minute * MINUTE if timed else None


def off(state: State, inject: str) -> bool:
    """Whether control has switched such injects off for this game."""
    return not state.sensitive and state.book.injects[inject].sensitive
