"""What every log promises, wherever it keeps its rows."""

import asyncio

import pytest

from rules.entry import first_break, personal_texts
from server.log import Log, Taken
from server.store import StoreUnavailable
from tests.stores.places import Place, chain, row


async def fill(log: Log, count: int, line: str = "one") -> None:
    for each in chain(count, line):
        await log.append(each)


async def test_rows_come_back_in_order_and_byte_for_byte(place: Place) -> None:
    log = await place.open()
    await fill(log, 12)
    assert await log.read("one") == chain(12)
    assert await log.read("one", after=9) == chain(12)[9:]
    assert await log.read("one", after=12) == []
    assert await log.read("another") == []


async def test_any_text_and_any_bytes_are_kept(place: Place) -> None:
    log = await place.open()
    odd = row(1, id="識別子 ✓ '; drop table entry; --", seat="서울")
    await log.append(odd)
    assert await log.read("one") == [odd]


async def test_what_is_acknowledged_is_there_for_every_machine(place: Place) -> None:
    here, there = await place.open(), await place.open()
    for each in chain(5):
        await here.append(each)
        assert (await there.read("one"))[-1] == each


async def test_a_seq_is_given_once(place: Place) -> None:
    here, there = await place.open(), await place.open()
    await here.append(row(1, id="first"))
    with pytest.raises(Taken):
        await there.append(row(1, id="second"))
    assert [each.id for each in await here.read("one")] == ["first"]


async def test_an_id_is_used_once_by_a_seat_of_a_line(place: Place) -> None:
    log = await place.open()
    await log.append(row(1, id="same"))
    with pytest.raises(Taken):
        await log.append(row(2, id="same"))
    await log.append(row(2, id="same", seat="seoul.lead"))
    await log.append(row(1, "two", id="same"))
    assert len(await log.read("one")) == 2
    assert len(await log.read("two")) == 1


async def test_of_many_that_want_a_seq_one_gets_it(place: Place) -> None:
    logs = [await place.open() for _ in range(3)]
    wishes = [log.append(row(1, id=f"wish-{n}")) for n, log in enumerate(logs * 5)]
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert sorted(str(type(answer).__name__) for answer in answers) == ["NoneType"] + 14 * ["Taken"]
    assert len(await logs[0].read("one")) == 1


async def test_a_lost_row_takes_its_successors_along_and_nobody_else(place: Place) -> None:
    here, there = await place.open(), await place.open()
    await here.append(row(1))
    await there.append(row(2, id="theirs"))
    answers = await asyncio.gather(
        here.append(row(2)),
        here.append(row(1, "two")),
        here.append(row(3)),
        here.append(row(2, "two")),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers] == [Taken, type(None), Taken, type(None)]
    assert [each.id for each in await there.read("one")] == ["one/1", "theirs"]
    assert [each.seq for each in await there.read("two")] == [1, 2]


async def test_writers_that_try_again_make_one_history(place: Place) -> None:
    async def write(machine: int) -> None:
        log = await place.open()
        for turn in range(15):
            while True:
                seq = len(await log.read("one")) + 1
                try:
                    await log.append(row(seq, id=f"{machine}/{turn}"))
                    break
                except Taken:
                    continue

    await asyncio.gather(write(1), write(2), write(3))
    rows = await (await place.open()).read("one")
    assert [each.seq for each in rows] == list(range(1, 46))
    for machine in (1, 2, 3):  # each saw its own commands stored in the order it gave them
        mine = [each.id for each in rows if each.id.startswith(f"{machine}/")]
        assert mine == [f"{machine}/{turn}" for turn in range(15)]


async def test_a_reader_beside_a_writer_sees_a_growing_beginning(place: Place) -> None:
    log, other = await place.open(), await place.open()
    writing = asyncio.create_task(fill(log, 150))
    seen = 0
    while not writing.done():
        rows = await other.read("one")
        assert [each.seq for each in rows] == list(range(1, len(rows) + 1))
        assert len(rows) >= seen
        seen = len(rows)
    await writing
    assert await other.read("one") == chain(150)


async def test_a_cancelled_append_disturbs_nobody(place: Place) -> None:
    log = await place.open()
    leaving = asyncio.create_task(log.append(row(1)))
    staying = asyncio.create_task(log.append(row(1, "two")))
    await asyncio.sleep(0)
    leaving.cancel()
    await staying
    with pytest.raises(asyncio.CancelledError):
        await leaving
    await log.append(row(2, "two"))
    assert len(await log.read("two")) == 2


async def test_a_copy_is_a_line_of_its_own_with_the_same_hashes(place: Place) -> None:
    log = await place.open()
    await fill(log, 9)
    await log.copy("one", 6, "what if")
    copied = await log.read("what if")
    assert [each.hash for each in copied] == [each.hash for each in chain(6)]
    assert {each.line for each in copied} == {"what if"}
    assert first_break(copied) is None

    await log.append(row(7, "what if"))
    assert await log.read("one") == chain(9)
    with pytest.raises(Taken):
        await log.append(row(7, "one"))


async def test_a_copy_neither_overwrites_nor_falls_short(place: Place) -> None:
    log = await place.open()
    await fill(log, 4)
    await fill(log, 1, "two")
    with pytest.raises(Taken):
        await log.copy("one", 3, "two")
    with pytest.raises(LookupError, match="has 4 entries"):
        await log.copy("one", 5, "three")
    assert await log.read("two") == chain(1, "two")
    assert await log.read("three") == []


async def test_erasing_a_text_leaves_the_chain_and_the_other_texts(place: Place) -> None:
    log = await place.open()
    await fill(log, 9)
    [digest] = personal_texts(chain(9)[5].personal)
    assert await log.erase("one", digest)
    rows = await log.read("one")
    assert [each.seq for each in rows if each.personal] == [3, 9]
    assert first_break(rows, head=chain(9)[-1].hash) is None
    assert not await log.erase("one", digest)
    assert not await log.erase("another", digest)


async def test_a_closed_log_takes_nothing_more(place: Place) -> None:
    log = await place.open()
    await log.append(row(1))
    await log.close()
    with pytest.raises(StoreUnavailable, match="shutting down"):
        await log.append(row(2))
