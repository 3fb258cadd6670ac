"""A game at a table: no server, no sockets, only commands, entries and the fold."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from random import Random
from typing import Any, cast, get_args

import msgspec
from msgspec.structs import replace

from rules import commands as c
from rules.decide import HOUSE, decide
from rules.dice import GRADES
from rules.due import due, next_due
from rules.entry import GENESIS, Row
from rules.record import VERSIONS, Entry, apply, encode
from rules.refused import Refused
from rules.scenario import CAPITALS, Style, Text
from rules.seen import DeskSeen, ProposalSeen, View
from rules.state import WEIGHTS, Proviso, Side, State
from rules.view import SECTIONS, feeds_of, item, view
from server.library import Library

SEED = "5eed" * 16
START = 1_190_000_000_000
LEAD = "control.lead"
SHELF = Library().ids()
"""Every scenario that is shipped: what holds for all of them is tried on each."""


@lru_cache
def document(scenario: str = "missile") -> Mapping[str, Any]:
    """A shipped scenario as it travels in a first entry."""
    return Library().load(scenario).document


class Table:
    """One line of play kept in memory, entry by entry, with every state on the way."""

    def __init__(
        self,
        scenario: Mapping[str, Any] | None = None,
        seed: str = SEED,
        *,
        plan_phase: bool = False,
    ) -> None:
        self.at = START
        self.entries: list[Entry] = []
        self.rows: list[Row] = []
        self.states: list[State] = [State()]
        self.write(HOUSE, c.OpenGame(scenario or document(), "A test", seed, plan_phase=plan_phase))

    @property
    def state(self) -> State:
        """The state now."""
        return self.states[-1]

    def send(self, seat: str, command: c.AnyCommand, *, wait: int = 1000) -> Entry | None:
        """The command `wait` ms later. Raises `Refused`. None if it changed nothing."""
        self.at += wait
        self.tick()
        return self.write(seat, command)

    def tries(self, seat: str, command: c.AnyCommand, *, wait: int = 1000) -> bool:
        """Whether the command went through."""
        try:
            self.send(seat, command, wait=wait)
        except Refused:
            return False
        return True

    def tick(self) -> None:
        """What time has caused, as an entry of its own."""
        if due(self.state, self.at):
            self.write(HOUSE, c.Tick())

    def write(self, seat: str, command: c.AnyCommand) -> Entry | None:
        """One entry, if the command causes anything."""
        events = decide(self.state, command, seat=seat, at=self.at, person=f"p-{seat}")
        if not events:
            return None
        seq = len(self.entries) + 1
        entry = Entry(seq, f"id-{seq}", self.at, seat, f"p-{seat}", command, events, VERSIONS)
        head = self.rows[-1].hash if self.rows else GENESIS
        row = encode(entry, head, "line", "salt")
        self.entries.append(entry)
        self.rows.append(row)
        self.states.append(apply(self.state, entry, row.hash))
        return entry

    def sees(self, seat: str) -> View:
        """What a seat sees now."""
        return view(self.state, seat)

    def told(self, seat: str) -> Iterator[tuple[str, bytes]]:
        """Every byte a seat can be sent now: its view and all its feeds, encoded."""
        yield "view", msgspec.json.encode(self.sees(seat))
        eyes = self.state.book.seats[seat].sees
        for name, feed in feeds_of(self.state, seat).items():
            for raw in self.state.feeds.get(feed, ()):
                yield name, msgspec.json.encode(item(self.state, raw, eyes))

    def sleep_until_due(self) -> bool:
        """Let time pass until it causes something."""
        wake = next_due(self.state)
        if wake is None:
            return False
        self.at = max(self.at, wake)
        self.tick()
        return True


class Glance:
    """A view of which only the sections looked at are built."""

    def __init__(self, state: State, seat: str) -> None:
        self._state, self._seat = state, seat

    def __getattr__(self, name: str) -> Any:
        section = _BY_NAME[name]
        seen = section.build(self._state, section.key(self._state, self._seat))
        setattr(self, name, seen)
        return seen


_BY_NAME = {section.name: section for section in SECTIONS}

STYLES: tuple[Style, ...] = get_args(Style)
SIDES: tuple[Side, ...] = get_args(Side)
Say = Callable[[str, str], str]
"""Words for a purpose, written by a seat."""


def plain(seat: str, purpose: str) -> str:
    """Plain words."""
    return f"{purpose} by {seat}"


class Players:
    """Seats that do what their views offer, at random but by a seed.

    `open`: whether control lets capitals hear one another's arguments.
    """

    open = True

    def __init__(self, table: Table, seed: int, say: Say = plain) -> None:
        self.table = table
        self.random = Random(seed)
        self.say = say

    def play(self, steps: int) -> None:
        """So many tries of some seat; the game may end before."""
        for _ in range(steps):
            if self.table.state.phase == "ended":
                return
            self.step()

    def play_out(self, limit: int = 4000) -> None:
        """Until the game ends."""
        for _ in range(limit):
            if self.table.state.phase == "ended":
                return
            self.step()
        raise AssertionError(f"no end after {limit} steps: {self.table.state.phase}")

    def step(self) -> tuple[str, c.SeatCommand, bool] | None:
        """One seat sends one command that its view suggests."""
        seats = [s for s, chair in self.table.state.book.seats.items() if chair.team != "observer"]
        seat = LEAD if self.random.random() < 0.3 else self.random.choice(seats)
        command = self.command(seat)
        if command is None:
            return None
        wait = self.random.choice((0, 500, 5000, 40_000))
        return seat, command, self.table.tries(seat, command, wait=wait)

    def command(self, seat: str) -> c.SeatCommand | None:
        """Something this seat may do."""
        now = cast("View", Glance(self.table.state, seat))
        if "ReleaseResults" in now.can and self.random.random() < 0.8:
            return self._at_desk(seat, now)
        kinds = [kind for kind in now.can if self.random.random() < _RARE.get(kind, 1)]
        return self._command(seat, now, self.random.choice(kinds)) if kinds else None

    def _at_desk(self, seat: str, now: View) -> c.SeatCommand | None:
        """What brings the desk nearer to release."""
        if all(result.settled for result in now.desk):
            return c.ReleaseResults()
        for result in now.desk:
            if result.open and self.random.random() < 0.7:
                return self._settle(seat, now, result)
            for ask in result.asks:
                if ask.answer is None:
                    answer = self.random.choice((True, False))
                    return c.AnswerFinding(result.subject, ask.finding, answer)
        return self._control(seat, now, self.random.choice(("AcceptResults", "AmendResult")))

    def _settle(self, seat: str, now: View, result: DeskSeen) -> c.SeatCommand:
        """What a result still wants of control before it can stand."""
        case = next((case for case in now.arguments if case.id == result.subject), None)
        left = [point.id for point in case.points if point.judged is None] if case else []
        if case is not None and result.style == "matrix" and result.dice is None:
            if left:
                return c.JudgePoint(case.id, left[0], self.random.choice([*WEIGHTS]))
            return c.RollArgument(case.id)
        words = self.say(seat, "ruling")
        if result.style == "consensual":
            return c.AmendResult(result.subject, words, self.random.choice(GRADES))
        return c.AmendResult(result.subject, words, None, {"coord": 1}, words)

    def _command(self, seat: str, now: View, kind: str) -> c.SeatCommand | None:
        pick, say = self.random.choice, self.say
        match kind:
            case "SitDown":
                return c.SitDown(f"N{seat}")
            case "SendMessage":
                rooms = [room.id for room in now.rooms if room.speak]
                return c.SendMessage(pick(rooms), say(seat, "message")) if rooms else None
            case "ReadInject":
                return self._read(seat)
            case "AnswerInject":
                due = [name for name, mark in now.inject_marks.items() if mark.owed]
                return c.AnswerInject(pick(due), say(seat, "response")) if due else None
            case "SendConsult":
                own = [card for card in now.deck if card.consult]
                card = pick(own) if own else None
                return c.SendConsult(card.consult, say(seat, "note"), card.id) if card else None
            case "ShareIntel":
                known = [(track.id, team) for track in now.tracks for team in track.share]
                return c.ShareIntel(*pick(known)) if known else None
            case "CommitOrder":
                return self._order(seat, now)
            case "ArgueAction":
                if now.budget is None or now.budget.argue is not None:
                    return None
                return c.ArgueAction(
                    say(seat, "deed"), say(seat, "wish"), (say(seat, "for"),), "en"
                )
            case "AddPoint":
                open_ = [case.id for case in now.arguments if case.open]
                side = pick(SIDES)
                return c.AddPoint(pick(open_), side, say(seat, "point")) if open_ else None
            case "CastVote":
                asked_ = [case.id for case in now.arguments if case.asked]
                return c.CastVote(pick(asked_), pick(GRADES), say(seat, "vote")) if asked_ else None
            case "WithdrawOrder":
                return c.WithdrawOrder(pick(now.orders).id) if now.orders else None
            case "DeclareReady":
                return c.DeclareReady(pick((True, False)))
            case "HandOver":
                mates = [s.seat for s in now.roster.seats if s.team == now.me.team]
                return c.HandOver(pick(mates))
            case "ProposeJoint":
                cards = [d.id for d in now.deck if d.kind == "joint" and not now.offers[d.id].no]
                cards += [clause.id for clause in now.plan if not now.offers[clause.id].no]
                return self._propose(seat, now, pick(cards)) if cards else None
            case "AmendJoint" | "ConsentJoint" | "RefuseJoint" | "WithdrawConsent":
                return self._at_table(seat, now, kind)
            case "Choose":
                asked = pick(now.decisions) if now.decisions else None
                return (
                    c.Choose(asked.id, pick(asked.options).id, say(seat, "why")) if asked else None
                )
            case "AskControl":
                return c.AskControl(say(seat, "question"))
            case _:
                return self._control(seat, now, kind)

    def _order(self, seat: str, now: View) -> c.SeatCommand | None:
        cards = [d for d in now.deck if d.kind == "action" and not now.offers[d.id].no]
        if not cards:
            return None
        card = self.random.choice(cards)
        others = [team for team in CAPITALS if team != now.me.team]
        target = self.random.choice(others) if card.target else None
        return c.CommitOrder(card.id, self.say(seat, "reason"), target)

    def _at_table(self, seat: str, now: View, kind: str) -> c.SeatCommand | None:
        if not now.table:
            return None
        tabled = self.random.choice(now.table)
        match kind:
            case "AmendJoint":
                return c.AmendJoint(tabled.id, self.say(seat, f"amended {tabled.version}"))
            case "ConsentJoint":
                return self._consent(seat, now, tabled)
            case "RefuseJoint":
                return c.RefuseJoint(tabled.id, self.say(seat, "refusal"))
            case _:
                return c.WithdrawConsent(tabled.id)

    def _propose(self, seat: str, now: View, joint: str) -> c.SeatCommand:
        """Plainly, or under silence; a clause on one of its options."""
        clause = next((clause for clause in now.plan if clause.id == joint), None)
        option = self.random.choice(clause.options).id if clause else None
        silence = clause is not None and clause.silence and self.random.random() < 0.5
        minutes = 3 if silence else None
        return c.ProposeJoint(joint, self.say(seat, "text"), minutes, option, silence=silence)

    def _consent(self, seat: str, now: View, tabled: ProposalSeen) -> c.SeatCommand:
        """Plainly, with a caveat, or on a condition."""
        plainly = c.ConsentJoint(tabled.id, tabled.version)
        match self.random.randrange(6):
            case 0:
                return replace(plainly, caveat=self.say(seat, "caveat"))
            case 1 if tabled.foreseen:
                return replace(plainly, standard=self.random.choice(tabled.foreseen).id)
            case 2:
                others = [team for team in tabled.who if team != now.me.team]
                return replace(plainly, proviso=Proviso(capital=self.random.choice(others)))
            case 3 if now.plan:
                clause = self.random.choice(now.plan).id
                return replace(plainly, proviso=Proviso(clause=clause))
            case _:
                return plainly

    def _read(self, seat: str) -> c.SeatCommand | None:
        state = self.table.state
        feeds = feeds_of(state, seat)
        got = [raw for name in ("inbox", "personal") for raw in state.feeds.get(feeds[name], ())]
        return c.ReadInject(self.random.choice(got).id) if got else None

    def _control(self, seat: str, now: View, kind: str) -> c.SeatCommand | None:
        pick, say = self.random.choice, self.say
        open_ = [line.inject for line in now.sheet if line.status in ("waiting", "held")]
        result = pick(now.desk) if now.desk else None
        match kind:
            case "ReleaseInject":
                if not open_:
                    return None
                unanswered = [asked.id for asked in now.requests if asked.answer is None]
                return c.ReleaseInject(pick(open_), pick((None, *unanswered)))
            case "HoldInject":
                return c.HoldInject(pick(open_), pick((True, False))) if open_ else None
            case "SkipInject":
                return c.SkipInject(pick(open_), say(seat, "skip")) if open_ else None
            case "EditInject":
                words: Text = {"en": say(seat, "edit")}
                return c.EditInject(pick(open_), words, words) if open_ else None
            case "DeferInject":
                turn = self.table.state.turn + pick((0, 1))
                return c.DeferInject(pick(open_), turn, pick((5, 15))) if open_ else None
            case "RetargetInject":
                return c.RetargetInject(pick(open_), (pick(CAPITALS),)) if open_ else None
            case "SetChannel":
                room = pick(("seoul+tokyo", "seoul+tokyo+washington"))
                return c.SetChannel(room, pick(("open", "late", "garbled", "cut")), 5, "a storm")
            case "HoldTeam":
                team_ = pick(CAPITALS)
                return c.HoldTeam(team_, pick((True, False)), say(team_, "hold"))
            case "StartProcess" | "HoldProcess":
                ready = [process.id for process in now.processes]
                if not ready:
                    return None
                if kind == "StartProcess":
                    return c.StartProcess(pick(ready))
                return c.HoldProcess(pick(ready), pick((True, False)))
            case "NoteResponse":
                owing = [(i, t) for i, mark in now.inject_marks.items() for t in mark.owed]
                return c.NoteResponse(*pick(owing)) if owing else None
            case "SwitchSensitive":
                return c.SwitchSensitive(pick((True, False)))
            case "EditMark":
                return c.EditMark("m1", say(seat, "mark"), "mood")
            case "RecallInject":
                out = [line.inject for line in now.sheet if line.status == "released"]
                return c.RecallInject(pick(out), say(seat, "recall")) if out else None
            case "ComposeInject":
                to = pick(("all", *CAPITALS, "tokyo.foreign"))
                return c.ComposeInject(
                    (to,), "Desk", "cable", say(to, "title"), say(to, "inject"), "en"
                )
            case "AnswerRequest":
                asked = [request for request in now.requests if request.answer is None]
                if not asked:
                    return None
                team = asked[0].seat.partition(".")[0]
                return c.AnswerRequest(asked[0].id, say(team, "answer"))
            case "AmendResult":
                if result is None:
                    return None
                return c.AmendResult(
                    result.subject, say(seat, "ruling"), None, {"coord": pick((-3, 2))}
                )
            case "AnswerFinding":
                ask = pick(result.asks) if result and result.asks else None
                if result is None or ask is None:
                    return None
                return c.AnswerFinding(result.subject, ask.finding, pick((True, False)))
            case "SetStyle":
                item = pick([card.id for card in now.deck] + [None] * 9)
                return c.SetStyle(pick((*STYLES, None)), item)
            case "LetHear":
                cases = [case.id for case in now.arguments]
                return c.LetHear(pick(cases), (pick(CAPITALS),)) if cases and self.open else None
            case "JudgePoint" | "RollArgument":
                waiting = [each for each in now.desk if each.open]
                return self._settle(seat, now, pick(waiting)) if waiting else None
            case "AskVote":
                voted = [case.id for case in now.arguments if case.style == "consensual"]
                return c.AskVote(pick(voted), (pick(CAPITALS),)) if voted and self.open else None
            case "AmendRuling":
                told = self.table.state.feeds.get("results/control", ())
                if not told:
                    return None
                return c.AmendRuling(
                    pick(told).id,
                    say(seat, "ruling"),
                    None,
                    {"coord": pick((-2, 1))},
                    recompute=pick((True, False)),
                    tell=pick((True, False)),
                )
            case "AcceptResults":
                return c.AcceptResults(tuple(r.subject for r in now.desk if not r.settled))
            case "ChangeTrack":
                return c.ChangeTrack("coord", pick(range(20, 70)), say(seat, "track"))
            case "AddMark":
                return c.AddMark(say(seat, "mark"), "insight")
            case "ExtendTurn":
                return c.ExtendTurn(pick((1, 5)))
            case "ReopenTurn":
                return c.ReopenTurn(5)
            case "SetAutomatic":
                return c.SetAutomatic(pick((True, False)))
            case "SetRate":
                return c.SetRate(pick((500, 1000, 60_000)))
            case "PauseClock":
                return c.PauseClock("lunch")
            case "EndGame":
                return None
            case _:
                return _PLAIN[kind]()


_PLAIN: Mapping[str, Callable[[], c.SeatCommand]] = {
    "StartGame": c.StartGame,
    "ResumeClock": c.ResumeClock,
    "EndTurn": c.EndTurn,
    "ReleaseResults": c.ReleaseResults,
    "OpenTurn": c.OpenTurn,
    "ClearEmergency": c.ClearEmergency,
    "DeclareEmergency": c.DeclareEmergency,
    "OpenReview": c.OpenReview,
}
_RARE: Mapping[str, float] = {
    "AmendRuling": 0.1,
    "ArgueAction": 0.1,
    "DeclareEmergency": 0.002,
    "EndTurn": 0.3,
    "ExtendTurn": 0.1,
    "PauseClock": 0.03,
    "RecallInject": 0.3,
    "RefuseJoint": 0.1,
    "ReopenTurn": 0.03,
    "SetAutomatic": 0.1,
    "SetRate": 0.03,
    "RetargetInject": 0.1,
    "DeferInject": 0.1,
    "SwitchSensitive": 0.1,
    "SetStyle": 0.1,
    "HoldTeam": 0.1,
    "SetChannel": 0.1,
    "SkipInject": 0.05,
    "WithdrawOrder": 0.1,
    "WithdrawConsent": 0.1,
}
"""How likely a command is considered at all; others always are."""
