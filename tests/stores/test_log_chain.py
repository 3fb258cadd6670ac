"""The chain: whatever was changed is found, and where."""

from msgspec.structs import replace

from rules.entry import (
    GENESIS,
    Header,
    LogFileError,
    Row,
    conceal,
    first_break,
    link,
    personal_bytes,
    personal_texts,
    read,
    without,
    write,
)
from tests.stores.places import chain

COUNT = 6


def changed(seq: int, **fields: object) -> list[Row]:
    """The chain with one row changed."""
    return [replace(row, **fields) if row.seq == seq else row for row in chain(COUNT)]


def test_a_true_chain_holds() -> None:
    assert first_break(chain(COUNT)) is None
    assert first_break(chain(COUNT), chain(COUNT)[-1].hash) is None
    assert first_break([]) is None
    assert first_break([], GENESIS) is None


def test_a_link_depends_on_every_byte_before_it() -> None:
    body = b'{"a":1}'
    assert link(GENESIS, body) != link(GENESIS, body + b" ")
    assert link(GENESIS, body) != link(link(GENESIS, body), body)
    assert len(link(GENESIS, body)) == 64


def test_a_changed_row_is_found_wherever_it_stands() -> None:
    for seq in range(1, COUNT + 1):
        body = chain(COUNT)[seq - 1].body
        assert first_break(changed(seq, body=body.replace(b"tokyo", b"seoul"))) == seq
        assert first_break(changed(seq, body=body + b" ")) == seq
        assert first_break(changed(seq, hash="f" * 64)) == seq
        assert first_break(changed(seq, id="another")) == seq
        assert first_break(changed(seq, seat="seoul.lead")) == seq


def test_a_missing_doubled_or_moved_row_is_found() -> None:
    rows = chain(COUNT)
    assert first_break(rows[1:]) == 1
    assert first_break([*rows[:2], *rows[3:]]) == 3
    assert first_break([*rows[:3], rows[2], *rows[3:]]) == 4
    assert first_break([rows[0], rows[2], rows[1], *rows[3:]]) == 2


def test_a_rewritten_or_cut_end_is_found_by_the_head() -> None:
    rows, head = chain(COUNT), chain(COUNT)[-1].hash
    body = rows[-1].body.replace(b"tokyo", b"seoul")
    forged = replace(
        rows[-1], body=body, seat="seoul.lead", hash=link(rows[-2].hash, body), personal=b""
    )
    assert first_break([*rows[:-1], forged]) is None
    assert first_break([*rows[:-1], forged], head) == COUNT
    assert first_break(rows[:-1], head) == COUNT - 1
    assert first_break([], head) == 1


def test_a_personal_text_may_go_but_not_change() -> None:
    kept = chain(COUNT)[2].personal
    [(digest, (salt, _))] = personal_texts(kept).items()
    assert without(kept, digest) == b""
    assert first_break(changed(3, personal=without(kept, digest)), chain(COUNT)[-1].hash) is None
    assert first_break(changed(3, personal=personal_bytes({digest: (salt, "a lie")}))) == 3
    stray = personal_bytes({conceal("never said", salt): (salt, "never said")})
    assert first_break(changed(3, personal=stray)) == 3
    assert first_break(changed(3, personal=b"{broken")) == 3


def test_a_digest_tells_nothing_without_its_salt() -> None:
    assert conceal("yes", "1" * 32) != conceal("yes", "2" * 32)
    assert conceal("bc", "a") != conceal("c", "ab")
    assert conceal("金", "s").startswith("sha256:")


def test_any_byte_changed_in_a_file_is_found() -> None:
    header, *rest = write(Header("", "one"), chain(3))
    whole = b"".join(rest)
    for place in range(len(whole)):
        for byte in (whole[place] ^ 1, ord('"'), ord("0"), 0xFF):
            if byte == whole[place]:
                continue
            forged = whole[:place] + bytes([byte]) + whole[place + 1 :]
            try:
                said, rows = read([header, *forged.splitlines(keepends=True)])
            except LogFileError:
                continue
            same = rows == chain(3) and said.head == chain(3)[-1].hash
            assert same or first_break(rows, said.head) is not None, (place, byte)
