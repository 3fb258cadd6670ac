"""What a house does by itself: keeping time, noticing absence, leaving lines."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from rules.commands import (
    PauseClock,
    ReleaseInject,
    ResumeClock,
    SendMessage,
    SetRate,
    SitDown,
    StartGame,
)
from rules.decide import HOUSE
from rules.entry import Header
from rules.record import decode, encode
from rules.refused import Refused
from server import pulse
from server.house import BadLog, House
from server.session import NotServing, Session
from server.settings import Settings
from tests.wire.conftest import settings_in

START = 1_800_000_000_000
MINUTE = 60_000
LEAD = "control.lead"


class Hands:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def timed(tmp_path: Path, hands: Hands) -> Settings:
    """A house with that clock."""
    return settings_in(tmp_path).model_copy(update={"clock": hands})


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[House]:
    """A house that has looked around once."""
    async with House.open(settings) as house:
        await house.ready.wait()
        yield house


async def started(house: House) -> Session:
    """A game of the tiny scenario, running."""
    document = house.library.load("tiny").document
    game = await house.open_game(document, "Test")
    session = await house.current(game.id)
    await session.handle("start", LEAD, "p", StartGame())
    return session


async def reopened(house: House) -> Session:
    """The only game of a house that was opened again."""
    (game,) = await house.games.all()
    return await house.current(game.id)


def status(session: Session) -> str:
    """How the first inject stands, which is due after two minutes."""
    return session.state.sheet["I-01"].status


def commands(session: Session) -> set[str]:
    """The ids of all entries, by whom they were sent."""
    return {f"{seat}:{id}" for seat, id in session.done}


async def test_what_falls_due_happens_by_itself(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path)) as house:
        session = await started(house)
        moved = asyncio.Event()
        session.news.listen(moved.set)
        await session.handle("rate", LEAD, "p", SetRate(600_000))  # two minutes in 0.2 s
        async with asyncio.timeout(20):
            while session.state.sheet["I-01"].status != "released":
                await moved.wait()
                moved.clear()
        assert session.state.feeds["inbox/tokyo"][0].at >= 2 * MINUTE


async def test_an_inject_fires_once_over_restarts(timed: Settings, hands: Hands) -> None:
    async with opened(timed) as house:
        await started(house)
    hands.at += 10_000
    async with opened(timed) as house:
        session = await reopened(house)
        hands.at += 2 * MINUTE
        await session.tick()
        assert len(session.state.feeds["inbox/tokyo"]) == 1
    hands.at += 10_000
    async with opened(timed) as house:
        session = await reopened(house)
        await session.tick()
        assert len(session.state.feeds["inbox/tokyo"]) == 1


async def test_what_fell_due_in_a_short_silence_is_delivered(timed: Settings, hands: Hands) -> None:
    async with opened(timed) as house:
        session = await started(house)
        hands.at += 2 * MINUTE - 1_000
        await session.handle("say", "tokyo.lead", "p", SendMessage("tokyo", "Hm"))
    hands.at += 10_000
    async with opened(timed) as house:
        session = await reopened(house)
        await session.tick()
        assert session.state.clock.running
        assert session.state.sheet["I-01"].status == "released"


async def test_a_game_found_after_an_outage_is_paused_where_it_was_left(
    timed: Settings, hands: Hands
) -> None:
    async with opened(timed) as house:
        session = await started(house)
        left = session.state.at
    hands.at += 45 * MINUTE
    async with opened(timed) as house:
        state = (await reopened(house)).state
        assert not state.clock.running
        assert state.away is not None
        assert (state.away.since, state.away.ms) == (left, 45 * MINUTE)
        assert state.clock.elapsed == 0
        assert state.sheet["I-01"].status == "waiting", "nothing fired while nobody was there"


async def test_what_was_overdue_when_the_server_was_last_there_is_still_delivered(
    timed: Settings, hands: Hands
) -> None:
    async with opened(timed) as house:
        await started(house)
        hands.at += 3 * MINUTE  # and the timer has not woken yet
        await house.pulse.beat()
    hands.at += 45 * MINUTE
    async with opened(timed) as house:
        state = (await reopened(house)).state
        assert not state.clock.running
        assert state.clock.elapsed == 3 * MINUTE
        assert state.sheet["I-01"].status == "released"


async def test_a_still_clock_needs_no_notice(timed: Settings, hands: Hands) -> None:
    async with opened(timed) as house:
        session = await started(house)
        await session.handle("pause", LEAD, "p", PauseClock("lunch"))
    hands.at += 16 * 60 * MINUTE
    async with opened(timed) as house:
        session = await reopened(house)
        assert session.state.away is None
        await session.handle("resume", LEAD, "p", ResumeClock())
        await session.tick()
        assert session.state.clock.read(hands.at) == 0


async def test_a_sign_of_life_is_left_for_the_next_start(timed: Settings, hands: Hands) -> None:
    async with opened(timed) as house:
        hands.at += MINUTE
        await house._look_around()
    async with House.open(timed) as house:
        assert house.pulse.last == START + MINUTE


async def test_time_never_runs_backwards(timed: Settings, hands: Hands) -> None:
    async with opened(timed) as house:
        session = await started(house)
        hands.at += 5 * MINUTE
        await session.handle("one", "tokyo.lead", "p", SendMessage("tokyo", "One"))
        hands.at -= 4 * MINUTE
        await session.handle("two", "tokyo.lead", "p", SendMessage("tokyo", "Two"))
        assert session.state.at == START + 5 * MINUTE
        said = session.state.feeds["room/tokyo"]
        assert [message.at for message in said] == [5 * MINUTE, 5 * MINUTE]


async def test_a_line_branched_and_resumed_much_later_fires_nothing_by_surprise(
    timed: Settings, hands: Hands
) -> None:
    async with opened(timed) as house:
        session = await started(house)
        hands.at += MINUTE
        await session.handle("say", "tokyo.lead", "p", SendMessage("tokyo", "Before"))
        before = session.seq
        hands.at += 2 * MINUTE
        await session.handle("late", "tokyo.lead", "p", SendMessage("tokyo", "After"))
        (game,) = await house.games.all()
        hands.at += 60 * MINUTE
        branched = await house.branch(game.id, before)
        assert branched.line != session.line
        line = await house.current(game.id)
        assert not line.state.clock.running
        assert line.state.clock.elapsed == MINUTE
        assert [said.text for said in line.state.feeds["room/tokyo"]] == ["Before"]
        hands.at += 60 * MINUTE
        await line.handle("resume", LEAD, "p", ResumeClock())
        await line.tick()
        assert status(line) == "waiting"
        hands.at += MINUTE
        await line.tick()
        assert status(line) == "released"


async def test_the_line_that_was_left_stands_still(timed: Settings, hands: Hands) -> None:
    async with opened(timed) as house:
        old = await started(house)
        (game,) = await house.games.all()
        await house.branch(game.id, old.seq)
        hands.at += 10 * MINUTE
        assert len(await house.log.read(old.line)) == old.seq
    async with opened(timed) as house:
        assert len(await house.log.read(old.line)) == old.seq


async def test_a_seat_is_free_again_once_its_link_is_replaced(timed: Settings) -> None:
    async with opened(timed) as house:
        session = await started(house)
        (game,) = await house.games.all()
        first = await house.invite(game.id, "tokyo.lead")
        await session.handle("sit", "tokyo.lead", first.id, SitDown("Aiko"))
        await house.invite(game.id, "tokyo.adviser")
        assert session.state.people == {"tokyo.lead": first.id}
        await house.invite(game.id, "tokyo.lead")
        assert session.state.people == {}
        assert f"{HOUSE}:vacate/{first.id}" in commands(session)


async def test_a_clock_that_is_wrong_serves_nothing_until_it_is_right(
    timed: Settings, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(timed) as house:
        session = await started(house)

        async def database_clock(_: object) -> int:
            return hands.at + 1_500

        monkeypatch.setattr(pulse, "database_clock", database_clock)
        monkeypatch.setattr(house.pulse, "_embedded", False)
        before = house.pulse.last
        with pytest.raises(NotServing, match=r"1\.5 s off"):
            await house._look_around()
        assert house.pulse.last == before, "no sign of life by a wrong clock"
        with pytest.raises(NotServing):
            await session.handle("sit", "tokyo.lead", "p", SitDown("Aiko"))
        with pytest.raises(NotServing):
            house.make_room()
        monkeypatch.setattr(house.pulse, "_embedded", True)
        house.pulse.off = 0
        await session.handle("sit", "tokyo.lead", "p", SitDown("Aiko"))


async def test_a_log_that_makes_no_sense_is_not_taken_in(timed: Settings) -> None:
    async with opened(timed) as house:
        session = await started(house)
        (game,) = await house.games.all()
        header, rows = await house.leave(game.id, "test")
        with pytest.raises(BadLog, match="opens no game"):
            await house.adopt(header, [])
        assert len(await house.games.all()) == 1
        adopted = await house.adopt(header, rows)
        copy = await house.current(adopted.id)
        assert copy.state.tracks == session.state.tracks
        assert not copy.state.clock.running


async def test_a_log_in_which_an_id_is_used_twice_is_not_taken_in(timed: Settings) -> None:
    async with opened(timed) as house:
        await started(house)
        (game,) = await house.games.all()
        header, rows = await house.leave(game.id, "test")
        entry = replace(decode(rows[-1]), seq=len(rows) + 1)
        twice = encode(entry, rows[-1].hash, rows[-1].line, "salt")
        with pytest.raises(BadLog, match="the same id") as bad:
            await house.adopt(Header(header.title, header.line, twice.hash), [*rows, twice])
        assert "Export the log again" in str(bad.value)
        assert len(await house.games.all()) == 1


async def test_the_rules_refuse_and_nothing_is_stored(timed: Settings) -> None:
    async with opened(timed) as house:
        session = await started(house)
        before = session.seq
        with pytest.raises(Refused):
            await session.handle("x", "tokyo.lead", "p", ReleaseInject("I-01"))
        assert len(await house.log.read(session.line)) == session.seq == before
