"""What travels over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rules.scenario import Capital
from rules.state import Phase, Text

Temperament = Literal["cooperative", "selfish", "random"]


class Body(BaseModel):
    """A request or an answer: nothing in it but what is declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Join(Body):
    """A link's secret, to be exchanged for a session."""

    secret: Annotated[str, Field(min_length=1, max_length=200)]


class Joined(Body):
    """A session. Without a game and a seat it is the facilitator's, for the whole house."""

    token: str
    game: str | None
    seat: str | None
    title: str


class PeopleCount(Body):
    """How many people a seminar takes."""

    least: int
    best: int
    most: int


class ScenarioListed(Body):
    """A scenario to choose. `minutes` is the whole seminar, from the brief to the hot wash.

    `plan_phase` is how many more minutes a plan phase takes, if the scenario has one.
    """

    id: str
    title: Text
    summary: Text
    minutes: int
    people: PeopleCount
    turns: int
    languages: tuple[str, ...]
    plan_phase: int | None


class NewGames(Body):
    """One game, or several parallel rooms of it; `bots` play for all capitals in each."""

    scenario: Annotated[str, Field(max_length=80)]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    rooms: Annotated[int, Field(ge=1, le=8)] = 1
    seed: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    plan_phase: bool = False
    bots: Temperament | None = None


class Twin(Body):
    """The same game once more for comparison, with a plan phase or without, with its `bots`."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    plan_phase: bool
    bots: bool = False


class Origin(Body):
    """Where a line began: in which line of which game, after which entry."""

    game: str
    title: str
    line: str
    after: int


class GameListed(Body):
    """A game and where it stands; `online` names the seats somebody is at.

    `origin` is where a second room began; `lines` counts the histories that the game has.
    `plan_phase`: it begins with one, or not; None where the scenario has none.
    """

    id: str
    title: str
    scenario: str
    phase: Phase
    turn: int
    created_at: int
    line: str
    online: tuple[str, ...]
    plan_phase: bool | None
    origin: Origin | None = None
    lines: int = 1


class LineListed(Body):
    """One history of a game and where it stands; only one of them is `played`."""

    id: str
    played: bool
    origin: Origin | None
    created_at: int
    entries: int
    phase: Phase
    turn: int


class Lines(Body):
    """The histories of a game, oldest first; whether a review has shown the seed of its dice.

    `bots` are the capitals that bots play for, or did when it ended, for the facilitator alone.
    """

    lines: tuple[LineListed, ...]
    dice_shown: bool
    bots: tuple[Capital, ...] = ()


class NewLine(Body):
    """Goes on from after an entry: in the game itself, or in a second room of this title.

    Same causes have the same dice unless they are to be fresh. The bots of a game that is gone on
    with go along; to a second room they come if asked for.
    """

    after: Annotated[int, Field(ge=1)]
    line: Annotated[str, Field(max_length=80)] | None = None
    room: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    fresh_dice: bool = False
    bots: bool = False


class Erase(Body):
    """The name to be forgotten, exactly as the person gave it."""

    name: Annotated[str, Field(min_length=1, max_length=200)]


class Erased(Body):
    """In how many lines the name stood."""

    lines: int


class NewLink(Body):
    """The seat that a link is wanted for; older links of that seat end."""

    seat: Annotated[str, Field(max_length=80)]


class LinkIssued(Body):
    """A link, shown this once; `qr` is the same as an SVG drawing."""

    id: str
    seat: str
    url: str
    qr: str


class LinkListed(Body):
    """A link as the house remembers it, whether it was used, and by whom. `url` is not kept."""

    id: str
    seat: str
    url: str | None
    created_at: int
    revoked: bool
    used: bool
    person: str | None


class Cover(Body):
    """A bot plays for an absent capital; without a temperament nobody does."""

    team: Capital
    temperament: Temperament | None


class Health(Body):
    """Whether the server is alive, and how its parts are."""

    status: Literal["ok", "unavailable"]
    version: str
    detail: str


class Problem(Body):
    """What went wrong, and what to do instead (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instead: str


class ReviewLine(Body):
    """One entry of the replay. Frames applied in order give the view at each entry."""

    seq: int
    at: int
    turn: int
    phase: Phase
    type: str
    seat: str
    frame: Mapping[str, Any]
