"""Many games on all cores, which come out the same however many there are."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children
from signal import SIG_IGN, SIGINT, signal

from rules.expression import EvaluationError
from rules.scenario import Scenario
from rules.state import State

from .game import Endless, Played, play
from .minds import Policy
from .table import opened, seed_of

BATCH = 10
"""Games handed to a core at a time."""


class CannotRehearse(Exception):
    """Why a rehearsal broke off, in a sentence."""


Told = Callable[[int], None]
"""Called with the number of games that have been played."""


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def rehearse(
    scenario: Scenario,
    policy: Policy,
    *,
    games: int,
    seed: int,
    cores: int,
    told: Told,
    plan_phase: bool = False,
) -> list[Played]:
    """Plays the games of a seed, in their order. Game n has the same luck whoever plays it."""
    batches = [range(first, min(first + BATCH, games)) for first in range(0, games, BATCH)]
    if cores == 1 or len(batches) == 1:
        return _alone(opened(scenario, plan_phase=plan_phase), policy, seed, batches, told)
    played = dict[int, list[Played]]()
    with _pool(scenario, min(cores, len(batches)), plan_phase=plan_phase) as pool:
        waiting: dict[Future[list[Played]], range] = {
            pool.submit(_here, policy, seed, batch): batch for batch in batches
        }
        for done in as_completed(waiting):
            try:
                played[waiting[done].start] = done.result()
            except BrokenProcessPool:
                raise CannotRehearse(
                    "A process was ended from outside. Try again, or with fewer cores."
                ) from None
            told(sum(map(len, played.values())))
    return [game for batch in batches for game in played[batch.start]]


def _alone(
    opening: State, policy: Policy, seed: int, batches: list[range], told: Told
) -> list[Played]:
    played = list[Played]()
    for batch in batches:
        played += _batch(opening, policy, seed, batch)
        told(len(played))
    return played


@contextmanager
def _pool(scenario: Scenario, cores: int, *, plan_phase: bool) -> Iterator[ProcessPoolExecutor]:
    """Processes that know the scenario; all work is dropped when something goes wrong."""
    written = scenario.model_dump_json(exclude_unset=True)
    pool = ProcessPoolExecutor(cores, initializer=_begin, initargs=(written, plan_phase))
    try:
        yield pool
    except BaseException:
        for process in active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_openings = list[State]()
"""The lobby that the games of this process begin in."""


def _begin(written: str, plan_phase: bool) -> None:  # noqa: FBT001 # a pool hands on no names
    # Who interrupts means the whole rehearsal: the process that began it ends the others.
    signal(SIGINT, SIG_IGN)
    _openings[:] = [opened(Scenario.model_validate_json(written), plan_phase=plan_phase)]


def _here(policy: Policy, seed: int, games: range) -> list[Played]:
    return _batch(_openings[0], policy, seed, games)


def _batch(opening: State, policy: Policy, seed: int, games: range) -> list[Played]:
    played = list[Played]()
    for game in games:
        try:
            played.append(play(opening, policy, seed_of(seed, game)))
        except (Endless, EvaluationError) as error:
            # Only a plain sentence finds its way back from another process.
            raise CannotRehearse(f"Game {game} of seed {seed} broke off: {error}") from None
    return played
