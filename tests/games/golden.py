"""Golden games: for each end of each scenario one whole game that came to it, kept as a log.

Make them anew, all or some, when rules or scenarios have changed:

    .venv/bin/python -m tests.games.golden [SCENARIO [END]]
"""

import lzma
import sys
from collections.abc import Sequence
from pathlib import Path

from rules.entry import Header, Row, read, write
from tests.games.wishful import WISHES, Wishful

LOGS = Path(__file__).parent / "logs"
GAMES = 400
"""So many games are played for an end before it is given up."""


def log(scenario: str, end: str) -> Path:
    """Where the game that came to an end is kept."""
    return LOGS / f"{scenario}-{end}.jsonl.xz"


def kept(scenario: str, end: str) -> tuple[Header, list[Row]]:
    """The log of a golden game."""
    with lzma.open(log(scenario, end)) as lines:
        return read(lines)


def make(scenario: str, end: str) -> str:
    """Plays until the end is reached and keeps that game; says how that went."""
    for attempt in range(GAMES):
        game = Wishful(scenario, end, attempt)
        if game.play() == end:
            whole = b"".join(write(Header(f"{scenario}: {end}", "line"), game.rows))
            log(scenario, end).write_bytes(lzma.compress(whole, preset=9 | lzma.PRESET_EXTREME))
            size = log(scenario, end).stat().st_size
            return f"game {attempt + 1}, {len(game.rows)} entries, {size} bytes"
    return f"not reached in {GAMES} games"


def main(only: Sequence[str]) -> None:
    """Makes golden games: all, or those of a scenario, or that of one end."""
    LOGS.mkdir(exist_ok=True)
    for scenario, ends in WISHES.items():
        for end in ends:
            if list(only) == [scenario, end][: len(only)]:
                print(f"{scenario} {end}: {make(scenario, end)}", flush=True)  # noqa: T201 # says what it did


if __name__ == "__main__":
    main(sys.argv[1:])
