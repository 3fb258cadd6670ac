"""The shelf of scenarios: finds their folders and reads them."""

from collections.abc import Iterator
from pathlib import Path

from rules.reading import Parsed, base_of, parse
from rules.value import Value

Text = dict[str, str]


class Card(Value):
    """What the shelf shows of a scenario; `minutes` is the whole seminar, brief to hot wash."""

    id: str
    title: Text
    summary: Text
    least: int
    best: int
    most: int
    minutes: int


class NoScenario(LookupError):
    """There is no scenario of this id on the shelf."""


Stamp = tuple[tuple[str, int, int], ...]


class Library:
    """The scenarios below one folder. A scenario is read again when its files change."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or _home()
        self._read: dict[str, tuple[Stamp, Parsed]] = {}

    def ids(self) -> tuple[str, ...]:
        """The ids of all folders that hold a scenario; a base alone is none."""
        if not self.root.is_dir():
            return ()
        return tuple(sorted(each.parent.name for each in self.root.glob("*/scenario.yaml")))

    def load(self, id: str) -> Parsed:
        """Reads a scenario with its base."""
        if id not in self.ids():
            raise NoScenario(f'There is no scenario "{id}" in {self.root}.')
        return self.read(self.root / id)

    def read(self, folder: Path) -> Parsed:
        """Reads the scenario of a folder, wherever it is, with the base beside it."""
        own = list(_files(folder))
        base = base_of({str(path): path.read_bytes() for path in own})
        under = list(_files(folder.parent / base)) if base else []
        return parse({_shown(path): path.read_bytes() for path in [*under, *own]})


def _home() -> Path:
    """The scenarios packed with the server, or those of the repository."""
    packed = Path(__file__).parent / "_scenarios"
    return packed if packed.is_dir() else Path(__file__).parent.parent / "scenarios"


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*.yaml"))
    yield from sorted(folder.glob("texts/*.yaml"))
    yield from sorted(folder.glob("texts/*/*.yaml"))


def _shown(path: Path) -> str:
    """The path as a person at the terminal would write it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
