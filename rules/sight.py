"""Who may know what. Used where feeds are filled and where views are built."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from .reckon import names_read
from .scenario import CAPITALS, Capital, Eyes, Scenario
from .state import Consult

EYES: tuple[Eyes, ...] = ("public", *CAPITALS, "control")


def sees(visible: str | tuple[Capital, ...], eyes: str) -> bool:
    """Whether eyes may see exactly what is `visible` to some."""
    if eyes == "control" or visible == "public":
        return True
    return visible != "hidden" and eyes in visible


@lru_cache(maxsize=64)
def onlookers(visible: str | tuple[Capital, ...]) -> tuple[Eyes, ...]:
    """The eyes that may see exactly what is `visible` to some."""
    return tuple(eyes for eyes in EYES if sees(visible, eyes))


def sees_track(scenario: Scenario, track: str, eyes: str) -> bool:
    """Whether eyes may see a track exactly."""
    return sees(scenario.tracks[track].visible, eyes)


def sees_name(scenario: Scenario, name: str, eyes: str) -> bool:
    """Whether eyes may see the value of any name an expression reads.

    A derived value is as visible as the least visible of what it reads.
    """
    if eyes == "control":
        return True
    if name in scenario.tracks:
        return sees_track(scenario, name, eyes)
    if name.startswith("flag."):
        return sees(scenario.flags[name.removeprefix("flag.")].visible, eyes)
    if name == "clauses" or name.startswith("clause."):
        return eyes in CAPITALS
    if name.startswith("finding."):
        return False
    if name in scenario.derived:
        derived = scenario.derived[name]
        names = names_read(scenario.names, derived.formula)
        return all(sees_name(scenario, inner, eyes) for inner in names)
    return True


def capital_of(eyes: str) -> Capital | None:
    """The capital whose eyes they are, if they are a capital's."""
    return next((capital for capital in CAPITALS if capital == eyes), None)


def audiences(readers: Iterable[str]) -> tuple[str, ...]:
    """The audiences that hold what `readers` (all, teams or seats) may read; control always."""
    wanted = set(readers)
    if "all" in wanted:
        return EYES
    eyes = tuple(eye for eye in EYES if eye == "control" or eye in wanted)
    seats = sorted(
        reader for reader in wanted if "." in reader and reader.partition(".")[0] not in eyes
    )
    return (*eyes, *seats)


def may_know(readers: Iterable[str], eyes: str) -> bool:
    """Whether eyes are among the readers."""
    return eyes == "control" or "all" in (held := tuple(readers)) or eyes in held


def told(notes: Iterable[Consult], by: Capital, action: str) -> tuple[Capital, ...]:
    """The capitals that had a note from one of them about an action, in time or not."""
    to = {team for note in notes if note.team == by and note.action == action for team in note.to}
    return tuple(team for team in CAPITALS if team in to)


def rooms(scenario: Scenario) -> Mapping[str, tuple[str, ...]]:
    """Every room by id, with its teams: own, bilateral, trilateral, with control, and control's."""
    return _rooms(tuple(team for team in CAPITALS if team in scenario.teams))


def breaks(teams: tuple[str, ...]) -> bool:
    """Whether a room's channel can break: a line between capitals, never one to control."""
    return len(teams) > 1 and "control" not in teams


@lru_cache
def _rooms(teams: tuple[Capital, ...]) -> Mapping[str, tuple[str, ...]]:
    groups: list[tuple[str, ...]] = [(team,) for team in teams]
    groups += [(a, b) for i, a in enumerate(teams) for b in teams[i + 1 :]]
    groups += [teams] if len(teams) > 2 else []
    groups += [("control", team) for team in teams]
    groups.append(("control",))
    return {"+".join(sorted(group)): tuple(sorted(group)) for group in groups}
