"""Checks of what effects do to channels and processes, and of the cells' voices and lead."""

from collections.abc import Iterator

from rules.nodes import Problem
from rules.reading import did_you_mean
from rules.sight import breaks, rooms

from .survey import Survey


def channels(survey: Survey) -> Iterator[Problem]:
    """Effects on rooms that are not between capitals, or that are late by no minutes."""
    known = [room for room, teams in rooms(survey.scenario).items() if breaks(teams)]
    for act in survey.acts:
        for room, channel in act.effect.channels.items():
            path = (*act.path, "channels", room)
            if room not in known:
                say = f'"{room}" is no room between capitals'
                yield survey.problem(path, say, did_you_mean(room, known, "rooms"), key=True)
            if channel.how == "late" and not channel.minutes:
                yield survey.problem(path, "it is not said how late", "write `minutes:`", key=True)


def processes(survey: Survey) -> Iterator[Problem]:
    """Processes that end in no inject, begin in no turn, or that nobody has declared."""
    scenario = survey.scenario
    declared = list(scenario.processes)
    for name, process in scenario.processes.items():
        if process.over not in scenario.injects:
            say = f'there is no inject "{process.over}"'
            advice = did_you_mean(process.over, list(scenario.injects), "injects")
            yield survey.problem(("processes", name, "over"), say, advice)
        if process.turn is not None and process.turn not in scenario.turns:
            say = f'there is no turn "{process.turn}"'
            advice = did_you_mean(process.turn, list(scenario.turns), "turns")
            yield survey.problem(("processes", name, "turn"), say, advice)
    for act in survey.acts:
        for index, process_id in enumerate(act.effect.begin):
            if process_id not in declared:
                say = f'there is no process "{process_id}"'
                advice = did_you_mean(process_id, declared, "processes")
                yield survey.problem((*act.path, "begin", index), say, advice)


def cells(survey: Survey) -> Iterator[Problem]:
    """Cells with a voice that is not there, and a lead that is no seat of control."""
    scenario = survey.scenario
    for name, seat in scenario.seats.items():
        for index, voice in enumerate(seat.voices):
            if voice not in scenario.voices:
                say = f'there is no voice "{voice}"'
                advice = did_you_mean(voice, list(scenario.voices), "voices")
                yield survey.problem(("seats", name, "voices", index), say, advice)
    control = [name for name, seat in scenario.seats.items() if seat.team == "control"]
    if scenario.lead is not None and scenario.lead not in control:
        say = f"{scenario.lead} is no seat of control"
        yield survey.problem(("lead",), say, did_you_mean(scenario.lead, control, "seats"))
