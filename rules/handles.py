"""The names of things that come up in play.

A handle tells nothing: it depends on the seed and on what its own readers know, never on how
much has happened elsewhere. Ids, counts and order are information too.
"""

from hashlib import sha256

from .state import State


def handle(state: State, kind: str, of: str) -> str:
    """A new handle for the next thing of this kind among those of the same owner."""
    owner = f"{kind}/{of}"
    return _digest(state, f"{owner}/{state.counts.get(owner, 0)}")


def between(team: str, to: tuple[str, ...]) -> str:
    """The owner of what one team says to some and not to others: only these may count it."""
    return f"{team}>{'+'.join(sorted(to))}"


def counted(state: State, kind: str, of: str) -> dict[str, int]:
    """The counts with one more thing of this kind and owner."""
    owner = f"{kind}/{of}"
    return {**state.counts, owner: state.counts.get(owner, 0) + 1}


def _digest(state: State, text: str) -> str:
    return sha256(f"{state.seed}/{state.salt}/handle/{text}".encode()).hexdigest()[:12]
