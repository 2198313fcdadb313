"""What lies over the reader: outline, help, palette, themes. All of them are one panel."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reinvent_tui.clean import clean_line
from reinvent_tui.page.model import HeadingMark, Position
from reinvent_tui.reader.answers import Answer, Explained, TitlesRead, WhyRead
from reinvent_tui.reader.commands import Command, DoAction, GoToSession, Titles, rank
from reinvent_tui.reader.page_values import SessionPage
from reinvent_tui.reader.requests import FixRequest, TitlesRequest, WhyRequest
from reinvent_tui.reader.targets import Spot
from reinvent_tui.tui.key_names import keys_in_force
from reinvent_tui.tui.panel import Panel, PanelRow
from reinvent_tui.tui.themes import theme_names

if TYPE_CHECKING:
    from reinvent_tui.tui.app import ReaderApp
    from reinvent_tui.tui.screen import ReaderScreen


class Overlays:
    """Opens panels over a screen, one at a time but for the palette, and does what is chosen."""

    def __init__(self, app: ReaderApp, screen: ReaderScreen) -> None:
        self._app = app
        self._screen = screen
        self._titles: Titles | None = None
        self._palette: Panel[Command] | None = None
        self._why: Panel[FixRequest] | None = None
        self._evidence: WhyRead | None = None

    @property
    def _is_clear(self) -> bool:
        """True if nothing lies over the reader."""
        return self._app.screen is self._screen

    # Outline

    def outline(self) -> bool:
        """Pick a heading of the page; return False if it has none."""
        document = self._screen.view.document
        headings = document.headings if document is not None else []
        if document is None or not headings:
            return False
        if self._is_clear:
            top = HeadingMark(0, headings[0].level, document.filled(0).text, "")
            here = self._screen.view.position.block
            headings = [top, *headings]
            current = max((index for index, heading in enumerate(headings) if heading.block <= here), default=0)
            panel = Panel(self._screen.palette, "Outline", lambda text: _outline_rows(headings, text), cursor=current)
            self._app.push_screen(panel, self._go_to_block)
        return True

    def _go_to_block(self, block: int | None) -> None:
        if block is not None:
            screen = self._screen
            screen.apply(screen.reader.places.jump_on_page(Spot(Position(block, 0)), screen.seen))

    # Help

    def help(self) -> None:
        """Show the keys in force; Enter does what the key of a row does."""
        if self._is_clear:
            groups = keys_in_force(self._screen.keys.nodes)
            panel = Panel(self._screen.palette, "Keys", lambda text: _help_rows(groups, text))
            self._app.push_screen(panel, self._screen.keys.run)

    # Palette

    def palette(self) -> None:
        """Offer every session by code or title, and every action by name, over whatever is open."""
        if isinstance(self._app.screen, Panel) and self._app.screen is self._palette:
            return
        actions = self._screen.keys.named_actions()
        self._titles = None

        def rows_for(text: str) -> Sequence[PanelRow[Command]]:
            # Nothing before the titles are there: rows do not move under the cursor.
            titles = self._titles
            return [_command_row(command) for command in rank(text, titles, actions)] if titles is not None else []

        self._palette = Panel(self._screen.palette, "Go to or run", rows_for, fills=True)
        self._app.push_screen(self._palette, self._do)
        self._screen.worker.start(TitlesRequest(0))

    def show_answer(self, answer: Answer) -> None:
        """Show what was read for a panel."""
        if isinstance(answer, WhyRead):
            self._show_why(answer)
        elif isinstance(answer, Explained):
            self._show_explained(answer)
        elif isinstance(answer.request, TitlesRequest):
            self._show_titles(answer)
        elif isinstance(answer.request, WhyRequest) and self._why is not None:
            self._why.close(None)  # it cannot be read, which the bottom line says

    def _show_titles(self, answer: Answer) -> None:
        """Offer sessions in the palette; if their titles cannot be read, actions alone."""
        self._titles = answer.titles if isinstance(answer, TitlesRead) else Titles(())
        if self._palette is not None and self._palette.is_current:
            self._palette.show_rows()

    def _do(self, command: Command | None) -> None:
        self._palette = None
        if command is not None:
            self._screen.call_later(self._do_now, command)  # the palette itself is closed by then

    def _do_now(self, command: Command) -> None:
        self.close_all()
        match command:
            case GoToSession(entry):
                self._screen.go_to_session(entry.row)
            case DoAction(binding, action):
                self._screen.keys.run(binding or action)

    def close_all(self) -> None:
        """Close everything that lies over the reader."""
        for screen in reversed(self._app.screen_stack):
            if isinstance(screen, Panel):
                screen.close(None)

    # Why, and what to do about it

    def why(self) -> None:
        """Ask by which evidence the session on the page was recognised."""
        page = self._screen.reader.navigator.page
        if not isinstance(page, SessionPage):
            self._screen.tell("open a session first")
        elif self._is_clear:
            self._evidence = None
            # Nothing before the evidence is there, but what is typed meanwhile is for the panel.
            self._why = Panel(self._screen.palette, "Why", self._why_rows, fills=True, unseen=False)
            self._app.push_screen(self._why, self._fix)
            self._screen.worker.start(WhyRequest(page.details.row))

    def _why_rows(self, text: str) -> Sequence[PanelRow[FixRequest]]:
        return _why_rows(self._evidence, text) if self._evidence is not None else []

    def _show_why(self, answer: WhyRead) -> None:
        """Offer what a person may say of the file, above the evidence."""
        page = self._screen.reader.navigator.page
        wanted = isinstance(page, SessionPage) and page.details.row == answer.request.row
        if self._why is None or not self._why.is_current:
            return
        if wanted and answer.lines:
            self._evidence = answer
            self._why.show_rows()
        else:
            self._why.close(None)
            self._screen.tell("this file is gone")

    def _fix(self, said: FixRequest | None) -> None:
        self._why = None
        if said is not None and said != AS_IT_IS:
            self._screen.worker.start(said)

    # The query in words

    def _show_explained(self, answer: Explained) -> None:
        """Say a query in words; Enter or Esc leads back to it."""
        if self._is_clear and answer.request.query == self._screen.reader.search.text:
            rows = _explained_rows(answer)
            shown = Panel(self._screen.palette, "What is looked for", lambda text: _with_words(rows, text))
            self._app.push_screen(shown)

    # Themes

    def themes(self) -> None:
        """Pick a theme: walking shows it, Esc takes it back."""
        if not self._is_clear:
            return
        names = theme_names(self._app)
        before = self._app.theme

        def rows_for(text: str) -> Sequence[PanelRow[str]]:
            return [PanelRow(name, name) for name in names if text.casefold().strip() in name]

        panel = Panel(
            self._screen.palette, "Theme", rows_for, cursor=names.index(before), reached=self._app.preview_theme
        )
        self._app.push_screen(panel, lambda name: self._app.choose_theme(name or before))


AS_IT_IS = FixRequest(b"")
"""Says nothing of nothing: what a person chooses who only wanted to read the evidence."""
_CHOICES = (
    ("one", "This file is one session"),
    ("level 1", "Its sessions are its level-1 headings"),
    ("level 2", "Its sessions are its level-2 headings"),
    ("level 3", "Its sessions are its level-3 headings"),
    ("none", "This file is no notes"),
    ("", "Decide by evidence again"),
)


def _why_rows(answer: WhyRead, text: str) -> list[PanelRow[FixRequest]]:
    """Return what may be said of a file, what of its folder, and the evidence. What is typed may be an event's name."""
    words, name = text.casefold().split(), " ".join(text.split())
    folder = os.path.dirname(answer.file)
    said = [
        (AS_IT_IS, "Leave it as it is"),
        *((FixRequest(answer.file, sessions), choice) for sessions, choice in _CHOICES),
    ]
    choices = [PanelRow(choice, wish) for wish, choice in said if all(word in choice.casefold() for word in words)]
    shown = clean_line(os.path.basename(os.fsdecode(folder)))
    event = PanelRow(f"The event of {shown}/ is {name}", FixRequest(folder, event=name)) if name else None
    forget = PanelRow(f"Decide the event of {shown}/ by evidence again", FixRequest(folder, event=""))
    of_folder = [PanelRow(f"The event of {shown}/: type its name"), forget] if event is None else [event]
    lines = [PanelRow(line.strip(), AS_IT_IS, indent=int(line.startswith(" "))) for line in answer.lines]
    return [PanelRow(answer.path), *choices, *of_folder, PanelRow("Told as it is because"), *lines]


def _explained_rows(answer: Explained) -> list[PanelRow[str]]:
    """Return a row for each part of a query, led by how many sessions have it, and below it what else it finds."""
    rows: list[PanelRow[str]] = []
    for part in answer.parts:
        rows.append(PanelRow(clean_line(part.text), "", lead="" if part.sessions is None else f"{part.sessions:,}"))
        rows += [PanelRow(clean_line(line), "", indent=1) for line in part.details]
    if len(answer.parts) > 1:
        rows.append(PanelRow("all of it", "", lead=f"{answer.total:,}"))
    if answer.close:
        rows.append(PanelRow("shown below, without some of the words", "", lead=f"{answer.close:,}"))
    return rows or [PanelRow("nothing: all sessions are shown", "")]


def _with_words(rows: Sequence[PanelRow[str]], text: str) -> list[PanelRow[str]]:
    words = text.casefold().split()
    return [row for row in rows if all(word in row.text.casefold() for word in words)]


def _outline_rows(headings: Sequence[HeadingMark], text: str) -> list[PanelRow[int]]:
    top = min(heading.level for heading in headings)
    words = text.casefold().split()
    return [
        PanelRow(heading.text, heading.block, indent=0 if words else heading.level - top)
        for heading in headings
        if all(word in heading.text.casefold() for word in words)
    ]


def _help_rows(groups: list[tuple[str, list[tuple[str, str, str]]]], text: str) -> list[PanelRow[str]]:
    words = text.casefold().split()
    rows: list[PanelRow[str]] = []
    for name, keys in groups:
        some = [
            PanelRow(does, id_, lead=shown)
            for shown, does, id_ in keys
            if all(word in f"{does} {shown}".casefold() for word in words)
        ]
        rows += [PanelRow(name), *some] if some else []
    return rows


def _command_row(command: Command) -> PanelRow[Command]:
    match command:
        case GoToSession(entry):
            return PanelRow(entry.title or "Untitled", command, note=entry.code)
        case DoAction(words=words, keys=keys):
            return PanelRow(words, command, note=keys)
