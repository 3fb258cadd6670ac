"""Whatever a socket can say, the rules answer it or refuse it; they never stumble."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from random import Random
from typing import Any, get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec import inspect

from rules import commands as c
from rules.decide import HOUSE, decide
from rules.due import due, next_due
from rules.may import commands_for
from rules.record import VERSIONS, Entry, apply, decode, encode
from rules.refused import Refused
from rules.scenario import CAPITALS
from rules.state import State
from rules.view import feeds_of, item, view
from tests.table import LEAD, Players, Table

KINDS: tuple[type[c.Command], ...] = get_args(c.SeatCommand)
NAMED = {kind.__name__: kind for kind in KINDS}
STRANGE = (
    "",
    " ",
    "\x00",
    "\u202e\u27e6",
    "漢字 한국어",
    "\U0001f469\u200d\U0001f467",
    "a" * 4000,
    "{actor}",
    "tokyo.nobody",
    "__class__",
    "../..",
    "%s%n",
    "d:",
)
NUMBERS = (-(2**63), -(10**6), -1, 0, 1, 2, 5, 60, 240, 241, 1000, 600_000, 2**63, 10**30)


@lru_cache
def moments() -> Mapping[str, list[tuple[State, int]]]:
    """States met in random play, by their phase, and the wall time of each."""
    met: list[tuple[State, int]] = []
    for seed in (21, 22):
        table = Table()
        Players(table, seed).play_out()
        states = list(zip(table.states[1:], (entry.at for entry in table.entries), strict=True))
        met += [states[0], *states[1 :: len(states) // 80], states[-1]]
    phases = ("play", "adjudication", "readout", "lobby", "ended")
    by_phase = {phase: [each for each in met if each[0].phase == phase] for phase in phases}
    assert all(by_phase.values())
    return by_phase


class Babble:
    """Commands as they come out of a socket's decoder: half sense, half nonsense."""

    read = staticmethod(msgspec.json.Decoder(c.SeatCommand).decode)

    def __init__(self, state: State, random: Random) -> None:
        self.random = random
        book = state.book
        self.names: Mapping[str, list[str]] = {
            "action": [*book.actions],
            "changes": [*book.tracks],
            "decision": [n for n, asked in book.decisions.items() if asked.turn == state.turn_id],
            "finding": [*book.findings],
            "inject": [*book.injects, *state.sent],
            "joint": [*book.pacts],
            "clause": [*book.plan],
            "argument": [argument.id for argument in state.arguments],
            "mark": [mark.id for mark in state.feeds.get("marks", ())],
            "result": [read.id for read in state.feeds.get("results/control", ())],
            "language": [*book.languages],
            "option": [
                name
                for asked in (*book.decisions.values(), *book.pacts.values())
                for name in asked.options
            ],
            "order": [order.id for order in state.orders],
            "proposal": [p.id for p in state.proposals if p.status in ("open", "agreed")],
            "request": [request.id for request in state.requests],
            "room": ["tokyo", "control+tokyo", "seoul+tokyo", "control"],
            "seat": [*book.seats],
            "subject": [result.subject for result in state.desk],
            "subjects": [result.subject for result in state.desk],
            "to": ["all", *CAPITALS, *book.seats],
            "track": [*book.tracks],
            "voice": [*book.voices],
        }

    def command(self, kind: type[c.Command]) -> c.SeatCommand | None:
        """A command of this kind, or none if the decoder would not have it."""
        shape = inspect.type_info(kind)
        assert isinstance(shape, inspect.StructType)
        fields = {
            field.name: self._value(field.type, field.name)
            for field in shape.fields
            if field.required or self.random.random() < 0.4
        }
        try:
            said: c.SeatCommand = self.read(msgspec.json.encode({"type": kind.__name__, **fields}))
        except msgspec.ValidationError:
            return None
        return said

    def _value(self, kind: inspect.Type, field: str) -> Any:
        pick = self.random.choice
        some = range(self.random.randrange(4))
        match kind:
            case inspect.StrType():
                return self._word(field)
            case inspect.IntType():
                return pick((1, pick(NUMBERS), self.random.randrange(-20, 120)))
            case inspect.BoolType():
                return pick((True, False))
            case inspect.NoneType():
                return None
            case inspect.LiteralType():
                return pick(kind.values)
            case inspect.UnionType():
                return self._value(pick(kind.types), field)
            case inspect.VarTupleType():
                return [self._value(kind.item_type, field) for _ in some]
            case inspect.DictType() if field in ("title", "text"):
                return {language: self._word(field) for language in self.names["language"]}
            case inspect.DictType():
                return {self._word(field): self._value(kind.value_type, field) for _ in some}
            case inspect.StructType():
                return {part.name: self._value(part.type, part.name) for part in kind.fields}
            case _:
                raise AssertionError(f"a command has a field of a new type: {kind}")

    def _word(self, field: str) -> str:
        fitting = self.names.get(field)
        if fitting and self.random.random() < 0.8:
            return self.random.choice(fitting)
        if self.random.random() < 0.3:
            return self.random.choice([name for shelf in self.names.values() for name in shelf])
        return self.random.choice(("words", *STRANGE))


class Line:
    """A line of play from some moment on."""

    def __init__(self, state: State, at: int) -> None:
        self.state, self.at = state, at

    def takes(self, seat: str, command: c.SeatCommand) -> bool:
        """Whether the command causes something, once time has had its due."""
        if caused := due(self.state, self.at):
            self.write(HOUSE, c.Tick(), caused)
        try:
            events = decide(self.state, command, seat=seat, at=self.at, person="p")
        except Refused as no:
            assert no.code
            assert no.say
            assert no.instead
            return False
        if events:
            self.write(seat, command, events)
        return bool(events)

    def write(self, seat: str, command: c.AnyCommand, events: Any) -> None:
        """An entry: stored, read back, folded."""
        entry = Entry(1, "id", self.at, seat, "p", command, events, VERSIONS)
        row = encode(entry, "0" * 64, "line", "salt")
        assert decode(row) == entry
        self.state = apply(self.state, entry, row.hash)

    def show(self) -> None:
        """Every pair of eyes has a view and feeds that can be sent."""
        for seat in (LEAD, "tokyo.foreign", "seoul.leader", "observer.public"):
            msgspec.json.encode(view(self.state, seat))
            for feed in feeds_of(self.state, seat).values():
                for raw in self.state.feeds.get(feed, ())[-5:]:
                    msgspec.json.encode(item(self.state, raw, self.state.book.seats[seat].sees))
        assert next_due(self.state) is None or self.state.clock.running


def babble(seed: int, steps: int = 60) -> Iterator[tuple[c.SeatCommand, bool]]:
    """Commands of anybody's, from a moment of a real game on, and whether each was taken."""
    random = Random(seed)
    phase = random.choice(("play", "play", *moments()))
    line = Line(*random.choice(moments()[phase]))
    for _ in range(steps):
        chairs = [*line.state.book.seats]
        seat = random.choice((LEAD, LEAD, *line.state.authority.values(), random.choice(chairs)))
        offered = [NAMED[name] for name in commands_for(line.state, seat)]
        kind = random.choice(offered if offered and random.random() < 0.8 else KINDS)
        if kind in (c.DeclareEmergency, c.EndGame, c.EndTurn) and random.random() < 0.9:
            continue
        command = Babble(line.state, random).command(kind)
        if command is not None:
            line.at += random.choice((0, 1, 5_000, 900_000))
            yield command, line.takes(seat, command)
    line.show()


@given(st.integers(0, 2**32))
def test_decide_only_refuses(seed: int) -> None:
    """And what it does not refuse is stored, read back, folded and shown."""
    assert any(True for _ in babble(seed))


SELDOM = {
    # a response must be owed by this capital now, or this process be on its way
    *(c.AnswerInject, c.NoteResponse, c.StartProcess, c.HoldProcess),
    # an argument must be heard and asked about first, step by step
    *(c.AddPoint, c.LetHear, c.AskVote, c.CastVote, c.JudgePoint, c.RollArgument),
    # the very seat, turn, option and version must be hit
    *(c.ProposeJoint, c.ConsentJoint, c.WithdrawConsent, c.Choose, c.AnswerFinding),
}
"""What babble takes seldom or never; the stories take each of them."""


def test_babble_is_both_taken_and_refused() -> None:
    """The law above is worth something: it tries nearly every kind of command both ways."""
    heard = {(type(command), taken) for seed in range(200) for command, taken in babble(seed)}
    assert {kind for kind, taken in heard if not taken} == set(KINDS)
    never = set(KINDS) - {kind for kind, taken in heard if taken}
    assert never <= SELDOM, {kind.__name__ for kind in never - SELDOM}
