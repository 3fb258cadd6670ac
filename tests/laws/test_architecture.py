"""The shape of the code, read from the code itself: who imports whom, and what the rules never do.

Each test here is named by an invariant in docs/architecture.md.
"""

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from server import store
from server.bus import Bus
from server.frames import Sent

ROOT = Path(__file__).resolve().parents[2]

THIRD_PARTIES = {"msgspec", "pydantic", "pydantic_core", "yaml", "cel_expr_python"}
PURE = {
    "collections",
    "copy",
    "dataclasses",
    "difflib",
    "fnmatch",
    "functools",
    "hashlib",
    "itertools",
    "json",
    "operator",
    "pathlib",
    "re",
    "types",
    "typing",
}
"""What of the standard library the rules use: nothing in it knows the time, chance or the world."""

# each may use what stands before it, and nothing that stands after it
ARROWS = ("state", "commands events", "evolve", "may", "decide view")


@cache
def trees(folder: str) -> Mapping[str, ast.Module]:
    """The modules of a folder by their full names."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text("utf-8")
        )
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def imports(module: str, tree: ast.AST) -> Iterator[tuple[str, str]]:
    """What a module imports: the full name of a module, and the name taken from it, if any."""
    package = module if (ROOT / module.replace(".", "/")).is_dir() else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            parts = [*above, *([node.module] if node.module else [])] if node.level else []
            source = ".".join(parts) or str(node.module)
            yield from ((source, alias.name) for alias in node.names)


@cache
def uses(folder: str) -> Mapping[str, frozenset[str]]:
    """Which modules of a folder each module of it imports."""
    own = trees(folder)
    return {
        module: frozenset(
            name
            for source, taken in imports(module, tree)
            for name in (f"{source}.{taken}", source)
            if name in own and name not in (folder, module)
        )
        for module, tree in own.items()
    }


def reach(module: str, folder: str = "rules") -> set[str]:
    """A module and all that it imports, directly or not."""
    found, waiting = set[str](), [module]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += uses(folder)[here]
    return found


def packages(modules: set[str]) -> set[str]:
    """The files or folders right under the rules that modules stand in."""
    return {module.split(".")[1] for module in modules if module != "rules"}


DECIDING = sorted(reach("rules.decide") | reach("rules.due") | reach("rules.view"))
"""What a game is played with; the rest of the rules reads and checks scenario files and logs."""


def test_the_rules_import_nothing_that_could_act_on_the_world() -> None:
    taken = {
        source.partition(".")[0]
        for module, tree in trees("rules").items()
        for source, _ in imports(module, tree)
    }
    assert taken <= {"rules"} | THIRD_PARTIES | PURE
    assert taken >= THIRD_PARTIES | PURE, "the list names what is no longer used"


def test_paths_in_the_rules_are_only_names() -> None:
    taken = {
        name
        for module, tree in trees("rules").items()
        for source, name in imports(module, tree)
        if source == "pathlib"
    }
    assert taken <= {"PurePosixPath"}


def test_the_rules_know_nothing_of_the_server() -> None:
    for module, tree in trees("rules").items():
        assert not [s for s, _ in imports(module, tree) if s.partition(".")[0] == "server"], module


def test_imports_in_the_rules_make_no_circle() -> None:
    tuple(TopologicalSorter(uses("rules")).static_order())  # a circle would raise


def test_imports_in_the_rules_run_one_way() -> None:
    for place, layer in enumerate(ARROWS):
        above = {f"rules.{name}" for names in ARROWS[place + 1 :] for name in names.split()}
        beside = {f"rules.{name}" for name in layer.split()}
        for name in layer.split():
            reached = {f"rules.{inner}" for inner in packages(reach(f"rules.{name}")) - {name}}
            assert not reached & above, f"{name} reaches up"
            assert not reached & beside, f"{name} reaches across"


def test_play_reads_no_files() -> None:
    """What a game is played with neither reads scenario files nor checks them."""
    readers = {"rules.nodes", "rules.reading", "rules.mending", "rules.shape", "rules.schema"}
    assert not set(DECIDING) & readers
    assert "checks" not in packages(set(DECIDING))


def test_one_place_evaluates_expressions_and_one_reads_yaml() -> None:
    def importers(library: str) -> set[str]:
        return {
            module
            for module, tree in trees("rules").items()
            if any(source.partition(".")[0] == library for source, _ in imports(module, tree))
        }

    assert importers("cel_expr_python") == {"rules.expression"}
    assert importers("yaml") == {"rules.nodes"}


FORBIDDEN = {
    *("open", "print", "input", "exec", "eval", "compile", "__import__"),
    *("globals", "locals", "vars", "id", "breakpoint"),
}


@pytest.mark.parametrize("module", sorted(trees("rules")))
def test_the_rules_touch_nothing_outside(module: str) -> None:
    """No file, no terminal, no code out of text, and no address of an object in memory."""
    for node in ast.walk(trees("rules")[module]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN, f"{module}:{node.lineno}: {node.func.id}"
        waits = isinstance(node, ast.Global | ast.Await | ast.AsyncFunctionDef)
        assert not waits, f"{module}: {ast.unparse(node)}"


@pytest.mark.parametrize("module", sorted(trees("rules")))
def test_the_rules_hash_no_text_with_a_salt_of_the_process(module: str) -> None:
    """`hash` of a text differs from process to process; only `__hash__` itself may call it."""
    tree = trees("rules")[module]
    excused = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "__hash__"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "hash" and isinstance(node.ctx, ast.Load):
            assert node in excused, f"{module}:{node.lineno}"


@pytest.mark.parametrize("module", DECIDING)
def test_no_order_comes_from_a_set(module: str) -> None:
    """Nothing goes through a set item by item, unless the order cannot matter."""
    found = sorted(set(_walks_of_sets(trees("rules")[module])))
    assert not found, f"{module}: lines {found} go through a set: put `sorted` around it"


UNORDERED = {"all", "any", "set", "frozenset", "sorted", "sum", "min", "max", "len"}
"""What gives the same whatever order its argument comes in."""

LOOKED_UP = "{name: self._values[name] for name in expression.names}"
"""The one map made of a set in `rules/expression.py`: the evaluator looks names up in it."""


def _walks_of_sets(tree: ast.Module) -> Iterator[int]:
    safe = {
        argument
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in UNORDERED
        for argument in node.args
    }
    safe |= {item for node in ast.walk(tree) if isinstance(node, ast.Set) for item in node.elts}
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef | ast.Module):
            continue
        names = _sets_named_in(scope)
        for node in ast.walk(scope):
            if node not in safe and any(_is_set(each, names) for each in _walked(node)):
                yield getattr(node, "lineno", 0)


def _walked(node: ast.AST) -> Iterator[ast.expr]:
    """What a piece of code goes through item by item, in whatever order it comes."""
    match node:
        case ast.For(iter=each) | ast.Starred(value=each):
            yield each
        case ast.ListComp() | ast.DictComp() | ast.GeneratorExp():
            if ast.unparse(node) != LOOKED_UP:
                yield from (generator.iter for generator in node.generators)
        case ast.Call(func=ast.Name("tuple" | "list"), args=[each]):
            yield each


@cache
def _returning_sets() -> frozenset[str]:
    """Functions and fields of the rules that are sets by their annotation."""
    found = set[str]()
    for tree in trees("rules").values():
        for node in ast.walk(tree):
            match node:
                case ast.FunctionDef(name=name, returns=hint) if _set_hint(hint):
                    found.add(name)
                case ast.ClassDef(body=fields):
                    found |= {
                        ast.unparse(field.target)
                        for field in fields
                        if isinstance(field, ast.AnnAssign) and _set_hint(field.annotation)
                    }
    for tree in trees("rules").values():
        for node in ast.walk(tree):
            match node:  # a field that is set to what such a function gives
                case ast.Assign([ast.Attribute(attr=attr)], ast.Call(ast.Name(name))):
                    found |= {attr} if name in found else set()
    return frozenset(found)


def _set_hint(hint: ast.expr | None) -> bool:
    head = hint.value if isinstance(hint, ast.Subscript) else hint
    return isinstance(head, ast.Name) and head.id in ("set", "frozenset")


def _sets_named_in(scope: ast.AST) -> set[str]:
    named = set[str]()
    for node in ast.walk(scope):
        if isinstance(node, ast.arg) and _set_hint(node.annotation):
            named.add(node.arg)
        if isinstance(node, ast.Assign | ast.NamedExpr) and _is_set(node.value, named):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named |= {target.id for target in targets if isinstance(target, ast.Name)}
    return named


def _is_set(node: ast.expr, names: set[str]) -> bool:
    match node:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Name(id):
            return id in names
        case ast.Call(ast.Name(id)):
            return id in {"set", "frozenset"} | _returning_sets()
        case ast.Call(ast.Attribute(attr=attr)) | ast.Attribute(attr=attr):
            return attr in _returning_sets()
        case ast.BinOp(left, ast.BitOr() | ast.BitAnd() | ast.Sub() | ast.BitXor(), right):
            return _is_set(left, names) or _is_set(right, names)
        case _:
            return False


def test_the_search_for_walks_of_sets_finds_them() -> None:
    faulty = ast.parse(
        "def f(a: set[str]):\n"
        "    for x in a: pass\n"
        "    b = {1, 2}\n"
        "    c = [x for x in b]\n"
        "    d = tuple(frozenset(b) | a)\n"
        "    e = [*b]\n"
        "    return sorted(x for x in a), all(x for x in b), {x for x in a}\n"
    )
    assert sorted(set(_walks_of_sets(faulty))) == [2, 4, 5, 6]


def test_the_rules_load_no_network_no_database_and_no_event_loop() -> None:
    """What pydantic loads for itself is not counted: `socket` is among it."""
    program = (
        "import sys, pydantic, msgspec; from cel_expr_python import cel;"
        "type('Any', (pydantic.BaseModel,), {}); before = set(sys.modules);"
        "import rules.decide, rules.view, rules.due, rules.verify;"
        "print(*{'asyncio', 'sqlite3', 'ssl', 'logging', 'subprocess', 'http'} & set(sys.modules));"
        "print(*{'socket', 'select', 'random'} & set(sys.modules) - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not done.stdout.split(), done.stdout


# The server


def importers_of(source: str, folder: str = "server") -> set[str]:
    """The modules of a folder that import something from a module, or from within a package."""
    return {
        module
        for module, tree in trees(folder).items()
        for found, name in imports(module, tree)
        if f"{found}.{name}.".startswith(f"{source}.")
    }


def test_what_a_seat_is_shown_is_built_by_view_alone() -> None:
    """`watch` shows it, `presence` asks which rooms a seat has, and a command prints a log's.

    A rehearsal, which has no other people, shows it to its programs.
    """
    assert importers_of("rules.preview") == {"server.watch"}
    assert packages(importers_of("rules.view", "rules")) == {"view", "foreseen"}
    shapes = {"view", "seen", "preview", "foreseen"}
    assert packages(importers_of("rules.seen", "rules")) == shapes
    assert importers_of("rules.foreseen") == set()
    shown = {"server.watch", "server.presence", "server.__main__", "server.rehearse.glance"}
    assert importers_of("rules.view") == shown


def test_one_module_writes_to_sockets_and_the_state_goes_through_it_unread() -> None:
    writers = {
        module
        for module, tree in trees("server").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("send_text", "send_json", "send_bytes")
    }
    assert writers == {"server.socket"}
    tree = trees("server")["server.socket"]
    given = {
        argument
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in ("speaks_in", "seen_by")
        for argument in node.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "state":
            if ast.unparse(node) == "websocket.app.state":
                continue  # the application's own, which holds the house
            assert node in given, f"server/socket.py:{node.lineno} reads the state itself"


def test_no_frame_from_a_client_can_name_a_seat_or_a_time() -> None:
    assert set(Sent.__struct_fields__) == {"id", "do", "preview", "page", "typing"}


def test_wall_time_is_read_in_one_place() -> None:
    """By the clock in the settings; a database file has no clock but this machine's."""
    readers = {
        module
        for module, tree in trees("server").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and ast.unparse(node)
        in ("time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "datetime.today")
    }
    assert readers == {"server.settings", "server.store"}


def test_the_bus_carries_a_line_and_no_data() -> None:
    ring = inspect.signature(Bus.ring)
    assert [(p.name, p.annotation) for p in ring.parameters.values()][1:] == [("line", str)]
    assert ring.return_annotation is None


def test_the_database_holds_no_state_of_a_game() -> None:
    assert set(store.metadata.tables) == {"entry", "game", "line", "link", "session", "alive"}
    columns = {column.name for column in store.game.columns}
    assert columns == {"id", "title", "scenario", "line", "created_at"}


def test_entries_are_written_by_the_log_alone() -> None:
    """Only `log` knows the table of entries, and it has no way to change or delete what is told."""
    assert importers_of("server.store.entry") == {"server.log"}
    changes = [
        ast.unparse(node)
        for module, tree in trees("server").items()
        if not module.startswith("server.migrations")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("update", "delete")
        and ast.unparse(node.value) == "entry"
    ]
    assert changes == ["entry.update"], "one update: the one that erases a personal text"


def test_there_is_no_object_mapper() -> None:
    assert not importers_of("sqlalchemy.orm")
    assert not importers_of("sqlalchemy.ext.asyncio.async_sessionmaker")


def test_bots_have_no_road_of_their_own() -> None:
    """A bot is a client: it sees what its socket shows, and asks through it."""
    for module, tree in trees("server").items():
        if module in ("server.bots.seat", "server.bots.capital", "server.bots.control"):
            taken = {source for source, _ in imports(module, tree)}
            assert not taken & {"rules.state", "rules.view", "rules.decide", "server.session"}
            assert not {source for source in taken if source == "server.house"}


def test_replay_has_no_rules_of_its_own() -> None:
    """The review folds with `apply` and shows with `Watch`, which is what a live game does."""
    taken = {
        (source, name)
        for source, name in imports("server.review", trees("server")["server.review"])
        if source.partition(".")[0] in ("rules", "server")
    }
    assert {("rules.record", "apply"), ("server.watch", "Watch")} <= taken
    assert not {source for source, _ in taken} & {"rules.decide", "rules.evolve", "rules.view"}
    assert ("rules.record", "apply") in set(
        imports("server.session", trees("server")["server.session"])
    )
