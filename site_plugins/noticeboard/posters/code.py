"""QR codes: the short address of a notice as dark and light squares."""

from __future__ import annotations

from functools import lru_cache

import segno

#: Light squares that must stand around a code.
QUIET = 4


@lru_cache(maxsize=4096)
def modules(address: str) -> tuple[str, ...]:
    """The rows of the code, `#` for dark and `.` for light, without the quiet zone.

    No digits: ones and noughts look like somebody's number to whoever searches a page for such.

    Error correction M: on paper a code gets dirty, and a higher level would make smaller squares.
    """
    code = segno.make(address, error="m", micro=False, boost_error=False)
    return tuple("".join(".#"[bit & 1] for bit in row) for row in code.matrix)


@lru_cache(maxsize=4096)
def outline(address: str) -> tuple[int, str]:
    """The code's width in squares, quiet zone included, and the dark squares as the path of an SVG."""
    rows = modules(address)
    parts: list[str] = []
    for y, row in enumerate(rows):
        x = 0
        while (start := row.find("#", x)) >= 0:
            x = next((at for at in range(start, len(row)) if row[at] == "."), len(row))
            parts.append(f"M{start + QUIET} {y + QUIET}h{x - start}v1h-{x - start}z")
    return len(rows) + 2 * QUIET, "".join(parts)


def svg(address: str) -> str:
    """The code as a file of its own, in black."""
    width, squares = outline(address)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}"><path d="{squares}"/></svg>'
    )


def share(address: str) -> float:
    """Which part of the width of `svg` the code has; the rest is the light around it."""
    width, _ = outline(address)
    return (width - 2 * QUIET) / width
