"""The doorbell."""

import logging

import pytest

from server.bus import Bus, LocalBus


def test_a_ring_reaches_everyone_who_listens() -> None:
    bus: Bus = LocalBus()
    heard = list[tuple[str, str]]()
    stop = bus.listen(lambda line: heard.append(("a", line)))
    bus.listen(lambda line: heard.append(("b", line)))
    bus.ring("one")
    assert heard == [("a", "one"), ("b", "one")]

    stop()
    stop()
    bus.ring("two")
    assert heard[2:] == [("b", "two")]


def test_one_may_listen_twice_and_leave_once() -> None:
    bus = LocalBus()
    heard = list[str]()
    stop = bus.listen(heard.append)
    bus.listen(heard.append)
    stop()
    bus.ring("one")
    assert heard == ["one"]


def test_a_listener_may_leave_while_the_bell_rings() -> None:
    bus = LocalBus()
    heard = list[str]()
    stop = bus.listen(lambda _line: stop())
    bus.listen(heard.append)
    bus.ring("one")
    bus.ring("two")
    assert heard == ["one", "two"]


def test_a_listener_that_fails_harms_neither_the_ringer_nor_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus = LocalBus()
    heard = list[str]()

    def fail(_line: str) -> None:
        raise RuntimeError("nobody home")

    bus.listen(fail)
    bus.listen(heard.append)
    with caplog.at_level(logging.ERROR):
        bus.ring("one")
    assert heard == ["one"]
    assert "nobody home" in caplog.text
