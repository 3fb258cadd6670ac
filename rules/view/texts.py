"""What items are called, and what a text may take up: names, options, caveats, sources."""

from collections.abc import Mapping

from .. import seen as s
from ..scenario import Doing, Option, PactOption, Scenario, StandardCaveat
from ..state import Caveat, Result, State, Text


def name_of(state: State, subject: str) -> Text:
    """What an item, a rule, a track, a decision or an inject is called."""
    book = state.book
    if subject in state.argued:
        return state.argued[subject]
    for shelf in (book.actions, book.pacts, book.rules, book.tracks):
        if subject in shelf:
            named: Text = shelf[subject].name
            return named
    if subject in book.decisions:
        return book.decisions[subject].ask
    return book.injects[subject].title


def option_of(book: Scenario, result: Result) -> Text | None:
    """What the option is called that a result took up, if it took one."""
    if result.option is None:
        return None
    asked = book.pacts if result.kind == "joint" else book.decisions
    return asked[result.item].options[result.option].name


def sources_of(book: Scenario, result: Result) -> tuple[str, ...]:
    """The sources of what a result came of."""
    if result.kind == "decision":
        return book.decisions[result.item].sources
    doing: Doing | None = book.pacts.get(result.item) or book.actions.get(result.item)
    return doing.sources if doing else ()


def option_seen(key: str, option: Option | PactOption) -> s.OptionSeen:
    """An option as printed, with the caveats that are ready for it."""
    ready = option.caveats if isinstance(option, PactOption) else {}
    return s.OptionSeen(key, option.name, option.say, standards_seen(ready))


def standards_seen(caveats: Mapping[str, StandardCaveat]) -> tuple[s.StandardSeen, ...]:
    """The scenario's own caveats, as they may be attached."""
    return tuple(
        s.StandardSeen(name, caveat.name, caveat.say, caveat.by) for name, caveat in caveats.items()
    )


def caveats_seen(
    book: Scenario, item: str, option: str | None, caveats: tuple[Caveat, ...]
) -> tuple[s.CaveatSeen, ...]:
    """The caveats in a text, in their authors' words or in the scenario's."""
    if not caveats:
        return ()
    ready = book.foreseen(item, option)
    return tuple(
        s.CaveatSeen(
            caveat.team,
            caveat.text,
            caveat.standard,
            ready[caveat.standard].name if caveat.standard else None,
            ready[caveat.standard].say if caveat.standard else None,
        )
        for caveat in caveats
    )
