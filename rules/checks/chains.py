"""Checks of injects that wait for one another."""

from collections.abc import Iterator, Mapping

from rules.nodes import Path, Problem
from rules.reading import did_you_mean
from rules.scenario import Inject

from .survey import Survey


def links(survey: Survey) -> Iterator[Problem]:
    """Injects that wait for one that is not there, or for a response that nobody owes."""
    injects = survey.scenario.injects
    for name, inject in injects.items():
        for field in ("after", "answered"):
            for index, before in enumerate(getattr(inject, field)):
                path: Path = ("injects", name, field, index)
                other = injects.get(before)
                if other is None:
                    say = f'there is no inject "{before}"'
                    yield survey.problem(path, say, did_you_mean(before, list(injects), "injects"))
                elif field == "answered" and other.owed is None:
                    say = f"nobody owes a response to {before}"
                    yield survey.problem(path, say, f"write `owed:` in {before}, or `after:` here")


def chains(survey: Survey) -> Iterator[Problem]:
    """Injects that wait, in the end, for themselves."""
    injects = survey.scenario.injects
    told: set[str] = set()
    for name in injects:
        ring = _ring(injects, name)
        if ring and told.isdisjoint(ring):
            told.update(ring)
            say = f"this inject waits for itself: {' → '.join((*ring, name))}"
            advice = "take one of these links out"
            yield survey.problem(("injects", name), say, advice, key=True)


def _ring(injects: Mapping[str, Inject], start: str) -> tuple[str, ...]:
    """The injects on a way from one back to itself; none if there is no such way."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        inject = injects.get(way[-1])
        for before in (*inject.after, *inject.answered) if inject else ():
            if before == start:
                return way
            if before not in seen:
                seen.add(before)
                ways.append((*way, before))
    return ()
