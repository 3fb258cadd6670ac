"""How likely a roll is, as far as these eyes may know."""

from .. import seen as s
from ..dice import chances
from ..reckon import names_read
from ..scenario import Doing, Scenario
from ..sight import sees_name
from ..state import Odds, State


def chance_seen(
    state: State, doing: Doing | None, rolled: Odds | None, eyes: str
) -> s.Chance | None:
    """The chances of a roll with the modifiers whose inputs these eyes may see."""
    if rolled is None:
        return None
    book = state.book
    known = [
        odd for odd in rolled.modifiers if all(sees_name(book, name, eyes) for name in odd.inputs)
    ]
    counts = chances(rolled.target, sum(odd.add for odd in known))
    return s.Chance(
        target=rolled.target,
        modifiers=tuple(
            s.OddSeen(
                odd.why or None,
                book.rules[odd.why].name if odd.why else None,
                odd.add,
                odd.inputs,
            )
            for odd in known
        ),
        more=doing is not None and _more(book, doing, eyes),
        **counts,
    )


def _more(book: Scenario, doing: Doing, eyes: str) -> bool:
    """Whether a modifier that these eyes cannot follow may count in such a roll."""
    sources: list[str | int | None] = []
    if doing.roll is not None:
        sources += [own.when for own in doing.roll.modifiers]
    for rule in book.rules.values():
        for modifier in rule.modifiers:
            if not modifier.tags or not set(modifier.tags).isdisjoint(doing.tags):
                sources += [modifier.when, modifier.add]
    return any(
        not sees_name(book, name, eyes)
        for source in sources
        if isinstance(source, str) and "{" not in source
        for name in names_read(book.names, source)
    )
