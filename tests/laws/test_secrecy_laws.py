"""Secrets are safe by construction: nothing reaches a seat that it may not read."""

import re
from copy import deepcopy

import pytest
from msgspec.structs import replace

from rules import commands as c
from rules import sheet
from rules.refused import Refused
from rules.state import State
from tests.table import LEAD, Players, Table, document

SIGNED = re.compile(r"⟦([a-z.+]+)⟧")
SIGHTS = (
    "washington.foreign",
    "tokyo.leader",
    "seoul.adviser",
    "observer.public",
    "observer.tokyo",
)


def sign(owner: str, purpose: str) -> str:
    """Words that carry whose secret they are: a seat's (its team's), a team's, or everybody's."""
    return f"⟦{owner}⟧ {purpose}"


def may_read(state: State, owner: str, seat: str) -> bool:
    """Whether a seat may read words so signed. Rooms and texts are signed by their readers."""
    eyes = state.book.seats[seat].sees
    if owner == "all" or eyes == "control":
        return True
    return owner == seat or eyes in {part.partition(".")[0] for part in owner.split("+")}


class Discreet(Players):
    """Players of whom control lets nobody hear what another capital argues."""

    open = False


class Signing(Discreet):
    """Players whose every word is signed with those who may read it."""

    def command(self, seat: str) -> c.SeatCommand | None:
        command = super().command(seat)
        match command:
            case c.SendMessage():
                return c.SendMessage(command.room, sign(command.room, "message"))
            case c.SendConsult():
                readers = "+".join((self.table.state.book.seats[seat].team, *command.to))
                return c.SendConsult(command.to, sign(readers, "note"), command.action)
            case c.ProposeJoint():
                who = "+".join(self.table.state.book.pacts[command.joint].who)
                return replace(command, text=sign(who, "text"))
            case c.AmendJoint() | c.RefuseJoint() | c.ConsentJoint():
                parties = {p.id: "+".join(p.stands) for p in self.table.state.proposals}
                words = sign(parties[command.proposal], f"{len(self.table.entries)}")
                match command:
                    case c.AmendJoint():
                        return c.AmendJoint(command.proposal, words)
                    case c.RefuseJoint():
                        return c.RefuseJoint(command.proposal, words)
                    case c.ConsentJoint():
                        return replace(command, caveat=words if command.caveat else None)
            case c.AddPoint():
                teams = {case.id: case.teams for case in self.table.state.arguments}
                words = sign("+".join(teams[command.argument]), "point")
                return c.AddPoint(command.argument, command.side, words)
            case c.EditInject():
                to_ = sheet.prepared(self.table.state, command.inject).to
                words_ = {"en": sign("+".join(to_), "edit")}
                own = {to: {"en": sign(to, "own")} for to in sheet.readers(to_)}
                return c.EditInject(command.inject, words_, words_, own)
            case c.RetargetInject():
                # to fewer: whoever is added is meant to read what was written for others
                to_ = sheet.prepared(self.table.state, command.inject).to
                fewer = command.to[:1] if "all" in to_ else to_[:1]
                return c.RetargetInject(command.inject, fewer)
            case _:
                return command


@pytest.mark.parametrize("seed", range(8))
def test_no_seat_is_told_what_it_may_not_read(seed: int) -> None:
    table = Table(_signed_briefs())
    players = Signing(table, seed, _said)
    seen: set[str] = set()
    for step in range(600):
        players.step()
        if table.state.phase == "ended":
            break
        if step % 15 == 0:
            seen |= _check(table)
    seen |= _check(table)
    assert len(seen) > 5, "the play said too little to prove anything"


def _check(table: Table) -> set[str]:
    seen: set[str] = set()
    for seat in SIGHTS:
        for name, told in table.told(seat):
            for owner in SIGNED.findall(told.decode()):
                assert may_read(table.state, owner, seat), f"{seat} reads {owner}'s words in {name}"
                seen.add(owner)
    return seen


def _said(owner: str, purpose: str) -> str:
    """Reasons and questions are the team's, and control's own words control's.

    Injects, titles and answers `Players` signs with their reader; rulings are read out.
    """
    if purpose in ("ruling", "recall"):
        return sign("all", purpose)
    return sign(owner, purpose)


def _signed_briefs() -> dict[str, object]:
    signed = deepcopy(dict(document()))
    for team, brief in signed["briefs"].items():
        for field in ("secret", "red_line_secret", "advice"):
            brief[field] = {lang: sign(team, field) for lang in brief[field]}
    for objective in signed["objectives"].values():
        owner = objective["team"] if objective.get("secret") else "all"
        objective["name"] = {lang: sign(owner, "objective") for lang in objective["name"]}
    for inject in signed["injects"].values():
        readers = "+".join(inject["to"])
        inject["title"] = {lang: sign(readers, "title") for lang in inject["title"]}
        if inject.get("text"):
            inject["text"] = {lang: sign(readers, "text") for lang in inject["text"]}
        for reader, text in inject.get("variants", {}).items():
            inject["variants"][reader] = {lang: sign(reader, "variant") for lang in text}
        if reached := [t for t in ("tokyo", "seoul") if {t, "all"} & set(inject["to"])]:
            inject["owed"] = {"by": reached, "minutes": 10}
        inject["expect"] = {lang: sign("control", "expect") for lang in inject["expect"]}
    over = next(name for name, each in signed["injects"].items() if each["trigger"] == "hand")
    signed["processes"] |= {
        team: {
            **{field: {"en": sign(team, field)} for field in ("name", "say")},
            "minutes": 5,
            "over": over,
            "turn": next(iter(signed["turns"])),
            "visible": [team],
        }
        for team in ("tokyo", "seoul")
    }
    for action in signed["actions"].values():
        action["say"] = {lang: sign(action["team"], "card") for lang in action["say"]}
    for joint in signed["joint"].values():
        joint["text"] = {lang: sign("+".join(joint["who"]), "card") for lang in joint["text"]}
    for clause in signed["plan"].values():
        for team, default in clause["defaults"].items():
            default["why"] = {lang: sign(team, "default") for lang in default["why"]}
    for finding in signed.get("findings", {}).values():
        for field in ("name", "ask"):
            finding[field] = {lang: sign("control", field) for lang in finding[field]}
    for flag in signed["flags"].values():
        visible = flag.get("visible", "public")
        readers = {"public": "all", "hidden": "control"}.get(str(visible)) or "+".join(visible)
        flag["name"] = {lang: sign(readers, "flag") for lang in flag["name"]}
    return signed


SECRET_TO_TOKYO = ("washington.leader", "seoul.foreign", "observer.public", "observer.seoul")


@pytest.mark.parametrize("seed", range(5))
def test_what_only_tokyo_knows_changes_nothing_for_others(seed: int) -> None:
    """Two worlds, the same but for Tokyo's own words: others are told the same bytes throughout."""
    one, other = Table(), Table()
    players = Discreet(one, seed)
    for step in range(400):
        done = players.step()
        if done is None:
            continue
        other.at = one.at
        other.tick()
        seat, command, went = done
        if went and len(one.entries) > len(other.entries):
            other.write(seat, _other_words(seat, command))
        assert len(one.entries) == len(other.entries)
        if step % 20 == 0 or one.state.phase == "ended":
            _same(one, other)
        if one.state.phase == "ended":
            break
    _same(one, other)


def _other_words(seat: str, command: c.SeatCommand) -> c.SeatCommand:
    """The same command with other words where only Tokyo and control may read them."""
    if not seat.startswith("tokyo."):
        return command
    match command:
        case c.SendMessage(room="tokyo" | "control+tokyo"):
            return c.SendMessage(command.room, command.text + " and something else entirely")
        case c.CommitOrder():
            return c.CommitOrder(command.action, "quite another reason", command.target)
        case c.AskControl():
            return c.AskControl("another question")
        case c.Choose():
            return c.Choose(command.decision, command.option, "another why")
        case c.ArgueAction():
            return c.ArgueAction("another deed", "another wish", ("another reason",), "en")
        case c.CastVote():
            return c.CastVote(command.argument, command.grade, "another reason")
        case _:
            return command


@pytest.mark.parametrize("seed", range(8))
def test_sealed_orders_are_sealed(seed: int) -> None:
    """Tokyo orders, asks, decides and confers; until results are out nobody else can tell."""
    quiet, busy = Table(), Table()
    for table in (quiet, busy):
        table.send(LEAD, c.StartGame())
    players = Players(busy, seed)
    tokyo = ("tokyo.leader", "tokyo.foreign", "tokyo.defence", "tokyo.adviser")
    for _ in range(60):
        seat = players.random.choice(tokyo)
        command = players.command(seat)
        if isinstance(
            command, c.ShareIntel | c.SendConsult | c.ProposeJoint | c.SitDown | c.DeclareEmergency
        ):
            continue  # these others may know
        if isinstance(command, c.SendMessage) and command.room not in ("tokyo", "control+tokyo"):
            continue
        if command is not None:
            busy.tries(seat, command, wait=0)
    assert len(busy.entries) > len(quiet.entries) + 5
    for seat, command in (
        ("washington.leader", c.CommitOrder("US-K04", "a reason")),
        ("seoul.foreign", c.SendMessage("seoul+washington", "hello")),
        ("washington.leader", c.ProposeJoint("J-K01", "a text")),
        ("seoul.leader", c.AskControl("a question")),
        (LEAD, c.EndTurn()),
    ):
        quiet.at = busy.at = max(quiet.at, busy.at) + 1000
        for table in (quiet, busy):
            table.tick()
            table.write(seat, command)
        _same(quiet, busy)


def test_refusals_do_not_tell_what_others_do() -> None:
    quiet, busy = Table(), Table()
    for table in (quiet, busy):
        table.send(LEAD, c.StartGame())
    busy.write("tokyo.leader", c.HandOver("tokyo.foreign"))
    busy.write("tokyo.foreign", c.CommitOrder("JP-K01", "a secret"))
    busy.write("tokyo.foreign", c.ProposeJoint("J-K04", "for Seoul alone"))
    secret = busy.state.proposals[0].id
    order = busy.state.orders[0].id
    for probe in (
        c.HandOver("tokyo.defence"),
        c.CommitOrder("JP-K01", "why"),
        c.ConsentJoint(secret, 1),
        c.RefuseJoint(secret, "no"),
        c.WithdrawOrder(order),
        c.SendConsult(("tokyo",), "a note", "JP-K01"),
        c.SendMessage("tokyo", "hello"),
        c.SendMessage("seoul+tokyo", "hello"),
        c.ReadInject("nothing"),
    ):
        assert _no(quiet, probe) == _no(busy, probe)


def _no(table: Table, command: c.SeatCommand) -> tuple[str, str, str]:
    with pytest.raises(Refused) as no:
        table.write("washington.leader", command)
    return no.value.code, no.value.say, no.value.instead


def _same(one: Table, other: Table) -> None:
    for seat in SECRET_TO_TOKYO:
        assert _without_heads(one, seat) == _without_heads(other, seat), seat


def _without_heads(table: Table, seat: str) -> list[tuple[str, bytes]]:
    """What a seat is told, but for the log's heads: those are shown to all, and digest the log."""
    heads = [seal.head.encode() for seal in table.state.seals]
    told = []
    for name, text in table.told(seat):
        plain = text
        for head in heads:
            plain = plain.replace(head, b"head")
        told.append((name, plain))
    return told
