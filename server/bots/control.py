"""A bot for the white cell: it runs the turns, accepts what the rules propose, and no more."""

import asyncio

from rules import commands as c
from rules.refused import Refused
from rules.seen import DeskSeen, View

from .seat import Seat

UNATTENDED = "No person adjudicates here."


class ControlBot:
    """Opens and closes turns as long as the game runs automatically, and never while it is paused.

    A person takes over by switching automatic off. `pause` is how many seconds the bot leaves
    people to read at each step.
    """

    def __init__(self, seat: Seat, *, pause: float) -> None:
        self._seat, self._pause = seat, pause

    async def run(self) -> None:
        """Until the game has ended and the review is open."""
        while True:
            now = await self._seat.until(self._waits_for_us)
            await asyncio.sleep(self._pause)
            if not self._waits_for_us(self._seat.view):
                continue
            if now.now.phase == "ended":
                await self._try(c.OpenReview())
                return
            await self._step(self._seat.view)

    def _waits_for_us(self, view: View) -> bool:
        """Whether control has the next step, and the bot may take it."""
        if view.now.banner is not None or not view.clock.automatic:
            return False
        match view.now.phase:
            case "lobby":
                everybody = {seat.team for seat in view.roster.seats if seat.person}
                return {"washington", "tokyo", "seoul"} <= everybody
            case "play":
                ready = all(team.ready for team in view.health)
                if view.now.planning and any(team.waiting_on for team in view.health):
                    return False
                return ready and view.clock.running and not _expecting(view)
            case _:
                return True

    async def _step(self, view: View) -> None:
        match view.now.phase:
            case "lobby":
                await self._try(c.StartGame())
            case "play":
                await self._try(c.EndTurn())
            case "adjudication":
                await self._adjudicate(view)
            case "readout":
                await self._try(c.OpenTurn())
            case "ended":
                pass

    async def _adjudicate(self, view: View) -> None:
        """What rules ask is found as the scenario supposes: no; the rest stands as proposed.

        Reasons count for what they say they are; what wants a ruling is ruled to change nothing.
        """
        for result in view.desk:
            if result.open:
                await self._rule(view, result)
            for ask in result.asks:
                if ask.answer is None:
                    await self._try(c.AnswerFinding(result.subject, ask.finding, answer=False))
        await self._try(
            c.AcceptResults(
                tuple(r.subject for r in view.desk if not r.settled and not _ruled_by_control(r))
            )
        )
        await self._try(c.ReleaseResults())

    async def _rule(self, view: View, result: DeskSeen) -> None:
        """Settles a result for which no rule proposes anything."""
        case = next((case for case in view.arguments if case.id == result.subject), None)
        if case is not None and case.chance is not None and case.open:
            for point in case.points:
                await self._try(
                    c.JudgePoint(
                        case.id, point.id, "weak_for" if point.side == "for" else "weak_against"
                    )
                )
            await self._try(c.RollArgument(case.id))
        if result.style == "consensual":
            await self._try(c.AmendResult(result.subject, UNATTENDED, grade="ok"))
        elif _ruled_by_control(result):
            await self._try(c.AmendResult(result.subject, UNATTENDED, None, {}, UNATTENDED))

    async def _try(self, command: c.SeatCommand) -> None:
        """A person at the same seat may have been quicker: then the view moves on by itself."""
        try:
            await self._seat.send(command)
        except Refused:
            await asyncio.sleep(min(1.0, self._pause))


def _ruled_by_control(result: DeskSeen) -> bool:
    """Whether there is never anything to accept: control itself says what came of it."""
    return result.kind == "argued" or result.style in ("free", "consensual")


def _expecting(view: View) -> bool:
    """Whether an inject of this turn has yet to fire by itself."""
    return any(line.status == "waiting" and line.due is not None for line in view.sheet)
