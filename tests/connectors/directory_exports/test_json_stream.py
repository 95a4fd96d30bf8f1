"""Records come one by one, equal to what a whole decoding gives, or the file is refused."""

import io
import json
import tracemalloc
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.directory_exports.json_stream import JsonExport, Outline
from hygie.connectors.directory_exports.limits import ExportLimits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
TEXT = b'{"data":[{"a":"x\\"]}"},{"b":[1,{"c":2}]},12,"s\\\\",null],"meta":{"type":"users"}}'


class Drops(io.BytesIO):
    """A stream that gives a few bytes at a time, as a decompressor may."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(3 if size is None or size < 0 else min(size, 3))


def split(content: bytes, stream: type[io.BytesIO] = io.BytesIO) -> tuple[list[Any], Outline]:
    export = JsonExport(cast(BinaryIO, stream(content)), "essai.json")
    found = [json.loads(record.content or b"") for record in export.records()]
    return found, export.outline


def refused(content: bytes, limits: ExportLimits | None = None) -> FileRefused:
    export = JsonExport(io.BytesIO(content), "essai.json", limits or ExportLimits())
    with pytest.raises(FileRefused) as caught:
        list(export.records())
    assert caught.value.message.file == "essai.json"
    return caught.value


@settings(deadline=None)
@given(st.lists(VALUES, max_size=6), VALUES, st.booleans(), st.sampled_from([None, 1, 4]))
def test_records_are_those_of_a_whole_decoding(
    data: list[Any], meta: Any, meta_first: bool, indent: int | None
) -> None:
    parts = {"data": data, "other": [meta], "meta": {"type": meta}}
    ordered = dict(reversed(parts.items())) if meta_first else parts
    content = json.dumps(ordered, indent=indent).encode()
    found, outline = split(content, Drops)
    assert found == data
    assert (outline.meta, outline.others) == ({"type": meta}, ["other"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_that_collectors_write_is_read(encoding: str) -> None:
    content = '{"data":[{"name":"ÉLÈVE €"}],"meta":{"type":"users"}}'.encode(encoding)
    assert split(content)[0] == [{"name": "ÉLÈVE €"}]


def test_ranks_count_from_one_and_offsets_find_the_record() -> None:
    records = list(JsonExport(io.BytesIO(TEXT), "essai.json").records())
    assert [one.rank for one in records] == [1, 2, 3, 4, 5]
    assert all(TEXT[one.offset :].startswith(one.content or b"?") for one in records)


@pytest.mark.parametrize("length", range(len(TEXT)))
def test_a_file_that_stops_in_the_middle_is_refused_with_its_offset(length: int) -> None:
    message = refused(TEXT[:length]).message
    assert message.code is MessageCode.JSON_TRUNCATED
    assert message.params["offset"] == length


@pytest.mark.parametrize(
    "content",
    [
        b"[]", b"null", b"x", TEXT + b"x", b'{"data":[1,]}', b'{"data":[1 2]}', b'{"data":[,1]}',
        b'{"data" [1]}', b'{data:[1]}', b'{"data":[]"meta":{}}', b'{"data":[],}',
        b'{"meta":{"a":]}}', b'{"\xff":1}', b'{"data":[{"a":1]}]]}',
    ],
)  # fmt: skip
def test_what_is_not_json_is_refused_with_its_offset(content: bytes) -> None:
    message = refused(content).message
    assert message.code is MessageCode.JSON_DAMAGED
    assert 0 <= int(message.params["offset"]) <= len(content)


def test_wrong_utf_16_is_refused() -> None:
    content = b"\xff\xfe" + '{"data":["'.encode("utf-16-le") + b"\x00\xd8\x00\xd8" * 8
    assert refused(content).message.code is MessageCode.TEXT_BAD_BYTES
    half = '{"data":["é'.encode("utf-16")[:-1]
    assert refused(half).message.code is MessageCode.JSON_TRUNCATED


def test_nesting_is_bounded() -> None:
    content = b'{"data":[{"a":' + b"[" * 100_000
    message = refused(content).message
    assert (message.code, message.params["limit"]) == (MessageCode.JSON_TOO_DEEP, 64)


def test_a_record_over_the_limit_is_followed_and_not_kept() -> None:
    limits = ExportLimits(record_bytes=100)
    content = b'{"data":["' + b"a" * 5_000_000 + b'","b"]}'
    export = JsonExport(io.BytesIO(content), "essai.json", limits)
    assert [one.content for one in export.records()] == [None, b'"b"']


def test_blanks_without_end_cost_nothing_much() -> None:
    content = b'{"data":[' + b" \n\t" * 3_000_000 + b"1]}"
    assert split(content)[0] == [1]


class Endless(io.RawIOBase):
    """An export of as many records as wanted, made while it is read."""

    def __init__(self, records: int) -> None:
        self._left = records
        self._rest = b'{"data":[{}'

    def read(self, size: int = -1) -> bytes:
        while self._left and len(self._rest) < size:
            self._left -= 1
            self._rest += b',{"a":"' + b"x" * 100_000 + b'"}'
            if not self._left:
                self._rest += b"]}"
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


def test_memory_follows_the_longest_record_not_the_file() -> None:
    export = JsonExport(cast(BinaryIO, Endless(1)), "essai.json")
    assert sum(1 for _record in export.records()) == 2  # compiled before it is measured
    tracemalloc.start()
    try:
        export = JsonExport(cast(BinaryIO, Endless(1_000)), "essai.json")
        assert sum(1 for _record in export.records()) == 1_001
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000  # of 100 MB
