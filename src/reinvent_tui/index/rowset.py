"""Immutable sets of row ids, stored as bitmasks.

Row ids are small and dense (sessions are numbered from 1), so that an arbitrary-precision
integer with bit *n* set for row *n* takes an eighth of a byte per session, and intersections,
unions and counts are single operations in C. Only this module knows about the bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Final, final

_BIT_TO_FLAG: Final = bytes(byte == ord("1") for byte in range(256))
"""Translates the digits of :func:`bin` to 0 and 1."""
_BITS_OF_BYTE: Final = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


@final
class RowSet:
    """An immutable set of row ids, iterated in ascending order."""

    __slots__ = ("_bits",)

    EMPTY: ClassVar[RowSet]

    def __init__(self, bits: int = 0) -> None:
        """Use :meth:`from_rows`; ``bits`` is the internal representation."""
        self._bits = bits

    @classmethod
    def from_rows(cls, rows: Iterable[int]) -> RowSet:
        """Return the set of ``rows``, in any order, repeated or not; none may be negative."""
        rows = rows if isinstance(rows, list | tuple | set | frozenset) else list(rows)
        if not rows:
            return cls.EMPTY
        mask = bytearray(max(rows) // 8 + 1)
        for row in rows:
            mask[row >> 3] |= 1 << (row & 7)
        return cls(int.from_bytes(mask, "little"))

    def __or__(self, other: RowSet) -> RowSet:
        return RowSet(self._bits | other._bits)

    def __and__(self, other: RowSet) -> RowSet:
        return RowSet(self._bits & other._bits)

    def __sub__(self, other: RowSet) -> RowSet:
        return RowSet(self._bits & ~other._bits)

    def __len__(self) -> int:
        return self._bits.bit_count()

    def __bool__(self) -> bool:
        return bool(self._bits)

    def __contains__(self, row: int) -> bool:
        return row >= 0 and bool(self._bits >> row & 1)

    def __eq__(self, other: object) -> bool:
        return self._bits == other._bits if isinstance(other, RowSet) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._bits)

    def __repr__(self) -> str:
        return f"RowSet.from_rows({list(self)})"

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows())

    def count_common(self, other: RowSet) -> int:
        """Return ``len(self & other)``, without the set between."""
        return (self._bits & other._bits).bit_count()

    def rows(self) -> list[int]:
        """Return the row ids as a list, in ascending order."""
        data = self._bits.to_bytes((self._bits.bit_length() + 7) // 8, "little")
        return [start * 8 + bit for start, byte in enumerate(data) if byte for bit in _BITS_OF_BYTE[byte]]

    def flags(self, size: int) -> bytes:
        """Return one byte for each row id from 0 to ``size - 1``: 1 for those in the set, else 0."""
        digits = bin(self._bits)[:1:-1].encode().translate(_BIT_TO_FLAG)
        return digits[:size].ljust(size, b"\0")


RowSet.EMPTY = RowSet()
