"""Three capitals and a white cell who all wish for one end, and play toward it."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from random import Random
from typing import Any

from rules import commands as c
from rules import may
from rules.clock import MINUTE
from rules.dice import chances
from rules.effects import Acting, Cause
from rules.reckon import facts, holds
from rules.scenario import (
    CAPITALS,
    Action,
    Capital,
    Clause,
    Doing,
    Effects,
    JointAction,
    Occasion,
)
from rules.state import State, Why
from tests.table import LEAD, Table, document

Wish = Mapping[str, float]
"""What a step of a track, or a flag, is worth to those who wish for an end."""

_FRIENDS: Wish = {
    "trust.tokyo_seoul": 1,
    "trust.seoul_tokyo": 1,
    "trust.tokyo_washington": 0.5,
    "trust.seoul_washington": 0.5,
}
_STRANGERS: Wish = {name: -worth for name, worth in _FRIENDS.items()}
_PEACE: Wish = {"esc": -20, "nk.tension": -0.5}
_ONE_CIRCLE: Wish = {"radius.washington": -2, "radius.seoul": -2, "radius.tokyo": 1}
WISHES: Mapping[str, Mapping[str, Wish]] = {
    "missile": {
        "war": {"esc": 20, "nk.tension": 1},
        "own_deterrent": {**_PEACE, "unilateral": 4, "coord": -1, "trust.tokyo_washington": -1},
        "alliance_lost": {**_PEACE, **_STRANGERS, "coord": -2, "unilateral": -2},
        "aligned": {
            **_FRIENDS,
            "esc": -20,
            "coord": 3,
            "nk.tension": -3,
            "consequences": 1,
            "unilateral": -1,
        },
        "bought_quiet": {**_FRIENDS, "esc": -20, "nk.tension": -3, "consequences": -2},
        "aligned_in_anger": {**_FRIENDS, "esc": -20, "coord": 3, "nk.tension": 1, "unilateral": -1},
        "managed": {"trust.tokyo_seoul": 1, "unilateral": -2, "nk.tension": 1, "esc": -20},
    },
    "sea": {
        "war": {"esc": 20, "nk.tension": 1},
        "allied_clash": {**_PEACE, "sea.ally_clash": 3},
        "alliance_lost": {**_PEACE, **_STRANGERS, "coord": -2, "sea.ally_clash": -2},
        "one_account": {
            **_PEACE,
            "coord": 1,
            "sea.attribution": 2,
            "sea.evidence": 2,
            "sea.ally_clash": -2,
        },
        "two_stories": {**_PEACE, **_FRIENDS, "sea.evidence": -3, "sea.ally_clash": -2},
        "one_wound": {
            **_PEACE,
            "sea.evidence": 2,
            "sea.attribution": -2,
            "sea.ally_clash": -2,
            "flag.threat_recognised": -90,
            "flag.condolences": -90,
        },
        "contained": {
            **_PEACE,
            **_FRIENDS,
            "sea.evidence": 2,
            "sea.attribution": -3,
            "sea.ally_clash": -2,
            "flag.threat_recognised": 90,
            "flag.condolences": 90,
        },
    },
    "collapse": {
        "war": {"esc": 20, "nk.tension": 1},
        "loose": {"esc": -20, "wmd.risk": 3, "nk.order": -2},
        "divided": {"esc": -20, "prc.presence": 3, "wmd.risk": -3, "solidarity5": -1},
        "alliance_lost": {**_PEACE, **_STRANGERS, "coord": -2, "wmd.risk": -3, "prc.presence": -3},
        "transition": {
            "esc": -20,
            "coord": 2,
            "wmd.risk": -3,
            "nk.order": 2,
            "china_drift": -2,
            "prc.presence": -2,
            "trust.seoul_tokyo": 1,
        },
        "two_sided": {"esc": -20, "wmd.risk": -3, "prc.presence": -3, "china_drift": 2},
        "muddling": {**_FRIENDS, "prc.presence": -3, "nk.order": -0.5},
    },
    "tsunami": {
        "one_shore": {**_ONE_CIRCLE, "relief": 2, "data": 2},
        "too_late": {"relief": -3, "access": 1},
        "guests_unwelcome": {"relief": 2, "access": -4},
        "plume_politics": {"relief": 2, "access": 3, "data": -3, "radius.seoul": 1},
        "side_by_side": {**_ONE_CIRCLE, "relief": -1.5, "access": 2, "data": 2},
    },
}


class Wishful(Table):
    """A game whose players all wish for one end; whim blurs what they think of a card."""

    def __init__(self, scenario: str, end: str, attempt: int) -> None:
        luck = f"{scenario}/{end}/{attempt}"
        super().__init__(english(scenario), sha256(luck.encode()).hexdigest())
        self._wish = WISHES[scenario][end]
        self._random, self._whim = Random(luck), attempt / 10
        self._tells = self._wish.get("coord", 1) > 0

    def play(self) -> str | None:
        """The whole game; the end it came to."""
        self.send(LEAD, c.StartGame())
        while self.state.finish is None:
            match self.state.phase:
                case "play":
                    self._turn()
                case "adjudication":
                    self._adjudicate()
                case _:
                    self.send(LEAD, c.OpenTurn())
        return self.state.finish.end

    def _turn(self) -> None:
        minutes = self.state.book.turns[self.state.turn_id].minutes
        self.at += minutes * MINUTE // 2
        self.tick()
        self._release()
        self._decide()
        self._agree()
        for team in CAPITALS:
            self._order(team)
        self.send(LEAD, c.EndTurn(), wait=minutes * MINUTE // 2 - 20_000)

    def _release(self) -> None:
        """What control has in hand for this turn."""
        for name, inject in self.state.book.injects.items():
            due = inject.trigger == "hand" and inject.turn in (None, self.state.turn_id)
            if due and self._worth(inject.effects, Cause(why=_WHY)) > 0:
                self.tries(LEAD, c.ReleaseInject(name), wait=10)

    def _decide(self) -> None:
        for name, decision in self.state.book.decisions.items():
            if decision.turn == self.state.turn_id:
                cause = Cause(why=_WHY, roles={"actor": decision.team})
                best = self._best(
                    {key: option.effects for key, option in decision.options.items()}, cause
                )
                self.tries(f"{decision.team}.leader", c.Choose(name, best), wait=10)

    def _agree(self) -> None:
        """What all its parties wish for, best first."""
        book = self.state.book
        wanted = [
            (self._judged(pact, self._option(pact)), name, self._option(pact))
            for name, pact in book.pacts.items()
        ]
        for worth, name, option in sorted(wanted, key=lambda each: -each[0]):
            first, *others = (f"{team}.leader" for team in book.pacts[name].who)
            free = all(may.join(self.state, team, name) is None for team in book.pacts[name].who)
            proposed = c.ProposeJoint(name, f"We agree on {name}.", option=option)
            if worth > 0 and free and self.tries(first, proposed, wait=10):
                for seat in others:
                    self.tries(seat, c.ConsentJoint(self.state.proposals[-1].id, 1), wait=10)

    def _order(self, team: Capital) -> None:
        cards = [
            (self._judged(action, None, team, target), name, target)
            for name, action in self.state.book.actions.items()
            if action.team == team
            for target in _targets(action)
        ]
        for worth, name, target in sorted(cards, key=lambda each: (-each[0], each[1])):
            if worth <= 0 or may.order(self.state, team, name) is not None:
                continue
            consult = self.state.book.actions[name].consult
            if consult and self._tells:
                told = c.SendConsult(consult, f"We intend {name}.", name)
                self.tries(f"{team}.leader", told, wait=10)
            self.tries(f"{team}.leader", c.CommitOrder(name, "It helps.", target), wait=10)

    def _adjudicate(self) -> None:
        for result in self.state.desk:
            for ask in result.owed:
                self.send(LEAD, c.AnswerFinding(result.subject, ask, self._tells), wait=10)
        self.tries(LEAD, c.AcceptResults(tuple(result.subject for result in self.state.desk)))
        self.send(LEAD, c.ReleaseResults())

    def _option(self, pact: JointAction | Clause) -> str | None:
        """The best of those that are open."""
        bound = facts(self.state)
        options = {
            name: option.effects
            for name, option in pact.options.items()
            if holds(self.state.book, bound, option.needs, {})
        }
        return self._best(options, Cause(why=_WHY)) if options else None

    def _best(self, options: Mapping[str, Effects], cause: Cause) -> str:
        return max(options, key=lambda name: self._worth(options[name], cause))

    def _judged(
        self,
        doing: Doing,
        option: str | None,
        team: Capital | None = None,
        target: str | None = None,
    ) -> float:
        """What a card is worth for each point, rules and an average roll included, and a whim."""
        others = [each for each in CAPITALS if each not in (team, target)]
        roles = {"actor": team, "target": target, "other": others[0] if target else None}
        cause = Cause(
            why=_WHY,
            roles={role: who for role, who in roles.items() if who},
            tags=doing.tags,
            extra={"scale": 0},
        )
        occasions: tuple[Occasion, ...] = ("action",) if isinstance(doing, Action) else ("joint",)
        if isinstance(doing, JointAction) and doing.meeting:
            occasions = (*occasions, "meeting")
        options = doing.options if isinstance(doing, JointAction | Clause) else {}
        chosen = options[option].effects if option else ()
        worth = self._worth((*doing.effects, *chosen), cause, occasions)
        if doing.roll is not None:
            for grade, count in chances(doing.roll.target, 0).items():
                worth += count / 36 * self._worth(doing.roll.effects(grade), cause)
        return worth / max(1, doing.cost) + self._random.uniform(-self._whim, self._whim)

    def _worth(self, effects: Effects, cause: Cause, occasions: tuple[Occasion, ...] = ()) -> float:
        acting = Acting(self.state)
        acting.apply(effects, cause)
        for occasion in occasions:
            acting.occasion(occasion, cause)
        return sum(_level(acting.state, name) * by for name, by in self._wish.items()) - sum(
            _level(self.state, name) * by for name, by in self._wish.items()
        )


@lru_cache
def english(scenario: str) -> Mapping[str, Any]:
    """A shipped scenario with its English texts alone."""
    said: Mapping[str, Any] = _in_english(document(scenario))
    return said


def _in_english(part: Any) -> Any:
    match part:
        case dict() if part and set(part) <= {"en", "ja", "ko"}:
            return {"en": part["en"]}
        case dict():
            return {
                key: ["en"] if key == "languages" else _in_english(of) for key, of in part.items()
            }
        case list() | tuple():
            return [_in_english(each) for each in part]
        case _:
            return part


def _targets(action: Action) -> tuple[Capital | None, ...]:
    if action.target is None:
        return (None,)
    return tuple(team for team in CAPITALS if team != action.team)


def _level(state: State, name: str) -> int:
    flag = name.removeprefix("flag.")
    return int(state.flags[flag]) if flag != name else state.tracks[name]


_WHY = Why("control", "wish", None, {}, (), (), None, (), "", ())
