"""What a seat may see. The only road from State to a socket.

A view is built up from nothing, section by section; what is not copied here is not seen. Each
section names the parts of the state it reads and whose it is, so that seats with the same eyes
share the work and a part that has not changed is not looked at again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from .. import seen as s
from ..may import commands_for
from ..state import State
from . import desk, feeds, game, health, menu, orders, sheet, table, talk, world
from .feeds import feeds_of, item

__all__ = ["SECTIONS", "Section", "feeds_of", "item", "view"]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the view: what it reads, whose it is, and how it is made.

    `build` is given the state and a key, which is all it may depend on: nothing, the eyes, or
    the seat.
    """

    name: str
    reads: tuple[str, ...]
    by: Literal["all", "eyes", "seat"]
    build: Callable[[State, str], Any]

    def key(self, state: State, seat: str) -> str:
        """Whose section a seat gets."""
        match self.by:
            case "all":
                return ""
            case "eyes":
                return state.book.seats[seat].sees
            case "seat":
                return seat


def view(state: State, seat: str) -> s.View:
    """The state as `seat` may see it."""
    return s.View(**{part.name: part.build(state, part.key(state, seat)) for part in SECTIONS})


_STATIC = ("scenario",)
_FACTS = ("scenario", "tracks", "flags", "plan", "turn")
_PURSE = ("scenario", "turn", "orders", "arguments", "proposals", "points", "holds")
_MENU = (
    *_FACTS,
    "plan_phase",
    "orders",
    "arguments",
    "proposals",
    "uses",
    "points",
    "deferred",
    "holds",
)
_SETTLING = (*_MENU, "argued", "phase", "desk", "choices", "notes", "assets")

SECTIONS: tuple[Section, ...] = (
    Section("game", ("scenario", "title", "commitment", "plan_phase"), "all", game.game_seen),
    Section("me", ("scenario", "people", "authority"), "seat", game.me_seen),
    Section("sources", _STATIC, "all", game.sources_seen),
    Section("rules", _STATIC, "all", game.rules_seen),
    Section("brief", _STATIC, "eyes", game.brief_seen),
    Section("objectives", _FACTS, "eyes", game.objectives_seen),
    Section("deck", _STATIC, "eyes", menu.deck_seen),
    Section("offers", (*_MENU, "styles"), "eyes", menu.offers_seen),
    Section("can", ("scenario", "phase", "authority", "holds"), "seat", commands_for),
    Section(
        "clock",
        ("scenario", "clock", "stopped", "opened", "deadline", "automatic", "holds", "grace"),
        "eyes",
        game.clock_seen,
    ),
    Section(
        "now",
        ("scenario", "phase", "turn", "plan_phase", "banner", "away", "review"),
        "all",
        game.now_seen,
    ),
    Section("roster", ("scenario", "people", "names"), "all", game.roster_seen),
    Section(
        "tracks",
        ("scenario", "tracks", "turn_tracks", "estimates", "told", "turn"),
        "eyes",
        world.tracks_seen,
    ),
    Section("terms", _STATIC, "eyes", world.terms_seen),
    Section(
        "inject_marks",
        ("scenario", "sent", "reads", "recalled", "owed"),
        "seat",
        feeds.inject_marks_seen,
    ),
    Section("orders", ("scenario", "orders"), "eyes", orders.orders_seen),
    Section("arguments", ("scenario", "arguments"), "eyes", orders.arguments_seen),
    Section("amended", ("scenario", "amended"), "eyes", orders.amended_seen),
    Section("styles", ("scenario", "turn", "styles"), "eyes", desk.styles_seen),
    Section("budget", (*_PURSE, "ready", "plan_phase"), "eyes", menu.budget_seen),
    Section("table", ("scenario", "proposals", "deadline", "plan"), "eyes", table.table_seen),
    Section("plan", ("scenario", "plan", "harmonised"), "eyes", table.plan_seen),
    Section("decisions", ("scenario", "turn", "choices"), "eyes", menu.decisions_seen),
    Section("map", ("scenario", "assets", "turn"), "eyes", world.map_seen),
    Section("rooms", ("scenario", "authority", "holds", "channels"), "seat", talk.rooms_seen),
    Section("requests", ("scenario", "requests"), "eyes", talk.requests_seen),
    Section("finish", ("scenario", "finish", "review", "seed"), "eyes", game.finish_seen),
    Section("seals", ("seals",), "all", game.seals_seen),
    Section(
        "sheet",
        (*_FACTS, "sheet", "opened", "sensitive", "owed", "processes"),
        "eyes",
        sheet.sheet_seen,
    ),
    Section("desk", _SETTLING, "eyes", desk.desk_seen),
    Section("forecast", _SETTLING, "eyes", desk.forecast_seen),
    Section(
        "health",
        (
            *_PURSE,
            "plan",
            "ready",
            "authority",
            "sent",
            "reads",
            "recalled",
            "spoke",
            "deadline",
            "grace",
        ),
        "eyes",
        health.health_seen,
    ),
    Section("mark_words", ("scenario", "mark_words"), "eyes", feeds.mark_words_seen),
    Section("underway", ("scenario", "underway"), "eyes", talk.underway_seen),
    Section("processes", ("scenario", "processes"), "eyes", world.processes_seen),
)
"""Every section of the view, in the order of `View`'s fields."""
