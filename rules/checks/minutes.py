"""Checks of budgets of time: what waits, what is under way, what is owed, what is to be read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Final

from rules.nodes import Path, Problem
from rules.scenario import CAPITALS, Capital, Inject, Scenario, Text

from .survey import Survey

_PER_MINUTE: Final = 1200
"""Letters that a careful reader takes in."""

WIDE: Final = "\u1100"
"""From here on are Korean, Japanese and Chinese: one letter says as much as two of Latin."""


def waits(survey: Survey) -> Iterator[Problem]:
    """Injects that wait for others so long that their turn, or the last, is over by then."""
    scenario, starts = survey.scenario, _starts(survey.scenario)
    earliest = _earliest(scenario, starts)
    for name, inject in scenario.injects.items():
        linked = inject.after or inject.answered
        if inject.trigger in ("hand", "request") or not linked or not scenario.turns:
            continue
        turn = scenario.turn_ids[-1] if inject.turn not in starts else inject.turn or ""
        ends = starts[turn] + scenario.turns[turn].minutes
        if earliest[name] >= ends:
            say = f"this cannot come before minute {earliest[name]} of play, "
            say += f"and {turn} ends at minute {ends}"
            advice = "let it come later, or shorten what it waits for"
            yield survey.problem(("injects", name), say, advice, key=True)


def clocks(survey: Survey) -> Iterator[Problem]:
    """Processes that the game is over before."""
    scenario, starts = survey.scenario, _starts(survey.scenario)
    total = sum(turn.minutes for turn in scenario.turns.values())
    begun = {process for act in survey.acts for process in act.effect.begin}
    for name, process in scenario.processes.items():
        turn = None if name in begun else process.turn
        left = total - starts.get(turn or "", 0)
        if process.minutes > left > 0:
            since = f"from {turn} on" if turn in starts else "in all"
            say = f"this takes {process.minutes} minutes and {left} are played {since}"
            advice = f"write {left} or less, or begin it earlier"
            yield survey.problem(("processes", name, "minutes"), say, advice)


def responses(survey: Survey) -> Iterator[Problem]:
    """Responses that are due only after the turn is over."""
    scenario = survey.scenario
    longest = max((turn.minutes for turn in scenario.turns.values()), default=0)
    for name, inject in scenario.injects.items():
        turn = scenario.turns.get(inject.turn or "")
        length = longest if turn is None else turn.minutes
        minute = inject.minute if inject.trigger in ("scheduled", "conditional") else 0
        if inject.owed is None or minute >= length:
            continue
        due = minute + inject.owed.minutes
        if due > length:
            say = f"this response is due at minute {due} and the turn lasts {length}"
            advice = f"write {length - minute} or less, or send it earlier"
            path: Path = ("injects", name, "owed", "minutes")
            yield survey.problem(path, say, advice, level="warning")


def reading(survey: Survey) -> Iterator[Problem]:
    """Turns with more for a capital to read than half their time, and briefs longer than theirs."""
    scenario = survey.scenario
    for name, turn in scenario.turns.items():
        loads = {each: _minutes([turn.say, *_sent(scenario, name, each)]) for each in CAPITALS}
        much = {each: minutes for each, minutes in loads.items() if minutes * 2 > turn.minutes}
        if much and turn.minutes > 0:
            who, most = " and ".join(much), max(much.values())
            say = f"{who} would read for {most} of the {turn.minutes} minutes here"
            advice = "shorten what is sent in this turn, or lengthen it"
            yield survey.problem(("turns", name), say, advice, key=True, level="warning")
    facts = [fact.say for fact in scenario.facts.values()]
    given = scenario.people.brief_minutes
    for team, brief in scenario.briefs.items():
        own = (brief.public, brief.secret, brief.red_line_public, brief.red_line_secret)
        minutes = _minutes([*own, brief.advice, *facts])
        if minutes > given > 0:
            say = f"this takes {minutes} minutes to read with the facts, and {given} are given"
            advice = "shorten it, or raise `brief_minutes` under `people`"
            yield survey.problem(("briefs", team), say, advice, key=True, level="warning")


def _starts(scenario: Scenario) -> Mapping[str, int]:
    """The minute of play at which each turn opens, if none is extended."""
    lengths = [turn.minutes for turn in scenario.turns.values()]
    return dict(zip(scenario.turns, accumulate(lengths, initial=0), strict=False))


def _earliest(scenario: Scenario, starts: Mapping[str, int]) -> Mapping[str, int]:
    """The minute of play before which no inject can go out by itself; 0 by hand."""
    known: dict[str, int] = {}
    seen: set[str] = set()  # one that waits for itself is told by `chains`
    for name in scenario.injects:
        way = [] if name in known else [name]
        while way:
            inject = scenario.injects[way[-1]]
            before = [
                each for each in (*inject.after, *inject.answered) if each in scenario.injects
            ]
            seen.add(way[-1])
            unseen = next((each for each in before if each not in seen), None)
            if unseen is not None:
                way.append(unseen)
                continue
            since = max((known.get(each, 0) for each in before), default=0)
            known[way.pop()] = _comes(inject, since, starts.get(inject.turn or "", 0))
    return known


def _comes(inject: Inject, since: int, opens: int) -> int:
    """The minute of play an inject comes if all it waits for is there `since`."""
    match inject.trigger:
        case "hand" | "request":
            return 0
        case "chained":
            return max(since, opens) + inject.minute
        case _:
            return max(since, opens + inject.minute)


def _sent(scenario: Scenario, turn: str, capital: Capital) -> Iterator[Text]:
    """What a capital's seats read in a turn in any case."""
    for inject in scenario.injects.values():
        if inject.trigger == "scheduled" and inject.turn == turn:
            yield from _for(inject, capital)


def _for(inject: Inject, capital: Capital) -> Iterator[Text]:
    """What one capital reads of an inject: the longest of its seats' texts, if they differ."""
    readers = CAPITALS if "all" in inject.to else inject.to
    if not any(reader.partition(".")[0] == capital for reader in readers):
        return
    own = [it for reader, it in inject.variants.items() if reader.partition(".")[0] == capital]
    own += [inject.text] if inject.text is not None and capital not in inject.variants else []
    yield inject.title
    yield from sorted(own, key=lambda text: _minutes([text]))[-1:]


def _minutes(texts: Iterable[Text]) -> int:
    """How long it takes to read texts, in the language in which that is longest."""
    length: Counter[str] = Counter()
    for text in texts:
        for language, words in text.items():
            length[language] += letters(words)
    return -(-max(length.values(), default=0) // _PER_MINUTE)


def letters(words: str) -> int:
    """How many Latin letters say as much."""
    return len(words) + sum(letter >= WIDE for letter in words)
