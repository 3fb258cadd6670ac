"""The server over HTTP: sessions, games, links, export and import, review."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from importlib.metadata import version
from time import monotonic
from types import MappingProxyType
from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse
from msgspec.structs import replace

from rules import entry
from rules.decide import HOUSE
from rules.record import BadEntry, NewerVersion
from rules.scenario import CAPITALS, Capital, Eyes, Scenario
from rules.state import State

from .auth import LEAD, Denied, Holder, Issued, for_link
from .bodies import (
    Cover,
    Erase,
    Erased,
    GameListed,
    Health,
    Join,
    Joined,
    LineListed,
    Lines,
    LinkIssued,
    LinkListed,
    NewGames,
    NewLine,
    NewLink,
    Origin,
    PeopleCount,
    Problem,
    ReviewLine,
    ScenarioListed,
    Temperament,
    Twin,
)
from .games import Game, Line
from .house import Covers, House
from .lines import folded
from .problem import Trouble
from .review import replay, seat_with
from .session import NotServing, Session
from .store import StoreUnavailable

TITLE = "Virtual Alliance"
JSON_LINES = "application/jsonl"

router = APIRouter(prefix="/api", responses={"default": {"model": Problem}})


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


async def _holder(
    house: Annotated[House, Depends(_house)],
    authorization: Annotated[str, Header()] = "",
) -> Holder:
    """Whom the request speaks for."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Trouble(
            401,
            "no_session",
            "This needs a session.",
            "Open the link you were given, and send its session as `Authorization: Bearer …`.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return await house.auth.holder(token)


Housed = Annotated[House, Depends(_house)]
Held = Annotated[Holder, Depends(_holder)]


async def _facilitator(holder: Held) -> Holder:
    """The holder, if it is the facilitator."""
    if not holder.house:
        raise _NOT_YOURS
    return holder


async def _runner(id: str, holder: Held) -> Holder:
    """The holder, if it may run this game."""
    if not holder.house and (holder.game, holder.seat) != (id, LEAD):
        raise _NOT_YOURS
    return holder


_NOT_YOURS = Trouble(
    403,
    "not_yours",
    "This session may not do that.",
    "Open the facilitator's own link, or the seat of the lead facilitator.",
)

Facilitator = Annotated[Holder, Depends(_facilitator)]
Runner = Annotated[Holder, Depends(_runner)]


class Guesses:
    """Wrong secrets by client address: a few are slips, many are guessing."""

    ALLOWED, WITHIN, KEPT = 10, 60.0, 10_000

    def __init__(self) -> None:
        self._wrong = dict[str, list[float]]()

    def check(self, client: str) -> None:
        """Raises `Trouble` for a client that guesses."""
        recent = [at for at in self._wrong.get(client, ()) if monotonic() - at < self.WITHIN]
        if len(recent) >= self.ALLOWED:
            raise Trouble(
                429,
                "too_many_guesses",
                "Too many wrong links came from this address.",
                "Wait a minute, then open the link exactly as it was given.",
                headers={"Retry-After": str(int(self.WITHIN))},
            )

    def note(self, client: str) -> None:
        """Counts one more; of the clients only the latest are kept."""
        recent = [at for at in self._wrong.pop(client, ()) if monotonic() - at < self.WITHIN]
        self._wrong[client] = [*recent[-self.ALLOWED :], monotonic()]
        while len(self._wrong) > self.KEPT:
            del self._wrong[next(iter(self._wrong))]


@router.post("/session", tags=["session"])
async def exchange(body: Join, request: Request, house: Housed) -> Joined:
    """Exchanges a link's secret for a session."""
    guesses: Guesses = request.app.state.guesses
    client = request.client.host if request.client else ""
    guesses.check(client)
    try:
        token, holder = await house.auth.exchange(body.secret)
    except Denied:
        guesses.note(client)
        raise
    if holder.game is None:
        return Joined(token=token, game=None, seat=None, title=TITLE)
    title = (await house.games.find(holder.game)).title
    return Joined(token=token, game=holder.game, seat=holder.seat, title=title)


@router.get("/scenarios", tags=["games"])
async def scenarios(house: Housed, _: Facilitator) -> list[ScenarioListed]:
    """The scenarios that can be played."""
    parsed = await run_in_threadpool(lambda: list(map(house.library.load, house.library.ids())))
    return [_scenario(each.scenario) for each in parsed if each.scenario is not None]


def _scenario(book: Scenario) -> ScenarioListed:
    people = book.people
    play = sum(turn.minutes for turn in book.turns.values())
    return ScenarioListed(
        id=book.id,
        title=book.title,
        summary=book.summary,
        minutes=people.brief_minutes + play + people.hot_wash_minutes,
        people=PeopleCount(least=people.least, best=people.best, most=people.most),
        turns=len(book.turns),
        languages=book.languages,
        plan_phase=book.plan_phase.minutes if book.plan_phase else None,
    )


@router.get("/games", tags=["games"])
async def games(house: Housed, _: Facilitator) -> list[GameListed]:
    """All games of the house, newest first."""
    every = await house.games.all()
    lines, titles = await house.games.lines(), {game.id: game.title for game in every}
    listed = [await _listed(house, game, lines, titles) for game in every]
    return [game for game in listed if game is not None]


async def _listed(
    house: House,
    game: Game,
    lines: Sequence[Line] = (),
    titles: Mapping[str, str] = MappingProxyType({}),
) -> GameListed | None:
    """A game and where it stands; none if this server cannot read it."""
    try:
        state = (await house.session(game.line)).state
    except (NewerVersion, BadEntry):
        return None
    own = [line for line in lines if line.game == game.id]
    return GameListed(
        id=game.id,
        title=game.title,
        scenario=game.scenario,
        phase=state.phase,
        turn=state.turn,
        created_at=game.created_at,
        line=game.line,
        online=house.table(game.id).online,
        plan_phase=state.plan_phase if state.book.plan_phase else None,
        origin=_origin(own[0], lines, titles) if own else None,
        lines=max(1, len(own)),
    )


def _origin(line: Line, lines: Sequence[Line], titles: Mapping[str, str]) -> Origin | None:
    """Where a line began, if it began in another."""
    parent = next((each for each in lines if each.id == line.parent), None)
    if parent is None or line.after is None:
        return None
    title = titles.get(parent.game, "")
    return Origin(game=parent.game, title=title, line=parent.id, after=line.after)


@router.get("/games/{id}/lines", tags=["lines"])
async def lines(id: str, house: Housed, holder: Held) -> Lines:
    """The histories of a game, and where each began."""
    session = await _reviewable(house, id, holder)
    game = await house.games.find(id)
    every = await house.games.lines()
    titles = {each.id: each.title for each in await house.games.all() if holder.house}
    listed = []
    for line in every:
        if line.game == id:
            rows = await house.log.read(line.id)
            state = session.state if line.id == game.line else await folded(rows)
            listed.append(
                LineListed(
                    id=line.id,
                    played=line.id == game.line,
                    origin=_origin(line, every, titles),
                    created_at=line.created_at,
                    entries=len(rows),
                    phase=state.phase,
                    turn=state.turn,
                )
            )
    bots = await house.covers.seated(id) if holder.house and house.covers else {}
    return Lines(
        lines=tuple(listed),
        dice_shown=await house.dice_shown(game),
        bots=tuple(team for team in CAPITALS if team in bots),
    )


@router.post("/games/{id}/lines", tags=["lines"], status_code=201)
async def begin_line(id: str, body: NewLine, house: Housed, holder: Runner) -> GameListed | None:
    """Goes on from after an entry, with the clock still; a second room is the facilitator's."""
    if body.room is None:
        game = await house.branch(id, body.after, line=body.line, fresh=body.fresh_dice)
    elif not holder.house:
        raise _NOT_YOURS
    else:
        came = await _seated(house, id, asked=body.bots)
        game = await house.split(id, body.after, body.room, line=body.line, fresh=body.fresh_dice)
        await _seat(house, game.id, came)
    titles = {each.id: each.title for each in await house.games.all() if holder.house}
    return await _listed(house, game, await house.games.lines(), titles)


@router.post("/games/{id}/erase", tags=["games"])
async def erase(id: str, body: Erase, house: Housed, _: Facilitator) -> Erased:
    """Forgets a person's name in all lines of a game and of the rooms that came of it."""
    return Erased(lines=await house.erase(id, body.name))


@router.post("/games", tags=["games"], status_code=201)
async def open_games(body: NewGames, house: Housed, _: Facilitator) -> list[GameListed]:
    """Opens a game, or several parallel rooms of it."""
    parsed = await run_in_threadpool(house.library.load, body.scenario)
    if parsed.scenario is None:
        raise Trouble(
            422,
            "faulty_scenario",
            f"The scenario {body.scenario} has faults: {parsed.problems[0]}",
            "Correct it; `alliance check` names all of them.",
        )
    _check_plan_phase(parsed.scenario, asked=body.plan_phase)
    bots: Mapping[Capital, Temperament] = {}
    if body.bots is not None:
        _bots(house)  # none: then no room either
        bots = dict.fromkeys(CAPITALS, body.bots)
    opened = []
    for room in range(1, body.rooms + 1):
        title = body.title if body.rooms == 1 else f"{body.title} {room}"
        game = await house.open_game(
            parsed.document, title, body.seed or "", plan_phase=body.plan_phase
        )
        await _seat(house, game.id, bots)
        opened.append(game)
    return [listed for game in opened if (listed := await _listed(house, game))]


@router.post("/games/{id}/twin", tags=["games"], status_code=201)
async def twin(id: str, body: Twin, house: Housed, _: Facilitator) -> GameListed | None:
    """Opens the same scenario with the same dice and seats, to be compared with this game."""
    _check_plan_phase((await house.current(id)).state.book, asked=body.plan_phase)
    came = await _seated(house, id, asked=body.bots)
    game = await house.open_twin(id, body.title, plan_phase=body.plan_phase)
    await _seat(house, game.id, came)
    return await _listed(house, game)


def _check_plan_phase(book: Scenario, *, asked: bool) -> None:
    if asked and book.plan_phase is None:
        raise Trouble(
            422,
            "no_plan_phase",
            f"The scenario {book.id} has no plan phase.",
            "Open it without one, or write `plan_phase` into the scenario.",
        )


@router.post("/games/{id}/enter", tags=["games"])
async def enter(id: str, house: Housed, holder: Facilitator) -> Joined:
    """The facilitator takes the lead seat of a game, beside whoever was invited to it."""
    game = await house.games.find(id)
    token, lead = await house.auth.admit(id, LEAD, for_link(holder.link))
    return Joined(token=token, game=id, seat=lead.seat, title=game.title)


@router.get("/games/{id}/links", tags=["links"])
async def links(id: str, house: Housed, _: Runner) -> list[LinkListed]:
    """The invitations to a game, without their secrets."""
    state = (await house.current(id)).state
    return [
        LinkListed(
            id=link.id,
            seat=link.seat,
            url=None,
            created_at=link.created_at,
            revoked=link.revoked_at is not None,
            used=link.used,
            person=state.names.get(link.id),
        )
        for link in await house.auth.links(id)
        if not link.note
    ]


@router.post("/games/{id}/links", tags=["links"], status_code=201)
async def invite(id: str, body: NewLink, request: Request, house: Housed, _: Runner) -> LinkIssued:
    """A new link to a seat; older ones end, and whoever came by them."""
    if body.seat not in (await house.current(id)).state.book.seats:
        raise Trouble(404, "no_seat", f"There is no seat {body.seat}.", "See the game's roster.")
    return _issued(await house.invite(id, body.seat), _address(house, request))


@router.post("/games/{id}/links/all", tags=["links"], status_code=201)
async def invite_all(id: str, request: Request, house: Housed, _: Runner) -> list[LinkIssued]:
    """New links to all seats but those that somebody has come to by the present one."""
    state = (await house.current(id)).state
    taken = {
        link.seat
        for link in await house.auth.links(id)
        if link.used and link.revoked_at is None and not link.note
    }
    address = _address(house, request)
    free = [seat for seat in state.book.seats if seat not in taken]
    return [_issued(await house.invite(id, seat), address) for seat in free]


@router.delete("/games/{id}/links/{link}", tags=["links"], status_code=204)
async def uninvite(id: str, link: str, house: Housed, _: Runner) -> None:
    """Takes a link back without a new one; whoever came by it has to leave at once."""
    await house.uninvite(id, link)


def _address(house: House, request: Request) -> str:
    """How participants reach the server."""
    return (house.settings.public_url or str(request.base_url)).rstrip("/")


def _issued(issued: Issued, address: str) -> LinkIssued:
    url = f"{address}/#{issued.secret}"  # a fragment is in no server's log
    qr = segno.make(url, error="m", micro=False).svg_inline(border=2, light="#fff", omitsize=True)
    return LinkIssued(id=issued.id, seat=issued.seat, url=url, qr=qr)


@router.get("/games/{id}/cover", tags=["games"])
async def covered(id: str, house: Housed, _: Runner) -> list[Cover]:
    """The capitals that bots play for."""
    await house.games.find(id)
    return _covered(_bots(house), id)


@router.post("/games/{id}/cover", tags=["games"])
async def cover(id: str, body: Cover, house: Housed, _: Runner) -> list[Cover]:
    """Lets a bot play for a capital, or no longer."""
    await house.games.find(id)
    bots = _bots(house)
    await bots.cover(id, body.team, body.temperament)
    return _covered(bots, id)


async def _seated(house: House, id: str, *, asked: bool) -> Mapping[Capital, Temperament]:
    """The bots of a game that are asked for in another; none if they are not."""
    return await _bots(house).seated(id) if asked else {}


async def _seat(house: House, id: str, bots: Mapping[Capital, Temperament]) -> None:
    for team, temperament in bots.items():
        await _bots(house).cover(id, team, temperament)


def _bots(house: House) -> Covers:
    if house.covers is None:
        raise Trouble(503, "no_bots", "This server has no bots.", "Cover the seats by hand.")
    return house.covers


def _covered(bots: Covers, id: str) -> list[Cover]:
    return [Cover(team=team, temperament=kind) for team, kind in bots.covered(id).items()]


@router.get("/games/{id}/export", tags=["log"], response_class=StreamingResponse)
async def export(id: str, house: Housed, holder: Runner) -> StreamingResponse:
    """The game's log as JSON Lines. Of a game that is not over, this is an entry itself."""
    header, rows = await house.leave(id, HOUSE if holder.house else holder.seat)
    lines = entry.write(header, rows)
    return StreamingResponse(
        _in_pieces(lines),
        media_type=JSON_LINES,
        headers={"Content-Disposition": f'attachment; filename="{id}.jsonl"'},
    )


async def _in_pieces(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    for line in lines:
        yield line


@router.post(
    "/import",
    tags=["log"],
    status_code=201,
    openapi_extra={"requestBody": {"content": {JSON_LINES: {"schema": {"type": "string"}}}}},
)
async def adopt(
    request: Request,
    house: Housed,
    _: Facilitator,
    note: Annotated[str, Query(max_length=40)] = "",
) -> GameListed | None:
    """Takes in an exported log as a game of its own, with its clock still.

    `note` stands behind the title in brackets, to tell the game from its original.
    """
    body = await request.body()
    header, rows = await run_in_threadpool(entry.read, body.splitlines())
    noted = f" ({note})" if note else ""
    if not header.title.endswith(noted):
        header = replace(header, title=header.title + noted)
    return await _listed(house, await house.adopt(header, rows))


@router.get(
    "/review/{game}",
    tags=["log"],
    response_class=StreamingResponse,
    responses={200: {"content": {JSON_LINES: {"schema": ReviewLine.model_json_schema()}}}},
)
async def review(
    game: str, house: Housed, holder: Held, eyes: Eyes = "public", line: str | None = None
) -> StreamingResponse:
    """A line of a game, entry by entry, through the eyes of control, of a capital or of nobody.

    Without a line it is the one that is played.
    """
    session = await _reviewable(house, game, holder)
    seat = seat_with(session.state.book, eyes)
    if seat is None:
        raise Trouble(404, "no_eyes", f"No seat sees as {eyes}.", "Choose other eyes.")
    rows = await house.rows(game, line or session.line)
    return StreamingResponse(replay(rows, seat), media_type=JSON_LINES)


async def _reviewable(house: House, game: str, holder: Holder) -> Session:
    """The line of a game that is played, if its holder may look back on the game."""
    if not holder.house and holder.game != game:
        raise _NOT_YOURS
    session = await house.current(game)
    _check_review(session.state, holder)
    return session


def _check_review(state: State, holder: Holder) -> None:
    """Control may look back at any time; everybody else once control has opened the review."""
    if holder.house or state.review or state.book.seats[holder.seat].team == "control":
        return
    raise Trouble(
        403, "review_closed", "The review is not open yet.", "Wait for control to open it."
    )


@router.get("/health", tags=["operation"])
async def health() -> Health:
    """Whether the server is alive."""
    return Health(status="ok", version=VERSION, detail="")


@router.get("/ready", tags=["operation"], responses={503: {"model": Health}})
async def ready(house: Housed) -> Response:
    """Whether the server can serve: its database answers, its clock is right, its games go on."""
    try:
        await house.games.all()
        house.pulse.now()
        why = "" if house.ready.is_set() else "Games are still being loaded."
    except (StoreUnavailable, NotServing) as error:
        why = str(error)
    body = Health(status="unavailable" if why else "ok", version=VERSION, detail=why)
    return JSONResponse(body.model_dump(), 503 if why else 200)


VERSION = version("virtual-alliance")
