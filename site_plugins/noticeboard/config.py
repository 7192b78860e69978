"""The plugin's options in mkdocs.yml, each with the sentence that explains it."""

from __future__ import annotations

import re
from contextvars import ContextVar
from string import Formatter
from zoneinfo import ZoneInfo

from mkdocs.config import base, config_options
from mkdocs.config.base import ConfigErrors, ConfigWarnings

from .board.fields import suggest
from .board.load import ClearanceMode
from .board.notice import NATIONAL_FORM
from .masking.rules import CHOICES
from .messages import messages
from .posters.sheet import Size
from .privacy.finding import Kind
from .privacy.policy import Policy, Weight

#: In which language a wrong option is named. The command line sets it before it reads mkdocs.yml.
language: ContextVar[str] = ContextVar("language", default="zh")

LONGEST_TEXT = 60
MOST_DAYS = 366
_INDEX_FIELDS = {"institution": "", "publisher": "", "year": "", "serial": r"(0[1-9])?d?"}


def _wrong(key: str, **params: object) -> base.ValidationError:
    return base.ValidationError(messages(language.get())(key, **params))


class _TimeZone(config_options.Type[str]):
    """An IANA time zone name."""

    def __init__(self, default: str) -> None:
        super().__init__(str, default=default)

    def run_validation(self, value: object) -> str:
        name = super().run_validation(value)
        try:
            ZoneInfo(name)
        except Exception:
            raise _wrong("cli.option-time-zone", found=name) from None
        return name


class _SiteIdCode(base.BaseConfigOption[str]):
    """Ten digits or nothing. YAML makes a number of digits without quotes, and loses leading zeros."""

    def __init__(self) -> None:
        super().__init__()
        self.default = ""

    def run_validation(self, value: object) -> str:
        text = "" if value is None else str(value)
        if isinstance(value, (str, int, type(None))) and re.fullmatch(r"([0-9]{10})?", text):
            return text
        raise _wrong("cli.option-site-id-code", found=text.strip())


class _Line(base.BaseConfigOption[str]):
    """One line of text, or nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.default = ""
        self._name = name

    def run_validation(self, value: object) -> str:
        text = "" if value is None else value
        if isinstance(text, str) and text.strip().isprintable() and len(text.strip()) <= LONGEST_TEXT:
            return text.strip()
        raise _wrong("cli.option-line", option=self._name, found=str(value)[:LONGEST_TEXT], most=LONGEST_TEXT)


class _Days(base.BaseConfigOption["int | None"]):
    """A number of days, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.default = None

    def run_validation(self, value: object) -> int | None:
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_DAYS:
            return value
        raise _wrong("cli.option-rebuild-days", found=value, most=MOST_DAYS)


class _IndexNumber(base.BaseConfigOption[str]):
    """The form of index numbers: text with fields in braces."""

    def __init__(self, default: str) -> None:
        super().__init__()
        self.default = default

    def run_validation(self, value: object) -> str:
        if value is None:
            return NATIONAL_FORM
        if isinstance(value, str) and _is_form(value):
            return value
        raise _wrong("cli.option-index-number", found=value)


class _Privacy(base.BaseConfigOption[Policy]):
    """Kind of finding → error, warning or off. What is an error by its form alone stays one."""

    def __init__(self) -> None:
        super().__init__()
        self.default = Policy()

    def run_validation(self, value: object) -> Policy:
        if isinstance(value, Policy):
            return value
        given = value if isinstance(value, dict) else {"": value} if value is not None else {}
        # YAML takes a bare off for false.
        given = {kind: Weight.OFF if weight is False else weight for kind, weight in given.items()}
        for kind, weight in given.items():
            if kind not in {*Kind} or weight not in {*Weight}:
                kinds, weights = "、".join(Kind), "、".join(Weight)
                raise _wrong("cli.option-privacy", found=f"{kind}: {weight}", kinds=kinds, weights=weights)
        return Policy({Kind(str(kind)): Weight(str(weight)) for kind, weight in given.items()})


class _Mask(base.BaseConfigOption[dict[str, str]]):
    """Kind of private thing → how much of it `noticeboard mask` hides, where a county has the choice."""

    def __init__(self) -> None:
        super().__init__()
        self.default = {}

    def run_validation(self, value: object) -> dict[str, str]:
        given = value if isinstance(value, dict) else {"": value} if value is not None else {}
        for kind, choice in given.items():
            if choice not in CHOICES.get(kind, ()):
                allowed = "；".join(f"{name}: {'、'.join(choices)}" for name, choices in CHOICES.items())
                raise _wrong("cli.option-mask", found=f"{kind}: {choice}", allowed=allowed)
        return {str(kind): str(choice) for kind, choice in given.items()}


class _Posters(base.BaseConfigOption[tuple[Size, ...]]):
    """The paper sizes of the posters that the site offers; none where it offers none."""

    def __init__(self) -> None:
        super().__init__()
        self.default = ()

    def run_validation(self, value: object) -> tuple[Size, ...]:
        given = value if isinstance(value, (list, tuple)) else [value] if value is not None else []
        if unknown := [size for size in given if size not in tuple(Size)]:
            raise _wrong("cli.option-posters", found=unknown[0], allowed="、".join(Size))
        return tuple(size for size in Size if size in given)


def _is_form(text: str) -> bool:
    """Whether every field is known and plain, and they tell notices apart."""
    if not text.isprintable() or text != text.strip() or len(text) > LONGEST_TEXT:
        return False
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return False
    used = set()
    for literal, field, spec, conversion in parts:
        if "{" in literal or "}" in literal:
            return False
        if field is None:
            continue
        if field not in _INDEX_FIELDS or conversion or not re.fullmatch(_INDEX_FIELDS[field], spec or ""):
            return False
        used.add(field)
    return {"year", "serial"} <= used and bool(used & {"institution", "publisher"})


class NoticeboardConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin `noticeboard`."""

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """MkDocs only mentions a misspelt option; here it would leave a safeguard off."""
        failed, warnings = super().validate()
        unknown = sorted(self.keys() - self._schema_keys)
        for name in unknown:
            near = messages(language.get())("list").join(suggest(name, sorted(self._schema_keys)))
            failed.append((name, _wrong("cli.option-unknown", found=name, suggestion=near)))
        return failed, [warning for warning in warnings if warning[0] not in unknown]

    notices_dir = config_options.Type(str, default="notices")
    """Folder of the notices, relative to mkdocs.yml. Never inside docs_dir."""

    time_zone = _TimeZone(default="Asia/Shanghai")
    """The board's time zone: the day begins there."""

    on_problem = config_options.Choice(("stop", "withhold"), default="stop")
    """`stop`: any error publishes nothing. `withhold`: publish the rest, name what is kept, exit 1."""

    clearance: config_options.Choice[ClearanceMode] = config_options.Choice(
        ("flag", "record", "bound"), default="record"
    )
    """What proves a review: the flag alone, a record of who and when, or one bound to what was reviewed."""

    example = config_options.Type(bool, default=False)
    """Say on every page that the board is an invented example."""

    site_id_code = _SiteIdCode()
    """The ten digits of the 政府网站标识码, in quotes; empty where the site has none."""

    icp_number = _Line("icp_number")
    """The ICP备案号 for the foot of every page, as it was given."""

    police_number = _Line("police_number")
    """The 公安备案号 for the foot of every page, as it was given."""

    rebuild_days = _Days()
    """Within how many days the board promises to be built anew; nothing where it promises nothing."""

    privacy = _Privacy()
    """What findings of a kind weigh where the board wants it otherwise: `{mobile: warning, plate: off}`."""

    mask = _Mask()
    """How much `noticeboard mask` hides: `{names: partial, id-number: all, mobile: all}`."""

    posters = _Posters()
    """Paper sizes of the PDF posters that each notice's page links: `[A4, A3]`; empty for none."""

    fonts_dir = config_options.Type(str, default="")
    """Folder of font files for posters besides the machine's own, relative to mkdocs.yml."""

    index_number = _IndexNumber(default=NATIONAL_FORM)
    """The form of index numbers that are not written out: institution, publisher, year, serial in braces."""
