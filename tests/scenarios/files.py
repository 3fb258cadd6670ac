"""Scenario files in hand, to spoil and to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rules.checks import check
from rules.reading import Parsed, Problem, parse


@dataclass(frozen=True)
class Files:
    """The files of a scenario, path → content."""

    content: Mapping[str, bytes]

    def spoilt(self, file: str, old: str, new: str) -> "Files":
        """These files with one passage changed."""
        text = self.text(file)
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        return self.having(file, text.replace(old, new))

    def changed(self, *changes: tuple[str, str, str]) -> "Files":
        """These files with several passages changed: file, old and new of each."""
        files = self
        for file, old, new in changes:
            files = files.spoilt(file, old, new)
        return files

    def having(self, file: str, text: str | bytes) -> "Files":
        """These files with one more, or another in its place."""
        content = text.encode() if isinstance(text, str) else text
        return Files({**self.content, f"tiny/{file}": content})

    def text(self, file: str) -> str:
        """The text of one file."""
        return self.content[f"tiny/{file}"].decode()

    def parsed(self) -> Parsed:
        """What reading makes of them."""
        return parse(self.content)

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with them."""
        return check(self.parsed())

    def shown(self, problem: Problem) -> str:
        """The rest of the line at which a problem points."""
        lines = self.text(problem.file.removeprefix("tiny/")).splitlines()
        return lines[problem.line - 1][problem.column - 1 :]


def files(folder: Path) -> Files:
    """The files of a scenario folder, under the folder's name."""
    return Files(
        {
            f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for path in sorted(folder.rglob("*.yaml"))
        }
    )


TINY: Final = files(Path(__file__).parent / "tiny")
"""A scenario small enough to read at a glance: two turns, six tracks, one language."""
