"""The command line: `alliance --help` is its manual."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from rules.entry import Header, LogFileError, Row, read
from rules.reading import Problem
from rules.record import BadEntry, NewerVersion, apply, decode
from rules.schema import schema_text
from rules.state import State
from rules.verify import verify as verify_log
from rules.view import feeds_of, item, view

from .library import CannotBegin, Library, NoScenario
from .rehearse.company import CannotRehearse
from .rehearse.company import cores as all_cores
from .rehearse.compare import compare as compare_outcomes
from .rehearse.minds import Policy
from .rehearse.script import Script, Unplayable, other, script
from .rehearse.show import show, show_comparison
from .rehearse.tally import Outcome
from .rehearse.variant import CannotScale, share
from .settings import Settings
from .types import write_types

app = typer.Typer(
    name="alliance",
    help=(
        "Virtual Alliance: a server for seminar wargames. Washington, Tokyo and Seoul work through "
        "a crisis together; a facilitator runs it; everybody looks back afterwards.\n\n"
        "Start with `alliance demo` and open the address that it prints."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console()
err = Console(stderr=True)

Data = Annotated[Path, typer.Option("--data", help="The folder of the embedded database.")]
Json = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON document and nothing else on standard output."),
]
Database = Annotated[
    str | None, typer.Option("--database", help="Another database: postgresql://…, sqlite:///…")
]
Scenarios = Annotated[
    Path | None,
    typer.Option("--scenarios", help="A folder of scenarios, in place of the shipped."),
]
DATA = Path("alliance-data")
SCHEMA = Path(__file__).resolve().parent.parent / "docs" / "scenario.schema.json"


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen at; 0.0.0.0 for a seminar room's LAN.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at; 0 for any free one.")] = 8000,
    data: Data = DATA,
    public_url: Annotated[
        str | None,
        typer.Option(help="How participants reach the server, for links and QR codes."),
    ] = None,
    database: Database = None,
    scenarios: Scenarios = None,
) -> None:
    """Run the server and print the facilitator's link."""
    from . import serving

    settings = _settings(
        host=host,
        port=port,
        data=data,
        public_url=public_url,
        database=database,
        scenarios=scenarios,
    )
    _run(serving.serve(settings, out))


@app.command()
def demo(
    scenario: Annotated[str, typer.Option(help="Which scenario to play.")] = "missile",
    seed: Annotated[int | None, typer.Option(help="Dice and bots by this number.")] = None,
    speed: Annotated[
        float | None,
        typer.Option(
            min=0.1, max=600, help="Exercise seconds per second: 4 by default, 200 when headless."
        ),
    ] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="Play to the end without a browser, then exit.")
    ] = False,
    export: Annotated[
        Path | None, typer.Option(help="Write the finished game's log here (JSON Lines).")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="The port; any free one when headless.")] = None,
    public_url: Annotated[
        str | None, typer.Option(help="How participants reach the server.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="Keep the game here; a new place by default.")
    ] = None,
    scenarios: Scenarios = None,
) -> None:
    """Play a demonstration game: bots in the three capitals, and you as facilitator."""
    from . import serving

    given = serving.Demonstration(
        scenario=scenario,
        seed=seed,
        speed=speed if speed is not None else (200.0 if headless else 4.0),
        headless=headless,
        export=export,
    )
    with serving.place(data) as folder:
        settings = _settings(
            host=host,
            port=(0 if headless else 8000) if port is None else port,
            data=folder,
            public_url=public_url,
            scenarios=scenarios,
        )
        _run(serving.demonstrate(settings, given, out, err))


@app.command()
def check(
    path: Annotated[
        list[Path] | None, typer.Argument(help="Scenario folders; the shipped ones by default.")
    ] = None,
    json: Json = False,
) -> None:
    """Check scenarios: every fault at once, with file and line and what would be right."""
    library = Library()
    folders = path or [library.root / id for id in library.ids()]
    problems = [problem for folder in folders for problem in _checked(library, folder)]
    errors = sum(problem.level == "error" for problem in problems)
    if json:
        _print_json({"errors": errors, "problems": problems})
    else:
        for problem in problems:
            out.print(f"{problem.level}: {problem} [{problem.check}]", markup=False, soft_wrap=True)
        names = ", ".join(folder.resolve().name for folder in folders)
        out.print(f"{names}: {errors} errors, {len(problems) - errors} warnings", markup=False)
    if errors:
        raise typer.Exit(1)


@app.command(name="new-scenario")
def new_scenario(
    name: Annotated[str, typer.Argument(help="Its id: small letters, digits, - and _.")],
    to: Annotated[Path, typer.Option(help="The folder of scenarios that it goes into.")] = Path(
        "scenarios"
    ),
) -> None:
    """Write a small scenario that can be played as it is, to start your own from."""
    try:
        folder = Library().begin(name, to)
    except (CannotBegin, OSError) as error:
        _fail(str(error))
    out.print(f"{folder} is there. Read docs/scenarios.md beside it; then", markup=False)
    out.print(f"  alliance check {folder}", markup=False)
    out.print(f"  alliance rehearse {folder}", markup=False)
    out.print(f"  alliance demo --scenario {name} --scenarios {to}", markup=False)


@app.command()
def rehearse(
    scenario: Annotated[
        str, typer.Argument(help="A scenario on the shelf by its id, or the path of its folder.")
    ],
    games: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many games.")] = 1000,
    seed: Annotated[
        int, typer.Option(help="Dice and programs by this number: the same games every time.")
    ] = 1,
    policy: Annotated[
        Policy,
        typer.Option(help="How the capitals play; mixed draws a way for each in each game."),
    ] = "mixed",
    compare: Annotated[
        str | None,
        typer.Option(
            help="Play the same seeds otherwise too, and say what differs: by another policy, "
            "with a rule change (a .yaml file laid over the scenario), another scenario, or "
            "plan-phase: with the plan phase, or without it where --plan-phase stands."
        ),
    ] = None,
    plan_phase: Annotated[
        bool, typer.Option("--plan-phase", help="Begin with the plan phase, before the first turn.")
    ] = False,
    scale: Annotated[
        float, typer.Option(help="Multiply all changes of tracks, such as 0.75 or 1.25.")
    ] = 1.0,
    cores: Annotated[
        int | None, typer.Option(min=1, max=1024, help="How many cores to use; all by default.")
    ] = None,
    json: Json = False,
) -> None:
    """Play whole games with programs in all capitals, and report what came of them.

    How often each end, inject, action and joint action occurred, points by capital, tracks by
    turn, and length. The same seed gives the same report, on any machine and any number of cores.
    """
    try:
        by = share(scale)
        library = Library()
        first = script(
            library,
            scenario,
            policy=policy,
            games=games,
            seed=seed,
            scale=by,
            plan_phase=plan_phase,
        )
        second = None if compare is None else other(library, first, compare, by)
        one, *others = _rehearsed([first, *([second] if second else [])], cores)
    except Unplayable as unplayable:
        for problem in unplayable.problems:
            err.print(f"{problem} [{problem.check}]", markup=False, soft_wrap=True)
        _fail(str(unplayable))
    except (NoScenario, CannotScale, CannotRehearse) as error:
        _fail(str(error))
    except KeyboardInterrupt:
        err.print("alliance: stopped before the last game; nothing is reported.", markup=False)
        raise typer.Exit(130) from None
    if others:
        comparison = compare_outcomes(one, others[0])
        _print_json(comparison) if json else show_comparison(comparison, out)
    else:
        _print_json(one.report) if json else show(one.report, scenario, out)


@app.command()
def export(
    game: Annotated[str, typer.Argument(help="The game's id, as the lobby shows it.")],
    to: Annotated[Path, typer.Option("--out", help="The file to write (JSON Lines).")],
    data: Data = DATA,
    database: Database = None,
) -> None:
    """Write a game's whole log to a file that any Virtual Alliance can review."""
    settings = _settings(data=data, database=database)
    count = _run(_export(settings, game, to))
    out.print(f"{count} entries written to {to}.", markup=False)


@app.command()
def erase(
    game: Annotated[str, typer.Argument(help="The game's id, as the lobby shows it.")],
    name: Annotated[str, typer.Argument(help="The person's name, exactly as it was given.")],
    data: Data = DATA,
    database: Database = None,
) -> None:
    """Forget a person's name in every line of a game, and in the rooms that came of it.

    Everything else stays, and the log still verifies. What somebody wrote in a message is not
    looked through. A server that is running shows the name until it is started again.
    """
    settings = _settings(data=data, database=database)
    lines = _run(_erase(settings, game, name))
    if not lines:
        _fail(f"Nobody in game {game} is called that. Write the name exactly as it was given.")
    out.print(f"The name has been removed from {lines} lines.", markup=False)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A log made by `alliance export`.")],
    data: Data = DATA,
    database: Database = None,
) -> None:
    """Take in a log from elsewhere; it can be reviewed, and played on from where it stopped."""
    header, rows = _read(file)
    settings = _settings(data=data, database=database)
    game = _run(_adopt(settings, header, rows))
    out.print(f"{len(rows)} entries taken in as game {game}.", markup=False)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A log made by `alliance export`.")],
    json: Json = False,
) -> None:
    """Check a log: its chain, its dice, and whether today's rules decide alike.

    Exit status 1 if the chain is broken or the dice are not from the seed. Rules that would decide
    otherwise today are reported, and are no offence.
    """
    header, rows = _read(file)
    with _progress("verifying", len(rows)) as advance:
        report = verify_log(header, rows, advance)
    if json:
        _print_json(
            {
                "sound": report.sound,
                "entries": report.entries,
                "head": report.head,
                "findings": report.findings,
            }
        )
    else:
        for part in ("chain", "dice", "rules"):
            said = [finding.say for finding in report.findings if finding.part == part]
            out.print(f"{part}: {said[0] if said else 'as it should be'}", markup=False)
        out.print(f"{report.entries} entries, head {report.head}", markup=False, soft_wrap=True)
    if not report.sound:
        raise typer.Exit(1)


@app.command(name="view")
def view_(
    file: Annotated[Path, typer.Argument(help="A log made by `alliance export`.")],
    at: Annotated[int, typer.Option(help="After this entry.")],
    seat: Annotated[str, typer.Option(help="Whose eyes, such as tokyo.leader.")],
    json: Json = False,
) -> None:
    """Show what a seat saw after an entry."""
    _, rows = _read(file)
    if not 1 <= at <= len(rows):
        _fail(f"The log has entries 1 to {len(rows)}; {at} is none of them.")
    state = _state_at(rows, at)
    if seat not in state.book.seats:
        _fail(f"There is no seat {seat}. Seats: {', '.join(state.book.seats)}.")
    if json:
        eyes = state.book.seats[seat].sees
        feeds = {
            name: [item(state, raw, eyes) for raw in state.feeds.get(feed, ())]
            for name, feed in feeds_of(state, seat).items()
        }
        _print_json({"at": at, "seat": seat, "view": view(state, seat), "feeds": feeds})
    else:
        _print_view(state, seat, at)


@app.command()
def types(
    to: Annotated[Path | None, typer.Option("--out", help="Where to write them.")] = None,
) -> None:
    """Write what is generated: the web client's types, and the schema for editors."""
    err.print(f"{write_types(to)} is up to date.", markup=False)
    if to is None:
        SCHEMA.parent.mkdir(exist_ok=True)
        SCHEMA.write_text(schema_text())
        err.print(f"{SCHEMA} is up to date.", markup=False)


def main() -> None:
    """What the `alliance` command runs."""
    app()


def _settings(**given: Any) -> Settings:
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        _fail(f"--{'-'.join(map(str, first['loc'])).replace('_', '-')}: {first['msg']}.")


def _run(work: Any) -> Any:
    """The work's result; what went wrong is said in a sentence."""
    from .house import BadLog
    from .serving import CannotServe
    from .store import StoreUnavailable

    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except (CannotServe, StoreUnavailable, BadLog, LookupError) as error:
        _fail(str(error.args[0] if isinstance(error, KeyError) else error))


def _fail(say: str) -> NoReturn:
    err.print(f"alliance: {say}", markup=False, soft_wrap=True)
    raise typer.Exit(2)


def _rehearsed(scripts: list[Script], cores: int | None) -> list[Outcome]:
    """What came of each rehearsal, under one bar."""
    done, played = 0, list[Outcome]()
    with _progress("rehearsing", sum(each.what.games for each in scripts)) as advance:
        for each in scripts:
            played.append(each.played(cores or all_cores(), partial(_further, advance, done)))
            done += each.what.games
    return played


def _further(advance: Callable[[int], None], before: int, done: int) -> None:
    advance(before + done)


def _checked(library: Library, folder: Path) -> list[Problem]:
    if not folder.is_dir():
        _fail(f"{folder} is no folder. Name a scenario's folder, such as scenarios/missile.")
    return list(library.read(folder).problems)


def _read(file: Path) -> tuple[Header, list[Row]]:
    try:
        with file.open("rb") as lines:
            return read(lines)
    except OSError as error:
        _fail(f"{file} cannot be read: {error.strerror}.")
    except LogFileError as error:
        _fail(f"{file}: {error.message}")


def _state_at(rows: list[Row], at: int) -> State:
    state = State()
    try:
        for row in rows[:at]:
            state = apply(state, decode(row), row.hash)
    except (NewerVersion, BadEntry) as error:
        _fail(str(error))
    return state


def _print_json(document: object) -> None:
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")


def _print_view(state: State, seat: str, at: int) -> None:
    now = view(state, seat)
    language = state.book.languages[0]
    out.print(f"{now.game.name[language]}: {seat} after entry {at}", markup=False)
    out.print(f"phase {now.now.phase}, turn {now.now.turn} of {now.game.turns}", markup=False)
    table = Table("track", "value", "in words")
    for track in now.tracks:
        value = track.value if track.value is not None else f"{track.low} to {track.high}"
        table.add_row(track.name[language], f"{value}", track.word[language] if track.word else "")
    out.print(table)


async def _export(settings: Settings, game: str, to: Path) -> int:
    from .house import House
    from .serving import export

    async with House.open(settings) as house:
        return await export(house, game, to, by="the command line")


async def _adopt(settings: Settings, header: Header, rows: list[Row]) -> str:
    from .house import House

    async with House.open(settings) as house:
        return (await house.adopt(header, rows)).id


async def _erase(settings: Settings, game: str, name: str) -> int:
    from .house import House

    async with House.open(settings) as house:
        return await house.erase(game, name)


@contextmanager
def _progress(what: str, total: int) -> Iterator[Any]:
    """A bar on standard error while work goes on; told how much is done."""
    bar = Progress(
        SpinnerColumn(),
        *Progress.get_default_columns(),
        TextColumn("{task.completed}"),
        console=err,
    )
    with bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


if __name__ == "__main__":
    main()
