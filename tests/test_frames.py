"""The plan of a physical board: what hangs where, what does not fit, and what may be larger."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import a_board
from builders import PUBLISHERS
from noticeboard.board.frames import AREAS, Frames, Plan, Wanted, plan
from noticeboard.views.plan import plan_view
from noticeboard.views.words import Words

DAY = date(2026, 11, 1)


def ending(identifier: str, days: int | None, published: int = 0) -> Wanted:
    """A notice that ends after so many days, or never."""
    until = None if days is None else DAY + timedelta(days=days)
    return Wanted(identifier, until, DAY + timedelta(days=published))


def planned(frames: Frames, *wanted: tuple[Wanted, tuple[int, int, int]]) -> Plan:
    """A plan of notices, each with its sheets on A4, A3 and A2."""
    counts = {item.id: dict(zip(AREAS, pages, strict=True)) for item, pages in wanted}
    return plan(frames, [item for item, _ in wanted], lambda identifier, size: counts[identifier][size])


def test_what_ends_first_gets_its_place_first_and_long_term_last() -> None:
    found = planned(
        Frames({"A4": 3}),
        (ending("lasting", None), (1, 1, 1)),
        (ending("late", 9), (1, 1, 1)),
        (ending("older", 3, published=0), (1, 1, 1)),
        (ending("newer", 3, published=1), (1, 1, 1)),
    )
    assert list(found.sizes) == ["newer", "older", "late"]
    assert [(item.id, item.frames) for item in found.missing] == [("lasting", 1)]


def test_a_small_notice_takes_the_place_that_a_large_one_cannot_use() -> None:
    found = planned(Frames({"A4": 2}), (ending("large", 1), (5, 3, 2)), (ending("small", 2), (2, 1, 1)))
    assert list(found.sizes) == ["small"]
    assert [(item.id, item.frames) for item in found.missing] == [("large", 5)]


def test_the_paper_that_needs_the_least_room_is_taken_where_there_are_frames_for_it() -> None:
    wide = (ending("wide", 1), (3, 1, 1))  # a wide table: three sheets of A4, or one of A3
    assert planned(Frames({"A4": 2, "A3": 1}), wide).sizes == {"wide": ("A3", 1)}
    assert planned(Frames({"A4": 3}), wide).sizes == {"wide": ("A4", 3)}


def test_what_room_is_left_makes_notices_larger_in_the_same_order() -> None:
    first, second = (ending("first", 1), (1, 1, 1)), (ending("second", 2), (1, 1, 1))
    assert planned(Frames({"A4": 2, "A3": 1}), first, second).sizes == {
        "first": ("A3", 1),
        "second": ("A4", 1),
    }
    assert planned(Frames({"A3": 2}), first, second).sizes == {"first": ("A3", 1), "second": ("A3", 1)}
    assert planned(Frames({"A2": 2}), first, second).sizes == {"first": ("A2", 1), "second": ("A2", 1)}
    assert planned(Frames({"A2": 1}), first, second).sizes == {"first": ("A3", 1), "second": ("A3", 1)}


def test_a_large_frame_holds_a_mixture() -> None:
    three = [(ending(name, at), (1, 2, 2)) for at, name in enumerate("abc")]
    found = planned(Frames({"A2": 1}), *three)
    (frame,) = found.frames
    assert [sheet.id for sheet in frame.sheets] == ["a", "b", "c"] and frame.free == 1
    assert not planned(Frames()).frames and not Frames()


@pytest.mark.parametrize(
    ("frames", "pages", "across", "lies"),
    [
        ({"A4": 1}, (1, 9, 9), False, False),
        ({"A4": 1}, (1, 9, 9), True, True),
        ({"A3": 1}, (9, 1, 9), False, False),
        ({"A3": 1}, (9, 1, 9), True, True),
        ({"A3": 1}, (2, 9, 9), False, True),
        ({"A3": 1}, (2, 9, 9), True, False),
        ({"A2": 1}, (9, 9, 1), False, False),
        ({"A2": 1}, (9, 2, 9), False, True),
        ({"A2": 1}, (4, 9, 9), False, False),
        ({"A2": 1}, (4, 9, 9), True, True),
    ],
)
def test_a_frame_hangs_as_the_paper_in_it_needs(frames, pages, across, lies) -> None:
    found = planned(Frames(frames), (ending("one", 1), pages))
    papers = {("one", size) for size in AREAS} if across else set()
    (frame,) = plan_view(found, {"one": "一条"}, Words(), papers).frames
    assert frame.sheets and frame.free == 0
    assert frame.across is lies
    (empty,) = plan_view(planned(Frames(frames)), {}, Words()).frames
    assert not empty.across


PAGES = st.tuples(st.integers(1, 6), st.integers(1, 4), st.integers(1, 3))
NOTICES = st.lists(st.tuples(st.none() | st.integers(0, 5), st.integers(0, 3), PAGES), max_size=12)
SOME_FRAMES = st.builds(
    Frames, st.fixed_dictionaries({"A4": st.integers(0, 6), "A3": st.integers(0, 4), "A2": st.integers(0, 3)})
)


def packs(frames: Frames, sheets: Counter[str]) -> bool:
    """Whether the sheets fit, by trying for each large frame every way to fill it."""
    ways = {"A2": [(1, 0, 0), (0, 2, 0), (0, 1, 2), (0, 0, 4)], "A3": [(0, 1, 0), (0, 0, 2)]}
    for filled in product(ways["A2"], repeat=frames.counts["A2"]):
        for others in product(ways["A3"], repeat=frames.counts["A3"]):
            room = [sum(way[at] for way in (*filled, *others)) for at in range(3)]
            room[2] += frames.counts["A4"]
            if all(room[at] >= sheets[size] for at, size in enumerate(("A2", "A3", "A4"))):
                return True
    return False


@settings(deadline=None, max_examples=300)
@given(SOME_FRAMES, NOTICES)
def test_a_plan_can_be_hung_and_leaves_out_only_what_cannot(frames, notices) -> None:
    wanted = [(ending(f"n{at:02}", days, day), pages) for at, (days, day, pages) in enumerate(notices)]
    found = planned(frames, *wanted)
    sheets = [sheet for frame in found.frames for sheet in frame.sheets]
    counts = {item.id: dict(zip(AREAS, pages, strict=True)) for item, pages in wanted}
    assert sorted(frame.size for frame in found.frames) == sorted(
        size for size, n in frames.counts.items() for _ in range(n)
    )
    for frame in found.frames:
        assert sum(AREAS[sheet.size] for sheet in frame.sheets) <= AREAS[frame.size]
    for identifier, (size, count) in found.sizes.items():
        assert count == counts[identifier][size]
        here = [sheet for sheet in sheets if sheet.id == identifier]
        assert [sheet.page for sheet in sorted(here, key=lambda sheet: sheet.page)] == list(
            range(1, count + 1)
        ), "each page once"
        assert {(sheet.size, sheet.pages) for sheet in here} == {(size, count)}
    missing = {item.id: item.frames for item in found.missing}
    assert set(found.sizes).isdisjoint(missing) and {*found.sizes, *missing} == set(counts)
    assert len(sheets) == sum(count for _, count in found.sizes.values())
    # Without what did not fit, every notice would have got the same place: enlarging pushes nothing out.
    again = planned(frames, *(item for item in wanted if item[0].id not in missing))
    assert (again.sizes, again.frames, again.missing) == (found.sizes, found.frames, ())
    assert planned(frames, *reversed(wanted)) == found


@settings(deadline=None, max_examples=150)
@given(SOME_FRAMES, NOTICES)
def test_what_is_said_not_to_fit_does_not_and_would_with_the_frames_that_are_missing(frames, notices) -> None:
    wanted = [(ending(f"n{at:02}", days, day), pages) for at, (days, day, pages) in enumerate(notices)]
    found = planned(frames, *wanted)
    counts = {item.id: dict(zip(AREAS, pages, strict=True)) for item, pages in wanted}
    # Everything that has a place, on the paper that it got before anything was enlarged.
    placed: Counter[str] = Counter()
    for item in sorted((item for item, _ in wanted), key=_ends_first):
        here = counts[item.id]
        fitting = [size for size in AREAS if packs(frames, placed + Counter({size: here[size]}))]
        assert bool(fitting) is (item.id in found.sizes)
        if fitting:
            size = min(fitting, key=lambda size: (here[size] * AREAS[size], AREAS[size]))
            placed[size] += here[size]
    for missing in found.missing:
        sheets = placed + Counter({"A4": counts[missing.id]["A4"]})
        assert missing.frames > 0
        enough = frames.counts["A4"] + missing.frames
        assert packs(Frames({**frames.counts, "A4": enough}), sheets)
        assert not packs(Frames({**frames.counts, "A4": enough - 1}), sheets)


def _ends_first(item: Wanted) -> tuple[date, int, str]:
    return (item.until or date.max, -item.published_on.toordinal(), item.id)


def test_frames_are_read_from_the_list_of_publishers(tmp_path: Path) -> None:
    folder = a_board(tmp_path)
    folder.write(
        "publishers.yml",
        PUBLISHERS.replace("    fax:", "    版位: {A3: 4, A4: 8}\n    fax:"),
    )
    publishers = folder.board().publishers
    assert publishers is not None
    assert publishers.by_code["town"].frames == Frames({"A4": 8, "A3": 4})
    assert not publishers.by_code["east"].frames


@pytest.mark.parametrize("written", ["0", "201", "-1", "1.5", "many", "[4]"])
def test_a_number_of_frames_is_a_whole_number(tmp_path: Path, written: str) -> None:
    folder = a_board(tmp_path)
    folder.write("publishers.yml", PUBLISHERS.replace("    fax:", f"    frames: {{A4: {written}}}\n    fax:"))
    assert folder.codes() in (["value-not-a-number"], ["value-not-text"])
