"""The only place that reads the clock: the board's local day."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


class BadDay(ValueError):
    """An environment variable that should tell the day does not."""

    def __init__(self, name: str, found: str) -> None:
        super().__init__(name)
        self.name = name
        self.found = found


def today(time_zone: str, environment: Mapping[str, str] = os.environ) -> date:
    """NOTICEBOARD_TODAY, else SOURCE_DATE_EPOCH, else the clock, in the board's time zone.

    Raises BadDay where a variable is set and is not what it should be.
    """
    if given := environment.get("NOTICEBOARD_TODAY"):
        try:
            if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
                raise ValueError(given)
            return date.fromisoformat(given)
        except ValueError:
            raise BadDay("NOTICEBOARD_TODAY", given) from None
    zone = ZoneInfo(time_zone)
    if epoch := environment.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(zone).date()
        except (ValueError, OverflowError, OSError):
            raise BadDay("SOURCE_DATE_EPOCH", epoch) from None
    return datetime.now(zone).date()
