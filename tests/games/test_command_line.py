"""The command line as a user has it: real processes, real files."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from rules.entry import GENESIS, Header, Row, link, read, write

ROOT = Path(__file__).resolve().parents[2]


def alliance(*args: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs the program to its end."""
    return subprocess.run(
        [sys.executable, "-m", "server", *map(str, args)],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of a whole game that bots played over real websockets."""
    file = tmp_path_factory.mktemp("demo") / "game.jsonl"
    played = alliance("demo", "--headless", "--seed", 7, "--export", file)
    assert played.returncode == 0, played.stderr
    assert played.stdout == ""
    return file


def tampered(log: Path, to: Path, old: str, new: str, line: int = -2) -> Path:
    """A copy of a log with one line changed."""
    lines = log.read_text().splitlines(keepends=True)
    assert old in lines[line], f"{old} is not in line {line}"
    lines[line] = lines[line].replace(old, new, 1)
    to.write_text("".join(lines))
    return to


def test_a_name_is_erased_and_the_log_still_verifies(log: Path, tmp_path: Path) -> None:
    data, after = tmp_path / "data", tmp_path / "after.jsonl"
    taken = alliance("import", log, "--data", data)
    game = re.findall(r"game (g\w+)", taken.stdout)[0]
    assert "Bot (Tokyo)" in log.read_text()
    erased = alliance("erase", game, "Bot (Tokyo)", "--data", data)
    assert erased.returncode == 0, erased.stderr
    again = alliance("erase", game, "Bot (Tokyo)", "--data", data)
    assert (again.returncode, "Nobody" in again.stderr) == (2, True)
    assert alliance("export", game, "--out", after, "--data", data).returncode == 0
    assert "Bot (Tokyo)" not in after.read_text()
    assert "Bot (Seoul)" in after.read_text()
    assert alliance("verify", after).returncode == 0


def test_a_demonstration_plays_to_an_end_and_verifies(log: Path) -> None:
    checked = alliance("verify", log, "--json")
    report = json.loads(checked.stdout)
    assert checked.returncode == 0
    assert report["sound"]
    assert report["findings"] == []
    assert report["entries"] == len(log.read_text().splitlines()) - 2


def test_a_view_shows_what_a_seat_saw(log: Path) -> None:
    shown = json.loads(alliance("view", log, "--at", 40, "--seat", "tokyo.leader", "--json").stdout)
    assert shown["seat"] == "tokyo.leader"
    assert shown["view"]["me"]["eyes"] == "tokyo"
    assert shown["view"]["sheet"] == []
    plain = alliance("view", log, "--at", 40, "--seat", "tokyo.leader")
    assert "Tokyo's trust in Seoul" in plain.stdout


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--at", 0, "--seat", "tokyo.leader"), r"entries 1 to \d+; 0 is none"),
        (("--at", 5, "--seat", "tokyo.nobody"), r"no seat tokyo\.nobody"),
    ],
)
def test_a_view_that_cannot_be_is_explained(log: Path, args: tuple[object, ...], says: str) -> None:
    failed = alliance("view", log, *args)
    assert failed.returncode == 2
    assert re.search(says, failed.stderr)


def test_the_last_entry_changed_breaks_the_chain(log: Path, tmp_path: Path) -> None:
    changed = tampered(log, tmp_path / "t.jsonl", '"at":1', '"at":2')
    checked = alliance("verify", changed, "--json")
    report = json.loads(checked.stdout)
    assert checked.returncode == 1
    assert report["findings"][0]["part"] == "chain"
    assert report["findings"][0]["entry"] == report["entries"]


def test_dice_of_another_seed_are_told_from_a_broken_chain(log: Path, tmp_path: Path) -> None:
    forged = _resealed(log, tmp_path / "dice.jsonl", r'"dice":\[\d,\d\]', '"dice":[6,6]')
    checked = alliance("verify", forged, "--json")
    parts = {finding["part"] for finding in json.loads(checked.stdout)["findings"]}
    assert checked.returncode == 1
    assert parts == {"dice"}


def test_rules_that_would_decide_otherwise_are_no_offence(log: Path, tmp_path: Path) -> None:
    other = _resealed(log, tmp_path / "rules.jsonl", r'"cost":\d', '"cost":0')
    checked = alliance("verify", other, "--json")
    parts = {finding["part"] for finding in json.loads(checked.stdout)["findings"]}
    assert checked.returncode == 0
    assert parts == {"rules"}


def _resealed(log: Path, to: Path, pattern: str, new: str) -> Path:
    """A log whose first match in an entry of play is changed and the whole chain made anew."""
    with log.open("rb") as lines:
        header, rows = read(lines)
    head, done, sealed = GENESIS, False, list[Row]()
    for row in rows:
        body = row.body
        found = re.search(pattern.encode(), body) if row.seq > 1 and not done else None
        if found and found[0] != new.encode():
            body, done = body.replace(found[0], new.encode(), 1), True
        head = link(head, body)
        sealed.append(Row(row.line, row.seq, row.id, row.seat, body, head, row.personal))
    assert done
    to.write_bytes(b"".join(write(Header(header.title, header.line), sealed)))
    return to


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda _: "hello\n", "no log of Virtual Alliance"),
        (lambda text: text.replace('"version":1', '"version":9', 1), "newer Virtual Alliance"),
        (lambda text: text[: len(text) // 2], "breaks off"),
        (lambda text: "".join(text.splitlines(keepends=True)[:-1]), "closing line"),
        (lambda text: text.replace('"seq":3,', '"seq":4,', 1), "entry 3 belongs"),
    ],
)
def test_a_file_that_is_no_whole_log_is_explained(
    log: Path, tmp_path: Path, spoil: object, says: str
) -> None:
    file = tmp_path / "bad.jsonl"
    assert callable(spoil)
    file.write_text(spoil(log.read_text()))
    for command in ("verify", "import"):
        failed = alliance(
            command, file, *(["--data", tmp_path / "d"] if command == "import" else [])
        )
        assert failed.returncode == 2, failed.stdout
        assert says in failed.stderr


def test_a_log_travels_to_another_machine_and_back(log: Path, tmp_path: Path) -> None:
    data, back = tmp_path / "elsewhere", tmp_path / "back.jsonl"
    taken = alliance("import", log, "--data", data)
    assert taken.returncode == 0, taken.stderr
    game = taken.stdout.split()[-1].rstrip(".")
    assert alliance("export", game, "--out", back, "--data", data).returncode == 0
    assert log.read_text().splitlines()[1:] == back.read_text().splitlines()[1:]


def test_a_tampered_log_is_not_taken_in(log: Path, tmp_path: Path) -> None:
    changed = tampered(log, tmp_path / "t.jsonl", '"at":1', '"at":2')
    failed = alliance("import", changed, "--data", tmp_path / "data")
    assert failed.returncode == 2
    assert "not as it was sealed" in failed.stderr


def test_a_game_that_is_not_there_is_explained(tmp_path: Path) -> None:
    failed = alliance("export", "g0", "--out", tmp_path / "x", "--data", tmp_path / "data")
    assert failed.returncode == 2
    assert "g0" in failed.stderr
    assert not (tmp_path / "x").exists()


def test_a_port_in_use_is_explained(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        failed = alliance("serve", "--port", port, "--data", tmp_path / "data")
    assert failed.returncode == 2
    assert f"Cannot listen at 127.0.0.1:{port}" in failed.stderr
    assert "--port" in failed.stderr


def test_a_wrong_public_url_is_explained(tmp_path: Path) -> None:
    failed = alliance("serve", "--public-url", "seminar.example", "--data", tmp_path / "data")
    assert failed.returncode == 2
    assert "--public-url" in failed.stderr


def test_the_shipped_scenarios_pass_their_check() -> None:
    checked = alliance("check", "--json")
    report = json.loads(checked.stdout)
    assert checked.returncode == 0, report["problems"][:3]
    assert report["errors"] == 0


def test_a_faulty_scenario_is_reported_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "scenario.yaml").write_text("format: 1\nid: broken\ntrakcs: {}\n")
    checked = alliance("check", folder)
    assert checked.returncode == 1
    assert "scenario.yaml:3" in checked.stdout
    assert "tracks" in checked.stdout


def test_a_new_scenario_passes_its_check_and_can_be_played(tmp_path: Path) -> None:
    made = alliance("new-scenario", "quake", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    checked = alliance("check", "scenarios/quake", cwd=tmp_path)
    assert checked.stdout == "quake: 0 errors, 0 warnings\n"
    where = ("--scenario", "quake", "--scenarios", "scenarios")
    played = alliance("demo", "--headless", "--seed", 1, *where, cwd=tmp_path)
    assert played.returncode == 0, played.stderr


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Quake", "small letters"),
        ("base", "cannot be the name"),
        ("../quake", "cannot be the name"),
        ("quake", "is there already"),
    ],
)
def test_a_new_scenario_takes_nobodys_place(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "scenarios" / "quake").mkdir(parents=True)
    made = alliance("new-scenario", name, cwd=tmp_path)
    assert made.returncode == 2
    assert says in " ".join(made.stderr.split())
    assert not list(tmp_path.glob("scenarios/*/*"))


def test_the_manual_names_every_command() -> None:
    manual = alliance("--help").stdout
    verbs = ("serve", "demo", "check", "new-scenario", "rehearse", "export", "import", "verify")
    for command in (*verbs, "view"):
        assert command in manual
        assert alliance(command, "--help").returncode == 0
