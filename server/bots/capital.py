"""A bot for a capital: it holds the seat that commits, and plays turn by turn."""

import asyncio
from collections.abc import Mapping
from functools import partial
from random import Random

from rules import commands as c
from rules.refused import Refused
from rules.scenario import CAPITALS, Capital, Grade
from rules.seen import ArgumentSeen, DeckSeen, ProposalSeen, View

from .seat import Seat
from .temper import Temper, wanted

TOGETHER = 2
"""So many joint actions are as much as three capitals can weigh in a turn."""


class Displaced(Exception):
    """A person has taken the bot's seat."""


class CapitalBot:
    """Plays one capital. `pause` is about how many seconds it thinks before each step."""

    def __init__(self, seat: Seat, temper: Temper, *, seed: int, pause: float) -> None:
        self._seat, self._temper = seat, temper
        self._random = Random(seed)  # noqa: S311 # thinking time, no secret
        self._pause = pause
        self._line = ""
        self._handle: str | None = None
        self._answered: set[tuple[str, int]] = set()
        self._opened: set[str] = set()
        self._voted: set[str] = set()

    async def play(self) -> None:
        """Until the game ends, or a person takes the seat (`Displaced`)."""
        await self._sit()
        turn = -1
        while True:
            now = await self._seat.until(partial(self._calls, turn))
            if self._elsewhere():  # the game goes on from another point
                turn = 0
                self._answered.clear()
                self._opened.clear()
                self._voted.clear()
                await self._sit()
                continue
            self._check_seat(now)
            if now.now.phase == "ended":
                return
            if now.now.phase == "play" and now.now.turn != turn:
                turn = now.now.turn
                await self._turn()
            else:
                await self._read()
                await self._answer_table()
                await self._vote()

    def _calls(self, turn: int, view: View) -> bool:
        """Whether there is a new turn, something unanswered or unread, or no more to do here."""
        if view.now.phase == "ended" or self._displaced(view) or self._elsewhere():
            return True
        if view.now.phase != "play":
            return bool(self._polled(view))
        return view.now.turn != turn or bool(self._open(view) or self._unread())

    def _elsewhere(self) -> bool:
        return self._seat.line != self._line

    async def _sit(self) -> None:
        self._line = self._seat.line
        team = self._seat.view.me.team
        if not await self._try(c.SitDown(f"Bot ({team.title()})", if_free=True)):
            raise Displaced
        view = await self._seat.until(lambda view: view.me.person is not None)
        self._handle = view.me.person

    async def _turn(self) -> None:
        """A whole turn: read, decide, speak, tell, commit, join, and be ready."""
        await self._think()
        await self._read()
        await self._open_talk()
        for decision in self._seat.view.decisions:
            await self._think()
            await self._try(c.Choose(decision.id, self._temper.chooses(decision)))
        now = self._seat.view.now
        if now.planning:
            await self._harmonise(len(self._seat.view.plan))
        elif not now.turns[-1].flash:
            if self._has_first_word():
                await self._propose()
            else:
                await self._think()
                await self._think()
            await self._harmonise(1)
            await self._answer_table()
            await self._order()
        await self._answer_table()
        await self._think()
        await self._try(c.DeclareReady(ready=True))

    def _has_first_word(self) -> bool:
        """Whether it is this capital's turn to propose: so three texts do not meet on one table."""
        view = self._seat.view
        return CAPITALS.index(_capital(view)) == view.now.turn % len(CAPITALS)

    async def _read(self) -> None:
        for item in self._unread():
            self._opened.add(item)
            await self._try(c.ReadInject(item))
            await self._respond(item)

    async def _respond(self, item: str) -> None:
        """Gives control the response that an inject asks for, if it is one that explains itself."""
        view = self._seat.view
        mark = view.inject_marks.get(item)
        owed = None if mark is None else mark.owed.get(_capital(view))
        if self._temper.consults() and owed is not None and owed.at is None:
            await self._think()
            await self._try(c.AnswerInject(item, "We tell the other two before we act."))

    def _unread(self) -> list[str]:
        items = (i["id"] for name in ("inbox", "personal") for i in self._seat.feeds.get(name, ()))
        marks = self._seat.view.inject_marks
        return [
            item
            for item in items
            if item not in self._opened
            and ((mark := marks.get(item)) is None or not (mark.read or mark.recalled))
        ]

    async def _propose(self) -> None:
        """Puts what it most wants to do together on the table, unless others have done so."""
        view = self._seat.view
        plan = {clause.id for clause in view.plan}
        tabled = {proposal.joint for proposal in view.table} - plan
        cards = [card for card in view.deck if card.kind == "joint" and card.id not in tabled]
        for card in wanted(cards, view, self._temper)[: max(0, TOGETHER - len(tabled))]:
            await self._think()
            text = card.text or card.name
            await self._try(c.ProposeJoint(card.id, text[view.game.languages[0]]))

    async def _harmonise(self, most: int) -> None:
        """Proposes open clauses of the plan, each capital its own third, on what it does anyway.

        Another capital's default it knows no more than a person in its seat.
        """
        view = self._seat.view
        if not self._temper.consults():
            return
        share = view.plan[CAPITALS.index(_capital(view)) :: len(CAPITALS)]
        tabled = {proposal.joint for proposal in view.table}
        open_ = [each for each in share if each.agreed is None and each.id not in tabled]
        for clause in open_[:most]:
            offer = view.offers[clause.id]
            if offer.no is not None:
                continue
            option = clause.defaults[_capital(view)].option
            say = next(each.say for each in clause.options if each.id == option)
            await self._think()
            text = say[view.game.languages[0]]
            await self._try(c.ProposeJoint(clause.id, text, option=option))

    async def _order(self) -> None:
        """Commits what is wanted most, and keeps two points for a text still to come."""
        for _ in range(3):
            view = self._seat.view
            sealed = {order.action for order in view.orders}
            cards = [d for d in view.deck if d.kind == "action" and d.id not in sealed]
            best = wanted(cards, view, self._temper)
            budget = view.budget
            if budget is None or not budget.orders_left:
                return
            spare = 0 if view.table or not self._temper.consults() else 2
            within = [card for card in best if view.offers[card.id].cost + spare <= budget.points]
            if not within:
                return
            await self._commit(within[0])

    async def _commit(self, card: DeckSeen) -> None:
        view = self._seat.view
        language = view.game.languages[0]
        name = card.name[language]
        if card.consult and self._temper.consults():
            await self._think()
            note = f"Before we act we tell you: {name}."
            await self._try(c.SendConsult(card.consult, note, card.id))
        await self._think()
        target = self._target(view) if card.target else None
        reason = f"{card.say[language]} {self._want(view)}".strip()
        await self._try(c.CommitOrder(card.id, reason[:1000], target))

    def _want(self, view: View) -> str:
        """What this capital has not got yet, as a reason to act."""
        language = view.game.languages[0]
        own = [o for o in view.objectives if o.team == view.me.team and o.met is False]
        return f"What we still want: {self._random.choice(own).name[language]}." if own else ""

    async def _open_talk(self) -> None:
        """Tells the other two what came in openly, and asks what they make of it."""
        view = self._seat.view
        language = view.game.languages[0]
        news = [i for i in self._seat.feeds.get("inbox", ()) if i["public"]]
        if not self._temper.consults() or not news:
            return
        room = next((room.id for room in view.rooms if room.kind == "trilateral"), None)
        if room is not None:
            title = news[-1]["title"].get(language, "")
            choice = (CAPITALS.index(_capital(view)) + view.now.turn) % len(_OPENINGS)
            words = _OPENINGS[choice].format(news=title)
            await self._try(c.SendMessage(room, words))

    def _target(self, view: View) -> Capital:
        """The ally whose trust is lowest, as far as this capital can see."""
        allies = [team for team in CAPITALS if team != view.me.team]
        trust = {track.id: track.value for track in view.tracks if track.value is not None}
        return min(allies, key=lambda ally: trust.get(f"trust.{ally}_{view.me.team}", 50))

    def _open(self, view: View) -> list[str]:
        return [
            proposal.id
            for proposal in view.table
            if proposal.status == "open"
            and (proposal.id, proposal.version) not in self._answered
            and proposal.stands[_capital(view)].stand == "open"
        ]

    async def _answer_table(self) -> None:
        for id in self._open(self._seat.view):
            await self._think()
            proposal = next((p for p in self._seat.view.table if p.id == id), None)
            if proposal is None or proposal.status != "open":
                continue
            self._answered.add((id, proposal.version))
            if self._joins(proposal):
                await self._try(c.ConsentJoint(id, proposal.version))
            else:
                await self._try(c.RefuseJoint(id, "It does not serve us now."))

    def _polled(self, view: View) -> list[ArgumentSeen]:
        """What control asks this capital about, as far as it has not said how it came out."""
        if view.now.phase != "adjudication":
            return []
        return [
            argument
            for argument in view.arguments
            if argument.id not in self._voted
            and _capital(view) in argument.asked
            and _capital(view) not in argument.votes
        ]

    async def _vote(self) -> None:
        for argument in self._polled(self._seat.view):
            await self._think()
            self._voted.add(argument.id)
            own = _capital(self._seat.view) in argument.teams
            said = self._temper.votes("own" if own else "another")
            await self._try(c.CastVote(argument.id, said, _VOTES[said]))

    def _joins(self, proposal: ProposalSeen) -> bool:
        """Whether a text finds its consent: a clause on its own default always does."""
        view = self._seat.view
        clause = next((each for each in view.plan if each.id == proposal.joint), None)
        own = clause.defaults.get(_capital(view)) if clause is not None else None
        if own is not None and own.option == proposal.option:
            return True
        return self._temper.consents()

    async def _think(self) -> None:
        if self._pause:
            await asyncio.sleep(self._pause * self._random.uniform(0.5, 1.5))
        self._check_seat(self._seat.view)

    async def _try(self, command: c.SeatCommand) -> bool:
        """Whether the command went through; a bot takes no for an answer."""
        try:
            await self._seat.send(command)
        except Refused:
            return False
        return True

    def _displaced(self, view: View) -> bool:
        mine = self._handle is None or view.me.person == self._handle
        return not (mine or self._elsewhere())

    def _check_seat(self, view: View) -> None:
        if self._displaced(view):
            raise Displaced


def _capital(view: View) -> Capital:
    return next(team for team in CAPITALS if team == view.me.team)


_OPENINGS = (
    "“{news}”: what do you make of it? We will tell you before we act.",
    "We have all seen “{news}”. Let us not answer it in three voices.",
    "On “{news}”: what do your own sources say? We would like to compare.",
    "Before we commit anything this turn: is there a line of yours we should know of?",
)
"""How a bot begins to talk; a person who answers finds it a poor listener."""

_VOTES: Mapping[Grade, str] = {
    "great": "It did more than was asked of it.",
    "ok": "It did what it was meant to do.",
    "part": "Some of it held, and some did not.",
    "bad": "We see nothing that came of it.",
}
"""Why a bot votes as it does: control reads it."""
