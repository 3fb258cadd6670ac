"""Entries as they are stored: names beside the seal, versions inside it."""

import json

import msgspec
import pytest
from msgspec.structs import replace

from rules import record
from rules.commands import SendMessage, SitDown
from rules.entry import GENESIS, Row, first_break, personal_texts, without
from rules.events import MessageSent, PersonSeated
from rules.record import VERSIONS, BadEntry, Entry, NewerVersion, decode, encode
from rules.state import Message, Person

SALT = "0123456789abcdef"
NAME = 'Aiko "sha256:' + "0" * 40


@pytest.fixture
def seated() -> Entry:
    return Entry(
        seq=1,
        id="c1",
        at=5,
        seat="tokyo.lead",
        person="k1",
        command=SitDown(NAME),
        events=(PersonSeated("tokyo.lead", Person("k1", NAME)),),
        versions=VERSIONS,
    )


def stored(entry: Entry) -> Row:
    return encode(entry, GENESIS, "line", SALT)


def test_what_is_stored_is_what_was(seated: Entry) -> None:
    row = stored(seated)
    assert decode(row) == seated
    assert first_break([row]) is None


def test_a_name_stands_outside_the_seal_and_can_be_erased(seated: Entry) -> None:
    row = stored(seated)
    assert b"Aiko" not in row.body
    (digest,) = personal_texts(row.personal)
    erased = replace(row, personal=without(row.personal, digest))
    assert first_break([erased]) is None
    entry = decode(erased)
    assert entry.command == SitDown(record.ERASED)
    assert entry.events == (PersonSeated("tokyo.lead", Person("k1", record.ERASED)),)


def test_the_same_name_looks_different_each_time(seated: Entry) -> None:
    other = encode(seated, GENESIS, "line", "another salt")
    assert other.body != stored(seated).body


def test_a_message_that_looks_like_a_digest_is_left_alone(seated: Entry) -> None:
    text = 'my "name":"sha256:' + "a" * 64 + '" is this'
    said = Message("m1", "tokyo.lead", "k1", None, text, 1, 5)
    entry = replace(
        seated, command=SendMessage("tokyo", text), events=(MessageSent("tokyo", said),)
    )
    assert decode(stored(entry)) == entry


@pytest.mark.parametrize("name", ["schema", "rules"])
def test_an_entry_of_a_newer_program_is_told_apart(seated: Entry, name: str) -> None:
    newer = replace(seated, versions={**VERSIONS, name: VERSIONS[name] + 1})
    with pytest.raises(NewerVersion, match="Update this program"):
        decode(stored(newer))


def test_so_is_one_of_a_shape_not_known_here(seated: Entry) -> None:
    row = stored(replace(seated, versions={**VERSIONS, "schema": 9}))
    body = json.loads(row.body)
    body["events"] = [{"type": "SomethingNew", "x": 1}]
    with pytest.raises(NewerVersion):
        decode(replace(row, body=msgspec.json.encode(body)))


@pytest.mark.parametrize("body", [b"{}", b"[]", b"no json", b'{"seq":1}'])
def test_a_damaged_entry_says_which(seated: Entry, body: bytes) -> None:
    with pytest.raises(BadEntry, match="Entry 1 cannot be read"):
        decode(replace(stored(seated), body=body))
