"""What only grows: messages, injects received, results."""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Feed(Sequence[T], Generic[T]):
    """An immutable sequence whose `add` costs the same however long it is.

    Feeds that grew from one another share one list, of which each sees its own first items;
    a feed that is no longer the longest copies before it grows.
    """

    __slots__ = ("_items", "_length")

    def __init__(self, items: Sequence[T] = ()) -> None:
        self._items = list(items)
        self._length = len(self._items)

    def add(self, item: T) -> "Feed[T]":
        """This feed and one more item."""
        grown: Feed[T] = Feed.__new__(Feed)
        shared = self._items if len(self._items) == self._length else self._items[: self._length]
        shared.append(item)
        grown._items, grown._length = shared, self._length + 1
        return grown

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._length)
            return tuple(self._items[start:stop:step])
        if not -self._length <= index < self._length:
            raise IndexError(index)
        return self._items[index % self._length]

    def __iter__(self) -> Iterator[T]:
        return iter(self._items[: self._length])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Feed) and self[:] == other[:]

    def __hash__(self) -> int:
        return hash(self[:])

    def __repr__(self) -> str:
        return f"Feed({list(self)!r})"
