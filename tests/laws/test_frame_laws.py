"""Every frame of every seat, over random play of the real scenario."""

import json
from typing import Any

import msgspec
import pytest

from rules import commands as c
from rules.view import feeds_of, item, view
from server.watch import NEWEST, Display, Watch
from tests.laws.test_secrecy_laws import SIGHTS, SIGNED, Signing, _said, _signed_briefs, may_read
from tests.table import LEAD, Players, Table

Told = dict[str, Any]


class Onlookers:
    """Watches of some seats at a table, who fold what they are told as browsers do."""

    def __init__(self, table: Table, seats: tuple[str, ...]) -> None:
        self.table = table
        self.display = Display(table.state)
        self.watches = {seat: Watch(self.display, seat) for seat in seats}
        self.views: dict[str, Told] = {seat: {} for seat in seats}
        self.feeds: dict[str, dict[str, list[Told]]] = {seat: {} for seat in seats}
        self.frames: dict[str, list[str]] = {seat: [] for seat in seats}

    def look(self, *, slow: frozenset[str] = frozenset()) -> None:
        """Everybody but the slow gets the next frame."""
        self.display.move(self.table.state)
        for seat, watch in self.watches.items():
            if seat not in slow and (frame := watch.frame()):
                self._take(seat, frame)

    def _take(self, seat: str, frame: str) -> None:
        self.frames[seat].append(frame)
        told = json.loads(f"{{{frame}}}")
        self.views[seat].update(told.get("view", {}))
        for name, run in told.get("feeds", {}).items():
            held = self.feeds[seat].setdefault(name, [])
            held += run["items"]

    def sees_all(self, seat: str) -> None:
        """What the seat has folded is what `view` says now."""
        state = self.table.state
        assert self.views[seat] == json.loads(msgspec.json.encode(view(state, seat)))
        eyes = state.book.seats[seat].sees
        for name, key in feeds_of(state, seat).items():
            newest = state.feeds.get(key, ())[-NEWEST:]
            expected = [json.loads(msgspec.json.encode(item(state, raw, eyes))) for raw in newest]
            assert self.feeds[seat].get(name, [])[-NEWEST:] == expected, name


@pytest.mark.parametrize("seed", range(4))
def test_frames_applied_in_order_are_the_view(seed: int) -> None:
    """Also for a seat whose connection is so slow that it gets only every ninth frame."""
    table = Table()
    players = Players(table, seed)
    onlookers = Onlookers(table, (LEAD, "tokyo.leader", "seoul.foreign", "observer.public"))
    for step in range(350):
        players.step()
        onlookers.look(slow=frozenset({"seoul.foreign"} if step % 9 else ()))
        if step % 50 == 49 or table.state.phase == "ended":
            onlookers.look()
            for seat in onlookers.watches:
                onlookers.sees_all(seat)
        if table.state.phase == "ended":
            return


@pytest.mark.parametrize("seed", range(4))
def test_no_frame_holds_what_its_seat_may_not_read(seed: int) -> None:
    table = Table(_signed_briefs())
    players = Signing(table, seed, _said)
    onlookers = Onlookers(table, SIGHTS)
    checked = dict.fromkeys(SIGHTS, 0)
    for _ in range(400):
        players.step()
        onlookers.look()
        for seat, frames in onlookers.frames.items():
            for frame in frames[checked[seat] :]:
                for owner in SIGNED.findall(frame):
                    assert may_read(table.state, owner, seat), f"{seat} reads {owner}'s words"
            checked[seat] = len(frames)
        if table.state.phase == "ended":
            break
    assert min(checked.values()) > 10


@pytest.mark.parametrize("seed", range(6))
def test_even_the_number_of_frames_tells_nothing_of_sealed_work(seed: int) -> None:
    """While Tokyo works behind closed doors, others get the same frames as if it slept."""
    quiet, busy = Table(), Table()
    seats = ("washington.leader", "seoul.adviser", "observer.public", "observer.washington")
    for table in (quiet, busy):
        table.send(LEAD, c.StartGame())
    asleep, awake = Onlookers(quiet, seats), Onlookers(busy, seats)
    for onlookers in (asleep, awake):
        onlookers.look()
    players = Players(busy, seed)
    worked = 0
    for step in range(60):
        command = players.command(f"tokyo.{players.random.choice(('leader', 'defence'))}")
        if _sealed(command) and command is not None:
            worked += busy.tries("tokyo.leader", command, wait=0)
            awake.look()
        if step % 10 == 9:
            quiet.at = busy.at = max(quiet.at, busy.at) + 60_000
            for table, onlookers in ((quiet, asleep), (busy, awake)):
                table.tick()
                onlookers.look()
                table.write("seoul.leader", c.SendMessage("seoul+washington", f"step {step}"))
                onlookers.look()
    assert worked > 5
    assert asleep.frames == awake.frames


def _sealed(command: c.SeatCommand | None) -> bool:
    """Whether a command of Tokyo's is none of the others' business before results are out."""
    match command:
        case c.SendMessage():
            return command.room in ("tokyo", "control+tokyo")
        case c.CommitOrder() | c.WithdrawOrder() | c.AskControl() | c.DeclareReady():
            return True
        case c.ReadInject() | c.HandOver():
            return True
        case _:
            return False
