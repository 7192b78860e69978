"""Pieces of text and where they stand: the inverted index, worked out in columns.

A gram is a run of characters within a line. Single characters are common, and so is every longer gram that
occurs more than `COMMON` times: it lists the units that hold it and is continued by grams one character
longer, to both sides. One that is not common lists every place. So no query needs a long list, however
common its words.

A unit is what is numbered: 2n is the notice n itself, 2n+1 are its attachments. A place is a position in a
unit; the headings of a notice have positions of their own (`ROOMS`), so that a place tells what it stands in.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from . import digits
from .digits import Column, Numbers
from .fold import fold_char

#: A gram of two or more characters that occurs more often than this is common.
COMMON = 5_000
#: The longest grams. They list every place however often they occur.
LONGEST = 8
#: Where the title, the document number and the index number of a notice begin, and its text.
ROOMS = (0, 256, 320)
TEXT = 384
#: Ends a field; no text may hold it.
END = "\x01"
_LINE = "\n"
#: Spreads grams over the shards: a large odd number.
SPREAD = 0x9E3779B1
#: How many places are worked on at once: the fewer, the less memory that takes.
_AT_ONCE = 1 << 19
#: How many bits of a number stand beside the step to a unit: the headings that hold a common gram, or
#: whether it is a step to a unit and not to a place.
LISTED_BITS, PLACED_BITS = 3, 1

_NONE: Column = np.zeros(0, dtype=np.int64)


class Field(NamedTuple):
    """A text of a unit, and the position of its first character. Lines end with a line break."""

    unit: int
    base: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The grams of one length: their characters, how often they occur, and their postings in digits."""

    grams: npt.NDArray[np.uint32]
    counts: Column
    is_common: npt.NDArray[np.bool_]
    digits: str
    #: Where in the digits the posting of each gram begins, and where it ends.
    begins: Column
    ends: Column


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """All fields behind one another, a row for each character."""

    #: Characters as numbers: 0 between lines, else where `codes` has the code point.
    ids: Numbers
    #: The unit, and in the lowest bits the heading, as postings of common grams tell them.
    homes: Numbers
    places: Numbers
    #: How many characters of the line are left, `LONGEST` where there are more.
    room: npt.NDArray[np.uint8]
    codes: npt.NDArray[np.uint32]


def folded(texts: Sequence[str]) -> tuple[list[str], Counter[str]]:
    """Texts folded, their line breaks kept, and how often each character stood in them before.

    The same as folding each line, many at a time.
    """
    if not texts:
        return [], Counter()
    whole = END.join(texts)
    if whole.count(END) >= len(texts):
        whole = END.join(text.replace(END, "") for text in texts)
    codes, characters = _folded(whole)
    return _text(codes).split(END), characters


def _folded(whole: str) -> tuple[npt.NDArray[np.uint32], Counter[str]]:
    codes: npt.NDArray[np.uint32] = np.frombuffer(whole.encode("utf-32-le", "replace"), dtype=np.uint32)
    counts = np.bincount(codes)
    used = np.flatnonzero(counts)
    characters = Counter(dict(zip(map(chr, used.tolist()), counts[used].tolist(), strict=True)))
    table: npt.NDArray[np.uint32] = np.arange(0x110000, dtype=np.uint32)
    longer: dict[str, str] = {}
    del characters[END]
    for char in characters:
        if char == _LINE:
            continue
        piece = fold_char(char)
        if len(piece) > 1:
            longer[char] = piece
        else:
            table[ord(char)] = ord(piece) if piece else 0
    if longer:
        for char, piece in longer.items():
            whole = whole.replace(char, piece)
        # What a character is folded to is folded already.
        codes = np.frombuffer(whole.encode("utf-32-le", "replace"), dtype=np.uint32)
    shown = table[codes]
    return np.compress(shown != 0, shown), characters


def text_of(fields: Sequence[Field]) -> Text:
    """Folded fields behind one another; they are in the order of their units."""
    whole = END.join(field.text for field in fields)
    codes = np.frombuffer(whole.encode("utf-32-le"), dtype=np.uint32)
    present = np.zeros(0x110000, dtype=np.bool_)
    present[codes] = True
    present[[ord(END), ord(_LINE)]] = False
    ids = np.where(present, np.cumsum(present, dtype=np.int32), np.int32(0))[codes]
    # With the END behind each but the last.
    sizes = np.array([len(field.text) + 1 for field in fields], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    bases = np.array([field.base for field in fields], dtype=np.int64) - starts
    homes = [field.unit << LISTED_BITS | room_of(field.unit, field.base) for field in fields]
    places = np.repeat(bases.astype(np.int32), sizes)[: len(codes)]
    places += np.arange(len(codes), dtype=np.int32)
    return Text(
        ids,
        np.repeat(np.array(homes, dtype=np.int32), sizes)[: len(codes)],
        places,
        _room(ids == 0),
        np.concatenate((np.zeros(1, dtype=np.uint32), np.flatnonzero(present).astype(np.uint32))),
    )


def _room(is_break: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    """How many characters there are from each place to the next break, `LONGEST` where there are more."""
    room = np.zeros(len(is_break) + 1, dtype=np.uint8)
    for _ in range(LONGEST):
        # One more than at the next place, a step further each time.
        room[:-1] = (room[1:] + np.uint8(1)) * ~is_break
    return room[:-1]


def levels(text: Text) -> list[Level]:
    """The grams of a text, from single characters on."""
    # Which grams of a length are common has to be known for the next; what they hold is worked out beside.
    with ThreadPoolExecutor(max_workers=2) as beside:
        made = [beside.submit(_singles, text)]
        # For each place the number of the common gram of the last length that begins there, or -1. Every
        # character is common, which is all that the pairs need to know of them.
        common, total = text.ids - np.int32(1), len(text.codes) - 1
        for length in range(2, LONGEST + 1):
            if not total:
                break
            at, counts = _sorted(*_keys(text, length, common, total), len(text.ids))
            # The longest grams are never listed.
            is_common = (counts > COMMON) & (length < LONGEST)
            listed = at[np.repeat(is_common, counts)]
            total = int(is_common.sum())
            common = np.full(len(text.ids), -1, dtype=np.int32)
            common[listed] = np.repeat(np.arange(total, dtype=np.int32), counts[is_common])
            made.append(beside.submit(_level, text, length, at, counts, is_common))
        return [level for each in made if len((level := each.result()).grams)]


def _singles(text: Text) -> Level:
    """The single characters: all are common."""
    bits = int(text.homes.max(initial=0)).bit_length()
    is_narrow = (len(text.codes) << bits).bit_length() <= 32
    keys: npt.NDArray[np.unsignedinteger[Any]]
    keys = text.ids[text.ids > 0].astype(np.uint32 if is_narrow else np.uint64)
    keys <<= bits
    keys |= text.homes[text.ids > 0].astype(keys.dtype)
    keys.sort()
    borders = np.arange(1, len(text.codes) + 1, dtype=keys.dtype) << bits
    counts = np.diff(np.searchsorted(keys, borders))
    keys = keys[_opens(keys)]
    kept = np.diff(np.searchsorted(keys, borders))
    written, sizes = digits.written(*_listed((keys & ((1 << bits) - 1)).astype(np.int32), kept))
    ends = np.cumsum(sizes)
    is_common = np.ones(len(counts), dtype=np.bool_)
    return Level(text.codes[1:, np.newaxis], counts, is_common, written, ends - sizes, ends)


def _level(text: Text, length: int, at: Column, counts: Column, is_common: npt.NDArray[np.bool_]) -> Level:
    """The grams of a length, where they begin gram by gram, and how often each does."""
    ends = np.cumsum(counts)
    first = at[ends - counts]
    grams = text.codes[np.stack([text.ids[first + offset] for offset in range(length)], axis=1)]
    parts = []
    sizes, order = np.empty((2, len(counts)), dtype=np.int64)
    cuts = np.searchsorted(ends, np.arange(_AT_ONCE, len(at), _AT_ONCE))
    for begin, end in pairwise(np.unique([0, *cuts, len(counts)]).tolist()):
        some = slice(begin, end)
        places = at[ends[begin] - counts[begin] : ends[end - 1]]
        postings, sizes[some] = _written(text, places, counts[some], is_common[some])
        # The postings of common grams stand first.
        order[some] = begin + np.argsort(~is_common[some], kind="stable")
        parts.append(postings)
    begins = np.empty_like(sizes)
    begins[order] = np.cumsum(sizes[order]) - sizes[order]
    return Level(grams, counts, is_common, "".join(parts), begins, begins + sizes)


def _written(text: Text, at: Column, counts: Column, is_common: npt.NDArray[np.bool_]) -> tuple[str, Column]:
    """The postings of some grams, those of common ones first, and the size of that of each gram."""
    sizes = np.empty_like(counts)
    is_listed = np.repeat(is_common, counts)
    listed, placed = at[is_listed], at[~is_listed]
    first, sizes[is_common] = digits.written(*_listed(text.homes[listed], counts[is_common]))
    units = text.homes[placed] >> LISTED_BITS
    then, sizes[~is_common] = digits.written(*_placed(units, text.places[placed], counts[~is_common]))
    return first + then, sizes


def _sorted(at: Column, keys: Column, size: int) -> tuple[Column, Column]:
    """Places gram by gram, each gram's in their order, and how many each has. Uses up `keys`."""
    bits = size.bit_length()
    if int(keys.max(initial=0)).bit_length() + bits > 63:
        raise OverflowError("more text than one index can hold")
    # In place: these columns are the largest there are.
    keys <<= bits
    keys |= at
    keys.sort()
    np.bitwise_and(keys, (1 << bits) - 1, out=at)
    keys >>= bits
    begins = np.flatnonzero(_opens(keys))
    return at, np.diff(begins, append=len(keys))


def _opens(keys: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.bool_]:
    """Whether each is another one than that before it."""
    found = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=found[1:])
    return found


def _keys(text: Text, length: int, shorter: Numbers, commons: int) -> tuple[Column, Column]:
    """Where grams of a length begin, and a number for each gram."""
    begins = shorter >= 0
    either = begins.copy()
    either[:-1] |= begins[1:]
    found = np.flatnonzero(either & (text.room >= length))
    keys = np.empty_like(found)
    alphabet = len(text.codes)
    for begin in range(0, len(found), _AT_ONCE):
        at = found[begin : begin + _AT_ONCE]
        first = shorter[at].astype(np.int64)
        by_rest = commons * (alphabet + text.ids[at].astype(np.int64)) + shorter[at + 1]
        by_first = first * alphabet + text.ids[at + (length - 1)]
        keys[begin : begin + _AT_ONCE] = np.where(first < 0, by_rest, by_first)
    return found, keys


def room_of(unit: int, place: int) -> int:
    """The heading that a place of a unit lies in, as a bit; 0 for text and attachments."""
    return 0 if unit % 2 or place >= TEXT else 1 << (bisect_right(ROOMS, place) - 1)


def _gaps(units: Numbers, counts: Column) -> tuple[npt.NDArray[np.bool_], Numbers]:
    """Whether each place is the first of its gram in a unit, and the step to its unit from the one before."""
    gaps = np.diff(units, prepend=np.int32(0))
    begins = (np.cumsum(counts) - counts)[counts > 0]
    gaps[begins] = units[begins] + 1
    opens = gaps != 0
    return opens, gaps


def _listed(homes: Numbers, counts: Column) -> tuple[Numbers, Column]:
    """For common grams one number a unit: the step to it, and the headings that hold the gram."""
    opens, gaps = _gaps(homes >> LISTED_BITS, counts)
    lines = np.flatnonzero(opens)
    if not len(lines):
        return np.zeros(0, dtype=np.int32), counts
    held = np.bitwise_or.reduceat(homes & ((1 << LISTED_BITS) - 1), lines)
    return (gaps[lines] << LISTED_BITS) | held, _sums(opens, counts)


def _placed(units: Numbers, places: Numbers, counts: Column) -> tuple[Numbers, Column]:
    """For other grams the step to each unit as an odd number, and the steps to its places as even ones."""
    opens, gaps = _gaps(units, counts)
    steps = np.diff(places, prepend=np.int32(0))
    np.copyto(steps, places, where=opens)
    pairs = np.empty((len(units), 2), dtype=np.int32)
    pairs[:, 0] = np.where(opens, (gaps << PLACED_BITS) | 1, np.int32(-1))
    pairs[:, 1] = steps << PLACED_BITS
    return pairs[pairs >= 0], counts + _sums(opens, counts)


def _sums(flags: npt.NDArray[np.bool_], counts: Column) -> Column:
    """How many flags are set in each of the groups of `counts` flags."""
    total = np.concatenate(([0], np.cumsum(flags, dtype=np.int64)))
    ends = np.cumsum(counts)
    sums: Column = total[ends] - total[ends - counts]
    return sums


def shards_of(grams: npt.NDArray[np.uint32], bits: int) -> Column:
    """The shard of each gram (one a row)."""
    found = np.zeros(len(grams), dtype=np.uint64)
    for column in range(grams.shape[1]):
        found = (found * np.uint64(SPREAD) + grams[:, column]) & np.uint64(0xFFFFFFFF)
    found = (found * np.uint64(SPREAD)) & np.uint64(0xFFFFFFFF)
    return (found >> np.uint64(32 - bits)).astype(np.int64)


def shard_of(gram: str, bits: int) -> int:
    """The shard of one gram."""
    found = 0
    for char in gram:
        found = (found * SPREAD + ord(char)) & 0xFFFFFFFF
    return ((found * SPREAD) & 0xFFFFFFFF) >> (32 - bits)


def first_gram(text: str, common: Container[str]) -> str:
    """The gram of a folded line that its beginning is looked up by."""
    length = min(2, len(text))
    while length < len(text) and text[:length] in common:
        length += 1
    return text[:length]


@dataclass(frozen=True, slots=True)
class Tally:
    """What must be known of all grams to write any."""

    #: The common ones of two and more characters in their order, with how often each occurs.
    common: dict[str, int]
    #: How many bits number a shard.
    bits: int
    #: The characters of all shards together.
    size: int


@dataclass(frozen=True, slots=True)
class Shards:
    """All grams and their postings, written out: one text a shard."""

    #: Made one by one as they are asked for.
    texts: Iterator[str]
    tally: Tally


def bits_of(size: int, shard_size: int) -> int:
    """How many bits number a shard, where so many characters go into shards of about `shard_size`."""
    return max(0, round(math.log2(max(size / shard_size, 1))))


def postings_of(text: str) -> dict[str, str]:
    """The grams of a shard with their digits, in their order."""
    parts = text.split(" ") if text else []
    return dict(zip(parts[::2], parts[1::2], strict=True))


def written(found: Sequence[Level], shard_size: int) -> Shards:
    """The grams of all levels, spread over shards of about `shard_size` characters."""
    # A gram, a space, its digits, a space.
    sizes = [level.ends - level.begins + level.grams.shape[1] + 2 for level in found]
    size = sum(int(each.sum()) for each in sizes)
    bits = bits_of(size, shard_size)
    where = np.concatenate([_NONE, *(shards_of(level.grams, bits) for level in found)])
    common: dict[str, int] = {}
    for level in found:
        if level.grams.shape[1] > 1:
            counts = level.counts[level.is_common].tolist()
            common.update(zip(_texts(level.grams[level.is_common]), counts, strict=True))
    grams = [gram for level in found for gram in _texts(level.grams)]
    postings = [
        level.digits[begin:end]
        for level in found
        for begin, end in zip(level.begins.tolist(), level.ends.tolist(), strict=True)
    ]
    return Shards(_shards(grams, postings, where, bits), Tally(common, bits, size))


def _shards(grams: list[str], postings: list[str], where: Column, bits: int) -> Iterator[str]:
    """The text of each shard, from where each gram goes."""
    pairs = list(zip(grams, postings, strict=True))
    order = iter(np.argsort(where, kind="stable").tolist())
    for count in np.bincount(where, minlength=1 << bits).tolist():
        yield " ".join(chain.from_iterable(map(pairs.__getitem__, islice(order, count))))


def _texts(grams: npt.NDArray[np.uint32]) -> list[str]:
    """Each row as a text."""
    count, length = grams.shape
    whole = _text(grams.ravel())
    return [whole[at : at + length] for at in range(0, count * length, length)]


def _text(codes: npt.NDArray[np.uint32]) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le")
