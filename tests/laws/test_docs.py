"""The documentation is held to the code: what it names exists, and what exists is named."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
import yaml

from rules.commands import HouseCommand, SeatCommand
from rules.view import SECTIONS, feeds_of
from server.frames import Close, Frame, Introduction, Sent
from server.settings import Settings
from tests.laws import rulebook
from tests.laws.manual import BLOCK, DOCS, PARTS, ROOT, documents, manual
from tests.table import Table

DOCUMENTS = [path.relative_to(ROOT).as_posix() for path in documents()]


@cache
def text(name: str) -> str:
    """A document as it is written."""
    return (ROOT / name).read_text("utf-8")


@cache
def prose(name: str) -> str:
    """A document without its code blocks and what is read off the code."""
    return re.sub(r"^```.*?^```", "", BLOCK.sub("", text(name)), flags=re.DOTALL | re.MULTILINE)


def section(name: str, title: str) -> str:
    """What stands under a heading, up to the next of the same rank."""
    rank, _, _ = title.partition(" ")
    found = re.search(
        rf"^{re.escape(title)}\n(.*?)(?=^#{{1,{len(rank)}}} |\Z)",
        text(name),
        re.DOTALL | re.MULTILINE,
    )
    assert found, f"{name} has no {title}"
    return found[1]


def first_column(part: str) -> list[str]:
    """What the first cells of a table name, each in backquotes."""
    cells = re.findall(r"^\| (.*?) \|", part, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_read_off_the_code_is_up_to_date(name: str) -> None:
    advice = "write it anew: .venv/bin/python -m tests.laws.manual"
    assert manual(text(name)) == text(name), advice


def test_everything_read_off_the_code_is_in_a_document() -> None:
    used = [found[1] for name in DOCUMENTS for found in BLOCK.findall(text(name))]
    assert sorted(used) == sorted(PARTS)


# Tests, files and links


def _tests_named(name: str) -> list[tuple[str, str]]:
    return re.findall(r"(tests/[\w/]+\.py)::(\w+)", text(name))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_test_that_is_named_exists(name: str) -> None:
    for path, test in _tests_named(name):
        tree = ast.parse(text(path))
        known = {getattr(node, "name", "") for node in tree.body}
        assert test in known, f"{name} names {path}::{test}"


def test_every_test_that_proves_a_rule_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", text("docs/rules.md")))
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "tests").rglob("test_*.py"))
    known = {getattr(node, "name", "") for tree in trees for node in tree.body}
    assert named
    assert named - known == set()


def test_every_invariant_names_its_test() -> None:
    said = text("docs/architecture.md").split("**Architecture invariant:**")[1:]
    assert said
    for invariant in said:
        paragraph = invariant.split("\n\n")[0]
        assert "::test_" in paragraph, f"no test holds: {paragraph.strip()}"


def test_every_test_of_the_architecture_is_named_by_an_invariant() -> None:
    named = {test for _, test in _tests_named("docs/architecture.md")}
    tree = ast.parse(text("tests/laws/test_architecture.py"))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    helpers = {"test_the_search_for_walks_of_sets_finds_them"}
    assert {test for test in tests if test.startswith("test_")} - helpers <= named


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_is_named_exists(name: str) -> None:
    tops = "rules|server|client|scenarios|tests|benchmarks|tools|docs"
    for path in re.findall(rf"`((?:{tops})/[\w./-]*)`", prose(name)):
        made = path in ("client/dist", "client/node_modules")
        assert made or (ROOT / path).exists(), f"{name} names {path}"


def test_the_code_map_has_every_file_and_folder() -> None:
    mapped = set(re.findall(r"`([\w./]+)`", text("docs/architecture.md")))
    for folder in ("rules", "server"):
        for path in sorted((ROOT / folder).iterdir()):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix == ".py" and path.name != "__init__.py":
                assert name in mapped, f"docs/architecture.md says nothing of {name}"
            elif path.is_dir() and any(path.glob("*.py")):
                assert f"{name}/" in mapped, f"docs/architecture.md says nothing of {name}/"
    for path in sorted((ROOT / "client" / "src").iterdir()):
        if path.is_dir() and path.name != "gallery":  # for whoever works on the parts
            assert f"client/src/{path.name}/" in mapped


def _slug(heading: str) -> str:
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def _anchors(path: Path) -> set[str]:
    lines = path.read_text("utf-8").splitlines()
    return {_slug(line.lstrip("#")) for line in lines if line.startswith("#")}


def _links(name: str) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", text(name)):
        if not re.match(r"https?:", target):
            yield target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    for target in _links(name):
        path, _, anchor = target.partition("#")
        there = (ROOT / name).parent / path if path else ROOT / name
        assert there.exists(), f"{name} links to {target}"
        assert not anchor or anchor in _anchors(there), f"{name} links to {target}"


def test_every_document_can_be_reached_from_the_readme() -> None:
    seen, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        here = waiting.pop()
        if here in seen or here.suffix != ".md":
            continue
        seen.add(here)
        name = here.relative_to(ROOT).as_posix()
        waiting += [(here.parent / link.partition("#")[0]).resolve() for link in _links(name)]
    ours = {path for path in documents() if path.is_relative_to(DOCS)}
    assert ours <= seen, sorted(ours - seen)


def test_pictures_are_small_enough_to_load() -> None:
    pictures = list((DOCS / "images").iterdir())
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < 400_000, picture.name
        assert any(f"images/{picture.name}" in text(name) for name in DOCUMENTS), picture.name


# The protocol


PROTOCOL = "docs/protocol.md"


def test_the_protocol_has_every_command_and_none_that_only_the_server_says() -> None:
    named = first_column(section(PROTOCOL, "## Commands"))
    commands = [kind.__name__ for kind in get_args(SeatCommand)]
    assert [name for name in named if name in commands] == commands
    for kind in get_args(HouseCommand):
        assert f"`{kind.__name__}`" not in text(PROTOCOL)


def test_the_protocol_has_every_section() -> None:
    said = section(PROTOCOL, "## What one sees")
    table = said[: said.index("### Feeds")]
    rows = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert rows == [part.name for part in SECTIONS]


def test_the_protocol_has_every_feed_and_every_frames_keys() -> None:
    table = Table()
    feeds = {feed for seat in table.state.book.seats for feed in feeds_of(table.state, seat)}
    kinds = {"room/…" if feed.startswith("room/") else feed for feed in feeds}
    part = section(PROTOCOL, "### Feeds")
    assert set(first_column(part[: part.index("<!-- begin")])) == kinds
    rows = re.findall(
        r"^\| `(\w+)` \|", section(PROTOCOL, "### Frames from the server"), re.MULTILINE
    )
    assert sorted(rows) == sorted(Frame.__struct_fields__)
    keys = set(
        re.findall(
            r'\{"(\w+)"|, "(do|preview|page)"', section(PROTOCOL, "### Frames to the server")
        )
    )
    told = {name for pair in keys for name in pair if name}
    ours = {*Sent.__struct_fields__, *Introduction.__struct_fields__}
    assert ours <= told <= ours | {"type", "feed"}


def test_the_protocol_has_every_close_code() -> None:
    codes = re.findall(r"^\| (\d{4}) \|", section(PROTOCOL, "## Closing"), re.MULTILINE)
    assert [int(code) for code in codes] == list(get_args(Close))


def test_the_protocol_has_every_refusal_of_the_server_itself() -> None:
    said = section(PROTOCOL, "### Refusals").partition("<!-- end refusals -->")[2]
    codes = set[str]()
    for path in ("server/socket.py", "server/frames.py"):
        for node in ast.walk(ast.parse(text(path))):
            match node:
                case (
                    ast.Call(func=ast.Attribute(attr="_no"), args=[_, ast.Constant(str(code)), *_])
                    | ast.Call(func=ast.Name("Unreadable"), args=[ast.Constant(str(code)), *_])
                ):
                    codes.add(code)
    assert set(first_column(said)) == codes


# The command line, settings and ids


def test_every_option_that_is_named_exists() -> None:
    known = set(re.findall(r"`(--[\w-]+)`", PARTS["command-line"]())) | {"--help"}
    for name in DOCUMENTS:
        code = "\n".join(
            re.findall(r"`alliance [^`]*`|^.*bin/alliance .*$", text(name), re.MULTILINE)
        )
        for option in re.findall(r"(?<![\w-])--[a-z][\w-]*", code):
            assert option in known, f"{name} names {option}"


def test_every_command_that_is_named_exists() -> None:
    known = set(re.findall(r"^### alliance (\w+)", PARTS["command-line"](), re.MULTILINE))
    for name in DOCUMENTS:
        for verb in re.findall(r"(?:bin/|`)alliance ([a-z]+)", text(name)):
            assert verb in known, f"{name} names `alliance {verb}`"


def test_every_verb_of_make_that_is_named_exists() -> None:
    verbs = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    for name in DOCUMENTS:
        for verb in re.findall(r"(?:`|^)make ([a-z]+)", text(name), re.MULTILINE):
            assert verb in verbs, f"{name} names `make {verb}`"


def test_the_handbook_gives_the_times_that_the_server_keeps() -> None:
    absence = Settings.model_fields["absence"].default
    assert f"more than {absence:.0f} seconds" in text("docs/operations.md")


@cache
def _ids() -> set[str]:
    """Ids of rules, sources, actions, injects and objectives of every shipped scenario."""
    found = set[str]()
    for path in (ROOT / "scenarios").glob("*/*.yaml"):
        document = yaml.safe_load(path.read_text("utf-8")) or {}
        for kind in ("rules", "sources", "actions", "joint", "injects", "objectives"):
            found |= set(document.get(kind, {}))
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_rule_source_and_action_that_is_named_exists(name: str) -> None:
    shape = r"\b(?:RM?\d+|(?:OBS|ALL|HIS|INT|TRI)-\d\d|(?:US|JP|ROK|J)-[A-Z]\d\d)\b"
    for id in re.findall(shape, text(name)):
        assert id in _ids(), f"{name} names {id}"


PAPER_ITEMS = {
    *(f"INT-{n:02}" for n in range(1, 6)),
    *(f"HIS-{n:02}" for n in range(1, 19)),
    *(f"ALL-{n:02}" for n in range(1, 22)),
    *(f"OBS-{n:02}" for n in range(1, 11)),
    *(f"TRI-{n:02}" for n in range(14)),
    "NOTE-01",
    "NOTE-07",
}
"""Everything in the paper that a seminar could use."""


def test_every_item_of_the_paper_is_carried_or_says_why_not() -> None:
    carried = rulebook.carriers()
    assert set(carried) == PAPER_ITEMS
    context = set(re.findall(r"^- ([A-Z]+-\d\d) \(", text("docs/rules.md"), re.MULTILINE))
    assert context == {item for item, carriers in carried.items() if not carriers}
    assert len(context) <= 10


@pytest.mark.parametrize("id", sorted(rulebook.shared()))
def test_every_shared_rule_has_a_story(id: str) -> None:
    assert rulebook.proofs().get(id), f"no test in tests/stories is named test_{id.lower()}_…"
