"""The plugin's options in mkdocs.yml, each with the sentence that explains it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from mkdocs.config import base, config_options


class _TimeZone(config_options.Type[str]):
    """An IANA time zone name."""

    def __init__(self, default: str) -> None:
        super().__init__(str, default=default)

    def run_validation(self, value: object) -> str:
        name = super().run_validation(value)
        try:
            ZoneInfo(name)
        except Exception:
            raise base.ValidationError(f"not a time zone: {name}") from None
        return name


class NoticeboardConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin `noticeboard`."""

    notices_dir = config_options.Type(str, default="notices")
    """Folder of the notices, relative to mkdocs.yml. Never inside docs_dir."""

    time_zone = _TimeZone(default="Asia/Shanghai")
    """The board's time zone: the day begins there."""

    on_problem = config_options.Choice(("stop", "withhold"), default="stop")
    """`stop`: any error publishes nothing. `withhold`: publish the rest, name what is kept, exit 1."""

    example = config_options.Type(bool, default=False)
    """Say on every page that the board is an invented example."""
