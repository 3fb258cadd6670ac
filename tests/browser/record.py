"""A short game played at a table, as a log file: something to look back on."""

from functools import lru_cache

from rules import commands as c
from rules.entry import Header, write
from tests.table import LEAD, Table

TITLE = "A test"  # as tables are called
SECRET = "Only Tokyo hears this."


@lru_cache
def record() -> bytes:
    """The whole log of a game of two turns, its review open."""
    table = Table()
    for seat, name in (("washington", "Robin"), ("tokyo", "Aki"), ("seoul", "Min")):
        table.send(f"{seat}.leader", c.SitDown(name))
    table.send(LEAD, c.StartGame())
    _first_turn(table)
    _results(table)
    table.send(LEAD, c.OpenTurn())
    table.send("seoul.leader", c.SendMessage("seoul+tokyo+washington", "What happened there?"))
    table.send(LEAD, c.EndTurn())
    _results(table)
    table.send(LEAD, c.EndGame("Two turns are enough for today."))
    table.send(LEAD, c.OpenReview())
    return b"".join(write(Header(TITLE, "line"), table.rows))


def _first_turn(table: Table) -> None:
    """Tokyo acts without telling Washington, which sees that; control marks it."""
    table.send("tokyo.leader", c.SendMessage("tokyo", SECRET))
    table.send("tokyo.leader", c.CommitOrder("JP-M01", "There is no time to ask."))
    table.send(LEAD, c.AddMark("Tokyo asked nobody", "insight"))
    table.send("seoul.leader", c.CommitOrder("ROK-K04", "Somebody has to talk."))
    table.send("washington.leader", c.CommitOrder("US-K02", "Steady an ally.", "tokyo"))
    table.send(LEAD, c.EndTurn())


def _results(table: Table) -> None:
    """Everything as the rules propose it, and no to whatever they ask."""
    for result in table.sees(LEAD).desk:
        for ask in result.asks:
            table.send(LEAD, c.AnswerFinding(result.subject, ask.finding, answer=False))
    owed = tuple(result.subject for result in table.sees(LEAD).desk if not result.settled)
    if owed:
        table.send(LEAD, c.AcceptResults(owed))
    table.send(LEAD, c.ReleaseResults())
