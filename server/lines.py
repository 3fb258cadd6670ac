"""How a line begins, from nothing or in the middle of another, and the names in it."""

import asyncio
from collections.abc import Iterable, Sequence
from secrets import token_hex

from rules.commands import Branch, OpenGame
from rules.decide import HOUSE, decide
from rules.entry import GENESIS, Row, personal_texts
from rules.record import VERSIONS, Entry, apply, decode, encode
from rules.state import State

PIECE = 250
"""Entries that are folded at a time; other lines get their turn in between."""


async def folded(rows: Sequence[Row]) -> State:
    """The state at the end of a line. Raises `NewerVersion` or `BadEntry`."""
    state = State()
    for row in rows:
        state = apply(state, decode(row), row.hash)
        if row.seq % PIECE == 0:
            await asyncio.sleep(0)
    return state


def beginning(
    rows: Sequence[Row], state: State, line: str, command: OpenGame | Branch, at: int
) -> Row:
    """The first entry of a line's own, after those it shares. Raises `Refused`."""
    at = max(at, state.at)
    events = decide(state, command, seat=HOUSE, at=at)
    seq = len(rows) + 1
    id = f"{'branch' if rows else 'open'}/{seq}"
    entry = Entry(seq, id, at, HOUSE, "", command, events, VERSIONS)
    head = rows[-1].hash if rows else GENESIS
    row = encode(entry, head, line, token_hex(16))
    apply(state, entry, row.hash)  # what cannot be folded is never stored
    return row


def naming(rows: Iterable[Row], name: str) -> set[str]:
    """The digests that stand for a name in these entries."""
    return {
        digest
        for row in rows
        for digest, (_, text) in personal_texts(row.personal).items()
        if text == name
    }
