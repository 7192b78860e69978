"""MkDocs events → calls. The plugin hands the generator what the register published, and nothing else."""

from __future__ import annotations

import os
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from .board.addresses import lost
from .board.load import HOLIDAYS_FILE, Board, Reading, load_board
from .board.problem import Problem, errors
from .board.register import Register
from .clock import BadDay, today
from .config import NoticeboardConfig
from .gate.fingerprint import kept_key
from .gate.inspect import Inspector
from .gate.publish import NotOurs, Staging
from .gate.verify import Finding, ThemeFiles, as_of, verify_site
from .history.staged import Staged
from .messages import Messages, messages
from .posters.press import forget
from .printing import CACHE, poster_problems, press_of
from .privacy.guard import guarded
from .problems import as_text, count, where
from .search.index import Index
from .views.frame import SiteSettings, frame
from .views.metadata import Head
from .views.outputs import NOT_FOUND, Outputs, path_of
from .views.page import Page, Redirect
from .views.words import Words

if TYPE_CHECKING:
    import jinja2
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("noticeboard")

#: Used in feeds where mkdocs.yml gives no site_url; such addresses lead nowhere, and nowhere else.
NO_ADDRESS = "http://localhost/"
_MATERIAL_CSS = "assets/stylesheets/main.*.min.css"
_SCREEN_WORKER = "screen/worker.js"


class NothingPublished(Abort):
    """The build ended without touching the site: problems in the notices, or findings in the new site."""

    def __init__(
        self,
        text: str,
        problems: tuple[Problem, ...] = (),
        findings: tuple[Finding, ...] = (),
        wrong_usage: bool = False,
    ) -> None:
        super().__init__(guarded(text))
        self.problems = problems
        self.findings = findings
        self.wrong_usage = wrong_usage


class PartlyPublished(Abort):
    """The site was built without the notices that have errors (`on_problem: withhold`)."""


def notices_root(config: MkDocsConfig, options: NoticeboardConfig) -> Path:
    """The notices folder, absolute."""
    return Path(config.config_file_path).parent / options.notices_dir


def notices_prefix(options: NoticeboardConfig) -> str:
    """What stands before every path in problems."""
    return options.notices_dir.strip("/").replace(os.sep, "/") + "/"


def read_board(
    config: MkDocsConfig,
    options: NoticeboardConfig,
    reading: Reading | None = None,
    staged: Staged | None = None,
    drafts: Mapping[str, bytes] | None = None,
    inspector: Inspector | None = None,
) -> Board:
    """The inspected board of a configuration, or of what is `staged` of it, which is no board to publish.

    `drafts` are texts of notices that are read in the place of what lies in the folder, by path within it.
    Raises OSError where a file cannot be opened.
    """
    root, prefix = notices_root(config, options), notices_prefix(options)
    inspector = inspector or inspector_of(config, options)
    if staged is not None:
        reads = staged.change.reads
        board = load_board(staged.root, prefix, None, options.index_number, reads, options.clearance)
        return inspector.inspect(board, reads, staged.change.concerns)
    return inspector.inspect(
        load_board(root, prefix, reading, options.index_number, clearance=options.clearance, drafts=drafts)
    )


def inspector_of(config: MkDocsConfig, options: NoticeboardConfig) -> Inspector:
    """What looks into notices and files, by the configuration's policy."""
    return Inspector(options.privacy, partial(kept_key, Path(config.config_file_path).parent))


def site_settings(config: MkDocsConfig, options: NoticeboardConfig, serving: bool = False) -> SiteSettings:
    """What the configuration says of the site; a preview has no posters, which take their time."""
    given = config.site_url or ""
    given = given if given.endswith("/") or not given else given + "/"
    return SiteSettings(
        url=given or NO_ADDRESS,
        time_zone=options.time_zone,
        given_url=given,
        id_code=options.site_id_code,
        icp_number=options.icp_number,
        police_number=options.police_number,
        rebuild_days=options.rebuild_days or 0,
        example=options.example,
        posters=() if serving else options.posters,
    )


def finding_text(finding: Finding, say: Messages) -> str:
    """One finding of the verification as a line."""
    return f"{finding.path}  {say(f'verify.{finding.code}', source=finding.source, found=finding.source)}"


def theme_files(config: MkDocsConfig) -> ThemeFiles:
    """Our own assets, Material's one stylesheet, and the words of our templates."""
    found: dict[str, Path] = {}
    texts: dict[str, str] = {}
    for folder in map(Path, config.theme.dirs):
        own = sorted(path for path in (folder / "assets").glob("*") if path.is_file())
        workers = sorted(folder.glob(_SCREEN_WORKER))
        for path in (*own, *workers, *sorted(folder.glob(_MATERIAL_CSS))):
            if not path.name.startswith("."):
                found.setdefault(path.relative_to(folder).as_posix(), path)
        for path in (*sorted(folder.glob("board/*.html")), *sorted(folder.glob("base.html"))):
            # Material's base is another template than ours of that name.
            texts[path.name if path.parent.name == "board" else f"material/{path.name}"] = path.read_text(
                "utf-8"
            )
    site_words = messages("zh").tree
    words = (repr([site_words[key] for key in ("site", "statuses")]),)
    return ThemeFiles(found, texts, words, _screen_code(config))


class NoticeboardPlugin(BasePlugin[NoticeboardConfig]):  # type: ignore[no-untyped-call]
    """Refuses to know anything about notices but how to hand pages, files and data to MkDocs."""

    def __init__(self) -> None:
        self.command = "build"
        self.phases: dict[str, float] = {}
        self.quiet = False
        self.language = "zh"
        self.tell_phase: Callable[[str], None] = lambda name: None
        self.files_verified = 0
        #: The day of a site that `verify` makes once more to compare with: nothing is stopped or swapped.
        self.rehearsal: date | None = None
        #: The site that is compared with it.
        self.compared: Path | None = None
        self.poster_problems: tuple[Problem, ...] = ()
        #: Posters that could not be set, by path.
        self.unset: frozenset[str] = frozenset()
        self._reading = Reading()
        self._inspector: Inspector | None = None
        #: Kept between two builds of a live preview.
        self._index: Index | None = None
        self._staging: Staging | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # Its presence also makes MkDocs keep this object, and what it has read, between live builds.
        self.command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        say = messages(self.language)
        root = notices_root(config, self.config).resolve()
        if _overlap(root, Path(config.docs_dir)) or _overlap(root, Path(config.site_dir)):
            raise NothingPublished(
                say("cli.folders-overlap", folder=self.config.notices_dir), wrong_usage=True
            )
        if self._publishing:
            self._staging = Staging(Path(config.site_dir))
        config.use_directory_urls = True  # the contract's addresses
        config.theme.static_templates.discard(
            "sitemap.xml"
        )  # ours knows the day; theirs is never the same twice
        self._words = Words()
        try:
            day = self.rehearsal or today(self.config.time_zone)
        except BadDay as bad:
            text = say("cli.bad-day", name=bad.name, found=bad.found)
            raise NothingPublished(text, wrong_usage=True) from None
        with self._phase("reading"):
            self._inspector = self._inspector or inspector_of(config, self.config)
            board = read_board(config, self.config, self._reading, inspector=self._inspector)
            self.register = Register(board, day)
        faulty = errors(self.register.problems)
        # Periods counted with half a list of holidays would say what is not so.
        halved = any(problem.path.endswith(f"/{HOLIDAYS_FILE}") for problem in faulty)
        broken = not board.has_lists or halved
        self._say(self.register.problems)
        if faulty and self._publishing and (self.config.on_problem == "stop" or broken):
            counted = say("cli.not-built", errors=len(faulty))
            kept = self._still_online(Path(config.site_dir))
            raise NothingPublished("\n".join([counted, *kept]), self.register.problems)
        self._settings = settings = site_settings(config, self.config, self._serving)
        self._outputs = None
        if not broken:
            self._outputs = Outputs(self.register, settings, self._words, self._index)
            self._index = self._outputs.index
        self._refuse_to_lose_an_address()
        self._posters = self._printed(config)
        settings = self._settings
        self._theme = theme_files(config)
        self._frame = frame(self.register, settings, self._words, config.site_name)
        self._making = self._making_of(config)
        if self._staging is not None:
            try:
                config.site_dir = str(self._staging.prepare())
            except NotOurs as error:
                raise NothingPublished(say("cli.not-ours", path=error.path), wrong_usage=True) from None
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """A new collection: what MkDocs found by itself in docs_dir and the theme is not passed on."""
        self._started = time.perf_counter()
        self.tell_phase("rendering")
        self._pages: dict[str, Page] = {}
        handed: list[File] = []
        for name, theme_file in self._theme.files.items():
            base = str(theme_file)[: -len(name)]
            handed.append(File(name, base, config.site_dir, use_directory_urls=True))
        if self._outputs is None:
            self._pages["index.md"] = Page("", "base.html", "", (), None)
            handed.append(self._generated(config, "index.md", ""))
            return Files(handed)
        for page in self._outputs.pages:
            source = path_of(page.address).removesuffix(".html") + ".md"
            self._pages[source] = page
            handed.append(self._generated(config, source, ""))
        for address, data in self._outputs.data.items():
            handed.append(self._generated(config, address, data))
        for address, data in self._posters.items():
            handed.append(self._generated(config, address, data))
        for address, original in self._outputs.attachments.items():
            path = str(self.register.board.root / original)
            handed.append(
                File.generated(config, address, abs_src_path=path, inclusion=InclusionLevel.NOT_IN_NAV)
            )
        handed.extend(self._redirect_files(config))
        return Files(handed)

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        ours = self._pages[page.file.src_uri]
        page.meta = {"template": f"board/{ours.template}", "title": ours.title}
        return ""

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        _escape_our_templates(env)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        ours = self._pages[page.file.src_uri]
        self._fill(context, here=ours, view=ours.view)
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        self._fill(context, here=None, view=None)
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self.phases["rendering"] = time.perf_counter() - self._started
        if self._staging is None:
            return
        with self._phase("verifying"):
            findings, self.files_verified = verify_site(
                self._staging.path,
                self.register.board,
                self.register.day,
                self._settings,
                self._theme,
                self._words,
                self.config.privacy,
            )
        say = messages(self.language)
        if findings:
            self._staging.discard()
            lines = [finding_text(finding, say) for finding in findings]
            raise NothingPublished("\n".join([*lines, say("cli.site-kept")]), findings=tuple(findings))
        try:
            self._staging.promote()
        except OSError as error:
            self._staging.discard()
            raise NothingPublished(say("cli.site-busy", path=self._staging.target, reason=error)) from None
        config.site_dir = str(self._staging.target)
        if errors(self.register.problems) or self.poster_problems:
            raise PartlyPublished(say("cli.built-withheld"))

    def on_build_error(self, *, error: Exception) -> None:
        self.abandon()

    def abandon(self) -> None:
        """Leave nothing of an unfinished build behind."""
        if self._staging is not None:
            self._staging.discard()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        server.watch(str(notices_root(config, self.config)))
        for folder in config.theme.dirs[:1]:
            server.watch(folder)
        return server

    @property
    def _publishing(self) -> bool:
        return not self._serving and self.rehearsal is None

    @property
    def _serving(self) -> bool:
        return self.command == "serve"

    @contextmanager
    def _phase(self, name: str) -> Iterator[None]:
        self.tell_phase(name)
        started = time.perf_counter()
        yield
        self.phases[name] = time.perf_counter() - started

    def _say(self, problems: tuple[Problem, ...]) -> None:
        if self.quiet:
            return
        for problem in problems:
            level = log.error if problem.severity == "error" else log.warning
            level(guarded(as_text([problem], messages(self.language))))

    def _generated(self, config: MkDocsConfig, source: str, content: str | bytes) -> File:
        return File.generated(config, source, content=content, inclusion=InclusionLevel.NOT_IN_NAV)

    def _redirect_files(self, config: MkDocsConfig) -> Iterator[File]:
        assert self._outputs is not None
        env = config.theme.get_env()
        _escape_our_templates(env)
        template = env.get_template("board/redirect.html")
        for redirect in self._outputs.redirects:
            content = template.render(site=self._frame, redirect=redirect, root=_root_of(redirect))
            yield self._generated(config, path_of(redirect.address), content)

    def _still_online(self, site: Path) -> Iterator[str]:
        """What the old site shows although it had to come down by today: staff are told before they go."""
        shown_on = as_of(site)
        overdue = [
            row.notice.title
            for row in self.register.published.values()
            if row.removed and shown_on and row.notice.removed_on and row.notice.removed_on > shown_on
        ]
        if overdue:
            yield messages(self.language)("cli.removals-overdue", count=len(overdue))
            yield from (f"  {title}" for title in overdue)

    def _refuse_to_lose_an_address(self) -> None:
        """Nothing is published while an address of the board's list would die, whatever `on_problem` says."""
        self._dying: tuple[Problem, ...] = ()
        if self._outputs is None:
            return
        listed, problems = self.register.board.addresses, self.register.problems
        self._dying = dying = tuple(lost(listed, self._outputs.addresses))
        # A list that cannot be read protects nothing.
        refused = [*dying, *(problem for problem in errors(problems) if problem.path == listed.path)]
        if refused and self._publishing:
            self._say(dying)
            counted = messages(self.language)("cli.not-built", errors=len(refused))
            raise NothingPublished(counted, tuple(sorted((*problems, *dying), key=lambda p: p.sort_key)))

    def _printed(self, config: MkDocsConfig) -> dict[str, bytes]:
        """The posters of the site by path.

        Where one cannot be set whole nothing is published, or with `on_problem: withhold` all but that one.
        """
        home = Path(config.config_file_path).parent
        # What is compared with a finished site is set anew: nothing of the comparison is remembered.
        cache = None if self.rehearsal or self._serving else home / CACHE
        wanted = self._outputs.posters if self._outputs else {}
        if not wanted:
            forget(cache)
            return {}
        with self._phase("posters"):
            press = press_of(self.register.board.root, home, self.config.fonts_dir, self._words, cache)
            printed = dict(zip(wanted, press.prints(wanted.values()), strict=True))
        self.poster_problems = poster_problems(printed.values(), self.register.board)
        if self.poster_problems:
            self._do_without({path for path, one in printed.items() if one.faults})
        return {path: one.pdf for path, one in printed.items() if one.pdf}

    def _do_without(self, faulty: set[str]) -> None:
        """Make the pages anew, without links to posters that could not be set. Raises NothingPublished."""
        self._say(self.poster_problems)
        if self._publishing and self.config.on_problem == "stop":
            problems = sorted((*self.register.problems, *self.poster_problems), key=lambda p: p.sort_key)
            counted = messages(self.language)("cli.not-built", errors=len(self.poster_problems))
            raise NothingPublished(counted, tuple(problems))
        # Of a site that is only compared, what another machine could set is there.
        there = {path for path in faulty if self.compared and (self.compared / path).is_file()}
        self.unset = frozenset(faulty - there)
        self._settings = replace(self._settings, unset=self.unset)
        self._outputs = Outputs(self.register, self._settings, self._words, self._index)

    def _fill(self, context: TemplateContext, here: Page | None, view: Any) -> None:
        values: dict[str, Any] = {
            "site": self._frame,
            "making": self._making,
            "here": here,
            "head": self._head(here),
            "view": view,
            "root": context["base_url"].rstrip("/") + "/",
        }
        context.update(values)  # type: ignore[typeddict-item]

    def _head(self, here: Page | None) -> Head | None:
        if self._outputs is None:
            return None
        return self._outputs.heads[here.address if here else NOT_FOUND]

    def _making_of(self, config: MkDocsConfig) -> dict[str, Any]:
        """What the templates need of this run: the theme's files, and in a preview the problems."""
        css = next(name for name in self._theme.files if name.startswith("assets/stylesheets/"))
        own = [path.read_bytes() for name, path in self._theme.files.items() if name != css]
        say = messages(self.language)
        shown = (*self.register.problems, *self._dying) if self._serving else ()
        return {
            "preview": self._serving,
            "material_css": css,
            "screen": self._theme.screen,
            "version": sha256(b"".join(own)).hexdigest()[:8],
            "problems_title": _preview_title(shown, say),
            "problems_severity": "error" if errors(shown) else "warning",
            "problems": [
                dict(
                    zip(("message", "hint"), say.problem(problem), strict=True),
                    where=where(problem),
                    severity=problem.severity.value,
                )
                for problem in shown
            ],
        }


def _screen_code(config: MkDocsConfig) -> dict[str, str]:
    """What stands in the screens themselves, and the hashes by which their policy knows it."""

    def theme_text(name: str) -> str:
        paths = (Path(folder) / name for folder in config.theme.dirs)
        return next(path for path in paths if path.is_file()).read_text("utf-8")

    found = {"icon": "data:image/svg+xml," + quote(theme_text("assets/favicon.svg").strip(), safe="")}
    for kind, name in (("style", "screen/screen.css"), ("script", "screen/screen.js")):
        code = theme_text(name)
        found[kind] = code
        found[f"{kind}_hash"] = b64encode(sha256(code.encode()).digest()).decode()
    return found


def _escape_our_templates(env: jinja2.Environment) -> None:
    """MkDocs leaves escaping off for every template, and titles are data. Material's rely on that."""
    env.autoescape = lambda name: name is not None and (name == "404.html" or name.startswith("board/"))


def _preview_title(problems: tuple[Problem, ...], say: Messages) -> str:
    if not problems:
        return ""
    key = "preview-errors" if errors(problems) else "preview-warnings"
    return say(f"cli.{key}", **count(problems, 0))


def _overlap(one: Path, other: Path) -> bool:
    """Whether one of two folders is or holds the other."""
    one, other = one.resolve(), other.resolve()
    return one.is_relative_to(other) or other.is_relative_to(one)


def _root_of(redirect: Redirect) -> str:
    return "../" * redirect.address.count("/")
