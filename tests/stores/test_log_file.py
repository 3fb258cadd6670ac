"""A log as a file: what goes in comes out, and every fault has its own sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.entry import (
    GENESIS,
    Header,
    LogFileError,
    Row,
    conceal,
    first_break,
    link,
    personal_bytes,
    read,
    write,
)
from tests.stores.places import chain

HEADER = Header("Short Warning", "one")


def lines(count: int = 5) -> list[bytes]:
    return list(write(HEADER, chain(count)))


def fault(file: list[bytes]) -> LogFileError:
    with pytest.raises(LogFileError) as caught:
        read(file)
    return caught.value


texts = st.text(max_size=20)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
bodies = st.builds(
    lambda fields, ascii_only, spaced: json.dumps(
        {f"x{key}": value for key, value in fields.items()},
        ensure_ascii=ascii_only,
        separators=(", ", ": ") if spaced else (",", ":"),
    ).encode(errors="surrogatepass"),
    st.dictionaries(texts, values, max_size=4),
    st.booleans(),
    st.booleans(),
)


@given(title=texts, drawn=st.lists(st.tuples(bodies, texts, texts, texts), max_size=6))
def test_a_log_comes_back_byte_for_byte(
    title: str, drawn: list[tuple[bytes, str, str, str]]
) -> None:
    rows, previous = list[Row](), GENESIS
    for seq, (body, name, seat, note) in enumerate(drawn, start=1):
        previous = link(previous, body)
        kept = personal_bytes({conceal(note, "salt"): ("salt", note)}) if note else b""
        rows.append(Row("one", seq, name, seat, body, previous, kept))
    file = list(write(Header(title, "one"), rows))
    assert all(line.count(b"\n") == 1 and line.endswith(b"\n") for line in file)
    assert read(file) == (Header(title, "one", previous), rows)
    assert read(b"".join(file).splitlines()) == (Header(title, "one", previous), rows)


def test_the_file_says_what_it_is() -> None:
    first, *entries, last = (json.loads(line) for line in lines(3))
    assert first == {
        "format": "virtual-alliance-log",
        "version": 1,
        "title": "Short Warning",
        "line": "one",
    }
    assert list(entries[2]) == ["seq", "id", "seat", "hash", "personal", "entry"]
    [(_, text)] = entries[2]["personal"].values()
    assert text == "a note of person 3"
    assert entries[0]["personal"] == {}
    assert last == {"entries": 3, "head": chain(3)[-1].hash}


def test_a_log_without_entries_is_a_log() -> None:
    header, rows = read(write(HEADER, []))
    assert (header.head, rows) == (GENESIS, [])
    assert first_break(rows, header.head) is None


def test_blank_lines_at_the_end_are_no_matter() -> None:
    assert read([*lines(), b"\n", b""])[1] == chain(5)


@pytest.mark.parametrize(
    "file",
    [
        [],
        [b""],
        [b"PK\x03\x04\xff\xfe"],
        [b"seq,id,seat\n", b"1,a,tokyo\n"],
        [b'{"some":"json"}\n'],
        [b'{"format":"another-log","version":1,"title":"","line":""}\n'],
        [b'{"format":"virtual-alliance-log","version":"one"}\n'],
        [b'{"format":"virtual-alliance-log","version":0}\n'],
        [b'{"format":"\xff","version":1}\n'],
        [b"[1, 2, 3]\n"],
    ],
)
def test_a_foreign_file_is_told_apart(file: list[bytes]) -> None:
    error = fault(file)
    assert "no log of Virtual Alliance" in error.message
    assert "alliance export" in error.message
    assert error.line_number == 1


def test_a_newer_version_asks_for_an_update() -> None:
    error = fault([lines()[0].replace(b'"version":1', b'"version":2,"more":[]'), *lines()[1:]])
    assert "newer Virtual Alliance (file version 2; this one reads up to 1)" in error.message
    assert "Update" in error.message
    assert error.line_number == 1


def test_a_header_that_lacks_something_says_what() -> None:
    error = fault([lines()[0].replace(b',"line":"one"', b""), *lines()[1:]])
    assert "`line`" in error.message
    assert error.line_number == 1


@pytest.mark.parametrize("kept", range(1, 6))
def test_a_file_cut_between_lines_is_noticed(kept: int) -> None:
    error = fault(lines(5)[:kept])
    assert "breaks off" in error.message
    assert error.line_number == kept


def test_a_file_cut_anywhere_is_noticed() -> None:
    whole = b"".join(lines(3))
    for length in range(len(whole) - 1):
        error = fault(whole[:length].splitlines(keepends=True))
        header = len(lines(3)[0])
        assert ("breaks off" in error.message) == (length >= header - 1), (length, error.message)
    assert read(whole[:-1].splitlines(keepends=True))[1] == chain(3)  # only the line's end is gone


def test_a_line_that_is_not_json_is_named() -> None:
    file = lines()
    file[3] = b"what is this?\n"
    error = fault(file)
    assert "Line 4 is not JSON" in error.message
    assert error.line_number == 4


@pytest.mark.parametrize("field", ["seq", "id", "seat", "hash", "personal", "entry"])
def test_a_missing_field_is_named(field: str) -> None:
    file = lines()
    entry = json.loads(file[2])
    del entry[field]
    file[2] = json.dumps(entry).encode() + b"\n"
    error = fault(file)
    assert "Line 3" in error.message
    assert f"`{field}`" in error.message
    assert error.line_number == 3


def test_a_field_of_the_wrong_kind_or_unknown_is_named() -> None:
    file = lines()
    assert "`$.seq`" in fault([*file[:2], file[2].replace(b'"seq":2', b'"seq":"2"', 1)]).message
    assert "`extra`" in fault([*file[:2], b'{"extra":1,' + file[2][1:]]).message
    wrong = file[3].replace(b'"personal":{', b'"personal":{"a":"b",')
    assert "personal texts" in fault([*file[:3], wrong]).message


@pytest.mark.parametrize(
    "order", [(0, 1, 3, 4, 5, 6), (0, 1, 2, 2, 3, 4, 5, 6), (0, 2, 1, 3, 4, 5, 6)]
)
def test_entries_missing_doubled_or_moved_are_noticed(order: tuple[int, ...]) -> None:
    error = fault([lines()[index] for index in order])
    assert "belongs: entries are missing, doubled or out of order" in error.message


def test_a_cut_before_the_closing_line_is_noticed() -> None:
    file = lines()
    error = fault([*file[:4], file[-1]])
    assert "speaks of 5 entries and the file holds 3" in error.message
    assert error.line_number == 5


def test_what_was_added_after_the_closing_line_is_noticed() -> None:
    error = fault([*lines(), lines()[1]])
    assert "Line 8 comes after the closing line" in error.message
    assert error.line_number == 8
