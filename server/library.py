"""The shelf of scenarios: finds their folders, reads them, and knows what is wrong with them."""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from rules.checks import checked
from rules.nodes import LARGEST
from rules.reading import Parsed, base_of, parse
from rules.scenario import Scenario
from rules.value import Value

TEMPLATE, BASE = "_template", "base"
"""The folders on the shelf that are no scenarios: one to start from, one to build on."""


class Card(Value):
    """What the shelf shows of a scenario. `minutes` is the whole seminar, brief to hot wash."""

    id: str
    version: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    least: int
    best: int
    most: int
    turns: int
    minutes: int


class NoScenario(LookupError):
    """There is no scenario of this id on the shelf."""


class CannotBegin(Exception):
    """Why there can be no new scenario of that name and place."""


class Scripts(Value):
    """The files of a scenario and its base as they are now, and their times and sizes."""

    paths: tuple[Path, ...]
    stamp: tuple[tuple[str, int, int], ...]


class Library:
    """The scenarios below one folder. One is read again when its files have changed."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or _home()
        self._parsed: dict[Path, tuple[Scripts, Parsed]] = {}

    def ids(self) -> tuple[str, ...]:
        """The folders that hold a scenario; a base has no scenario.yaml, and is none."""
        folders = (each.parent.name for each in self.root.glob("*/scenario.yaml"))
        return tuple(sorted(name for name in folders if name != TEMPLATE))

    def load(self, id: str) -> Parsed:
        """A scenario with its base, read and checked: with a scenario only if it can be played."""
        return self.read(self._folder(id))

    def begin(self, name: str, to: Path) -> Path:
        """Writes a small scenario that can be played, with the base beside it, to start from.

        Raises `CannotBegin`, and leaves everything as it was.
        """
        if re.fullmatch(r"[a-z][a-z0-9_-]{0,59}", name) is None or name == BASE:
            raise CannotBegin(
                f'"{name}" cannot be the name of a scenario. '
                "Use small letters, digits, - and _, and begin with a letter."
            )
        folder = to / name
        if folder.exists():
            raise CannotBegin(f"{folder} is there already. Choose another name or place.")
        to.mkdir(parents=True, exist_ok=True)
        if not (to / BASE).exists():
            shutil.copytree(self.root / BASE, to / BASE)
        with tempfile.TemporaryDirectory(dir=to) as place:
            fresh = Path(place) / name
            shutil.copytree(self.root / TEMPLATE, fresh)
            for file in _files(fresh):
                words = file.read_text("utf-8").replace("NAME", name)
                file.write_text(words, encoding="utf-8")
            fresh.rename(folder)  # all of it or nothing
        return folder

    def shelf(self) -> tuple[Card, ...]:
        """The scenarios that can be played."""
        scenarios = (self.load(each).scenario for each in self.ids())
        return tuple(_card(each) for each in scenarios if each is not None)

    def read(self, folder: Path) -> Parsed:
        """The scenario of any folder, with the base beside it, read and checked."""
        folder = folder.resolve()
        known = self._parsed.get(folder)
        scripts = _scripts(folder)
        if known is None or known[0] != scripts:
            content = {_shown(path): _content(path) for path in scripts.paths}
            known = scripts, checked(parse(content))
            self._parsed[folder] = known
        return known[1]

    def read_with(self, folder: Path, over: Path) -> Parsed:
        """The scenario of a folder with a file laid over it, read and checked."""
        content = {_shown(path): _content(path) for path in _scripts(folder.resolve()).paths}
        return checked(parse(content, {_shown(over.resolve()): _content(over)}))

    def folder(self, name: str) -> Path:
        """Where a scenario is: by its id on the shelf, or by the path of any folder."""
        if name in self.ids() or not Path(name).is_dir():
            return self._folder(name)
        return Path(name)

    def _folder(self, id: str) -> Path:
        if id not in self.ids():
            raise NoScenario(f'There is no scenario "{id}" in {self.root}.')
        return self.root / id


def _card(scenario: Scenario) -> Card:
    people, turns = scenario.people, scenario.turns.values()
    play = sum(turn.minutes for turn in turns)
    return Card(
        id=scenario.id,
        version=scenario.version,
        title=scenario.title,
        summary=scenario.summary,
        least=people.least,
        best=people.best,
        most=people.most,
        turns=len(turns),
        minutes=people.brief_minutes + play + people.hot_wash_minutes,
    )


def _home() -> Path:
    """The scenarios packed with the server, or those of the repository."""
    packed = Path(__file__).parent / "_scenarios"
    return packed if packed.is_dir() else Path(__file__).parent.parent / "scenarios"


def _scripts(folder: Path) -> Scripts:
    own = list(_files(folder))
    base = base_of({str(path): _content(path) for path in own if path.name == "scenario.yaml"})
    beside = base is not None and Path(base).name == base
    paths = (*(_files(folder.parent / base) if base is not None and beside else ()), *own)
    facts = ((path, path.stat()) for path in paths)
    return Scripts(paths, tuple((str(path), it.st_mtime_ns, it.st_size) for path, it in facts))


def _files(folder: Path) -> Iterator[Path]:
    for pattern in ("*.yaml", "texts/*.yaml", "texts/*/*.yaml"):
        yield from sorted(folder.glob(pattern))


def _content(path: Path) -> bytes:
    """What a file holds; of one too long to be read, enough to see that."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _shown(path: Path) -> str:
    """The path as a person at the terminal would write it."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
