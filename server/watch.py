"""What seats are shown of a line: only what changed, every piece of it encoded once."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from rules.commands import SeatCommand
from rules.feed import Feed
from rules.preview import preview
from rules.state import State
from rules.view import SECTIONS, feeds_of, item

NEWEST = 100
"""How many items of each feed a newcomer gets, and how many a page holds."""

KEPT = 200
"""How many encoded items of each feed stay at hand; older ones are encoded when asked for."""


class Display:
    """The newest state of a line, and what has been encoded of it.

    The watches of a line share it. `frames` are what those with the same eyes lack who are level
    with the step before, which is the same for them all if the step is `alike`: it touched nothing
    that a seat has for itself. A section is kept by the key that names all its builder may
    depend on, and built anew only after a part of the state that it reads has changed.
    """

    def __init__(self, state: State | None = None) -> None:
        self.state = self._level = State() if state is None else state
        self.step = 1
        self.touched = [1] * len(SECTIONS)
        self.latest: tuple[Collection[int], Collection[str]] = (), ()
        self.alike = False
        self.frames = dict[str, _Frame]()
        self._sections: list[dict[str, tuple[int, str]]] = [{} for _ in SECTIONS]
        self._feeds = dict[tuple[str, str], _Shown]()

    def move(self, state: State) -> None:
        """Takes the next state."""
        self.state = state

    def get_level(self) -> None:
        """Notes which sections have been touched by all that has come since the last look."""
        before, self._level = self._level, self.state
        if before is self._level:
            return
        state = self.state
        self.step += 1
        sections = set[int]()
        for field, readers in _READERS:
            if getattr(state, field) is not getattr(before, field):
                sections.update(readers)
        for index in sections:
            self.touched[index] = self.step
        grown = _grown(before.feeds, state.feeds)
        self.latest = sorted(sections), grown
        self.alike = _OWN.isdisjoint(sections) and not any("." in feed for feed in grown)
        self.frames.clear()

    def since(self, step: int, feeds: Collection[str]) -> tuple[Collection[int], Collection[str]]:
        """The sections touched after a step, and those of the feeds that may have grown."""
        if step == self.step - 1:
            return self.latest
        return [index for index, last in enumerate(self.touched) if last > step], feeds

    def section(self, index: int, seat: str) -> str:
        """A section as this seat sees it, encoded; the same object for as long as it is equal."""
        section, kept = SECTIONS[index], self._sections[index]
        key = section.key(self.state, seat)
        step, known = kept.get(key, (-1, ""))
        if step < self.touched[index]:
            fresh = text(section.build(self.state, key))
            known = known if fresh == known else fresh
            kept[key] = (self.step, known)
        return known

    def run(self, key: str, eyes: str, start: int) -> str:
        """The items of a feed from `start` on, encoded; the newest hundred if that is too many."""
        shown = self._shown(key, eyes)
        if start < shown.start:
            start = max(shown.start, shown.end - NEWEST)
        if shown.run_from != start:
            items = [shown.items[index] for index in range(start - shown.end, 0)]  # from the end
            shown.run_from = start
            shown.run = f'{{"from":{start},"items":[{",".join(items)}]}}'
        return shown.run

    def page(self, key: str, eyes: str, before: int) -> tuple[int, list[str]]:
        """Where the page that ends just before an index begins, and its items, encoded."""
        shown = self._shown(key, eyes)
        end = min(before, shown.end)
        start = max(0, end - NEWEST)
        if start >= shown.start:
            return start, list(islice(shown.items, start - shown.start, end - shown.start))
        feed = self.state.feeds[key]
        return start, [text(item(self.state, raw, eyes)) for raw in feed[start:end]]

    def _shown(self, key: str, eyes: str) -> "_Shown":
        """What certain eyes see of a feed, level with the state."""
        shown = self._feeds.get((key, eyes))
        if shown is None:
            shown = self._feeds[key, eyes] = _Shown()
        feed = self.state.feeds.get(key, _NONE)
        if shown.end != len(feed):
            for raw in feed[max(shown.end, len(feed) - KEPT) :]:
                shown.items.append(text(item(self.state, raw, eyes)))
            shown.end, shown.run_from = len(feed), -1
        return shown


class _Shown:
    """The newest items of a feed, encoded as certain eyes see them, and the last run asked for."""

    __slots__ = ("end", "items", "run", "run_from")

    def __init__(self) -> None:
        self.items = deque[str](maxlen=KEPT)
        self.end = 0
        self.run, self.run_from = "", -1

    @property
    def start(self) -> int:
        """The index of the oldest item at hand."""
        return self.end - len(self.items)


class Watch:
    """What one seat has been shown of a line, and so what it lacks."""

    def __init__(self, display: Display, seat: str) -> None:
        self.display, self.seat = display, seat
        self._step = -1
        self._sent: list[str] = [""] * len(SECTIONS)
        self._lengths = dict[str, int]()
        self._eyes = display.state.book.seats[seat].sees
        self._labels = {
            key: text(name) + ":" for name, key in feeds_of(display.state, seat).items()
        }

    def frame(self) -> str:
        """The members of the seat's next frame, `"view":…,"feeds":…`; empty if nothing changed."""
        display = self.display
        display.get_level()
        if self._step == display.step:
            return ""
        alike = display.alike and self._step == display.step - 1
        frame = display.frames.get(self._eyes) if alike else None
        if frame is None:
            frame = self._look(*display.since(self._step, self._labels))
            if alike:
                display.frames[self._eyes] = frame
        for index, fresh in frame.sections:
            self._sent[index] = fresh
        self._lengths.update(frame.lengths)
        self._step = display.step
        return frame.text

    def page(self, feed: str, before: int) -> tuple[int, list[str]]:
        """A page of older items. Raises `LookupError` for a feed that the seat does not have."""
        key = feeds_of(self.display.state, self.seat)[feed]
        return self.display.page(key, self._eyes, before)

    def preview(self, command: SeatCommand, at: int) -> str:
        """What a command of this seat would change, encoded. Raises `Refused`; changes nothing."""
        state = self.display.state
        return text(preview(state, command, self.seat, max(at, state.at)))

    def _look(self, touched: Iterable[int], grown: Iterable[str]) -> "_Frame":
        """What the seat lacks of these sections and feeds."""
        display, runs, lengths = self.display, list[str](), list[tuple[str, int]]()
        fresh = [(index, display.section(index, self.seat)) for index in touched]
        sections = [(index, shown) for index, shown in fresh if shown != self._sent[index]]
        for key in grown:
            label = self._labels.get(key)
            if label is None:
                continue
            length = len(display.state.feeds.get(key, _NONE))
            sent = self._lengths.get(key, -1)
            if length != sent:
                lengths.append((key, length))
                start = sent if sent >= 0 else max(0, length - NEWEST)
                runs.append(label + display.run(key, self._eyes, start))
        members = list[str]()
        if sections:
            members.append(f'"view":{{{",".join(_LABELS[i] + shown for i, shown in sections)}}}')
        if runs:
            members.append(f'"feeds":{{{",".join(runs)}}}')
        return _Frame(",".join(members), sections, lengths)


class _Frame(NamedTuple):
    """A frame, and what it holds: the sections, and how long it makes the feeds."""

    text: str
    sections: list[tuple[int, str]]
    lengths: list[tuple[str, int]]


def _grown(before: Mapping[str, Feed[Any]], after: Mapping[str, Feed[Any]]) -> list[str]:
    if before is after:
        return []
    return [key for key, feed in after.items() if before.get(key) is not feed]


def text(value: object) -> str:
    """A value as JSON."""
    return _encode(value).decode()


_encode = msgspec.json.Encoder().encode
_NONE: Feed[Any] = Feed()
_LABELS = tuple(f'"{section.name}":' for section in SECTIONS)
_OWN = frozenset(index for index, section in enumerate(SECTIONS) if section.by == "seat")
_READERS = tuple(
    (field, tuple(i for i, section in enumerate(SECTIONS) if field in section.reads))
    for field in sorted({field for section in SECTIONS for field in section.reads})
)
