"""The topics of a selection, with counts: picked, left out, marked, folded, filtered by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from reinvent_tui.index.values import Facet, Value
from reinvent_tui.page.cells import width_of
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.textual_patches.bindings import bindings_of
from reinvent_tui.tui.widgets.facet_tabs import CAPTIONS, FACETS, TABS_ROW, draw_tabs, facet_at
from reinvent_tui.tui.widgets.line_list import LineList, cut

if TYPE_CHECKING:
    from reinvent_tui.index.query_filters import FieldFilter

COMMANDS = frozenset(" !|[]?/")
"""Characters that do something; all others filter the list."""


class _Row(NamedTuple):
    value: Value
    mark: str = ""
    """``+`` if it is wanted, ``-`` if it is left out."""
    depth: int = 0
    folded: bool | None = None
    """None if there is nothing below it."""


def _name_of(row: _Row | Value) -> str:
    return row.name if isinstance(row, Value) else row.value.name


def _filters(character: str) -> bool:
    """Return True if a character filters the list. Capitals are the screen's keys: no topic needs any."""
    return bool(character) and character not in COMMANDS and not character.isupper()


class TopicList(LineList):
    """Values of one facet of a selection."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, action, name, id=f"topics.{id_}", tooltip=tooltip, show=False)
        for key, action, name, id_, tooltip in (
            ("space", "mark", "Mark", "mark", "Mark the topic: Enter takes all that are marked"),
            ("exclamation_mark", "exclude", "Leave out", "exclude", "Leave the topic's sessions out, or not"),
            ("vertical_line", "any_or_all", "Any, all", "any", "Want any of the chosen topics, or all of them"),
            ("right_square_bracket", "facet(1)", "Next list", "next-list", "Go on to tracks, levels, events, speakers"),
            ("left_square_bracket", "facet(-1)", "List before", "previous-list", "Go back to the list before"),
            ("ctrl+t", "order", "Order", "order", "Sort the topics by name, or by count"),
            ("ctrl+g", "given", "Given only", "given", "Switch inferred topics off, or on"),
            ("left", "fold", "Fold", "fold", "Fold what is below the topic"),
            ("right", "unfold", "Unfold", "unfold", "Unfold what is below the topic"),
            ("backspace", "erase", "Undo", "erase", "Take back a letter of the filter, else the last choice"),
        )
    ]

    class Wish(Message):
        """Something is wanted of the selection."""

    class Picked(Wish):
        """Values are wanted, or no longer."""

        def __init__(self, facet: Facet, values: tuple[str, ...], *, any_of: bool) -> None:
            super().__init__()
            self.facet, self.values, self.any_of = facet, values, any_of

    class Excluded(Wish):
        """The sessions of a value are to be left out, or no longer."""

        def __init__(self, facet: Facet, value: str) -> None:
            super().__init__()
            self.facet, self.value = facet, value

    class AnyOrAll(Wish):
        """Any of the chosen values is enough, or all are wanted."""

        def __init__(self, facet: Facet, *, any_of: bool) -> None:
            super().__init__()
            self.facet, self.any_of = facet, any_of

    class FacetWanted(Wish):
        """Another facet is to be listed."""

        def __init__(self, facet: Facet) -> None:
            super().__init__()
            self.facet = facet

    class InferredSwitched(Wish):
        """Inferred topics are to be hidden, or shown."""

    class TakenBack(Wish):
        """The last choice is to be taken back."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)
        self.facet = Facet.TAG
        self.filter = ""
        self.by_name = False
        self.given_only = False
        self._any = False
        self._values: list[Value] = []
        self._is_nested = False
        self._chosen: FieldFilter | None = None
        self._total = 0
        self._unfiltered = 0
        self._marked: set[str] = set()
        self._folded: set[str] = set()
        self._rows: list[_Row | Value] = []
        """Those that are made already, and values of which a row is made when it is drawn."""
        self._laid_with = ("", False)
        self._early: list[tuple[str, str]] | None = None
        """Keys that came before the list did."""

    # Contents

    def await_values(self) -> None:
        """Keep what is typed from now on until there is a list."""
        self._early = []

    def show_values(self, facet: Facet, values: list[Value], chosen: FieldFilter, total: int) -> None:
        """Show what a selection of ``total`` sessions holds, and what the query says of it."""
        row = self._here()
        here = row.value.name if row is not None and facet is self.facet else ""
        if facet is not self.facet:
            self._marked.clear()
        if values is not self._values:
            self._is_nested = "/" in "\n".join([value.name for value in values])
        same = values is self._values and chosen == self._chosen and facet is self.facet
        self.facet, self._values, self._chosen, self._total = facet, values, chosen, total
        self._any = chosen.any or (self._any and len(chosen.wanted) < 2)
        if not same or self._laid_with != (self.filter, self._any):
            self._lay_rows(here)
        if self._early:
            self.call_later(self._catch_up)
        else:
            self._early = None

    async def _catch_up(self) -> None:
        """Do what the keys say that came before the list did."""
        early, self._early = self._early or [], None
        for key, character in early:
            if _filters(character):
                self._set_filter(self.filter + character)
                continue
            for node in (self, self.screen, self.app):
                action = next((binding.action for known, binding in bindings_of(node) if known == key), "")
                if action:
                    await node.run_action(action)
                    break

    @property
    def any_of(self) -> bool:
        """True where any of the chosen is enough."""
        return self._any

    @property
    def wanted_rows(self) -> int:
        """Rows that the list has without a filter: it takes no more room than that."""
        return self._unfiltered

    @property
    def names(self) -> list[str]:
        """The names in the list."""
        return list(map(_name_of, self._rows))

    def _lay_rows(self, here: str = "") -> None:
        self._laid_with = (self.filter, self._any)
        self._rows = rows = [*self._chosen_rows(), *self._nested(self._offered())]
        if not self.filter:
            self._unfiltered = len(rows)
        cursor = min(self.cursor, max(0, len(rows) - 1))
        if here and not (rows and _name_of(rows[cursor]) == here):
            cursor = next((at for at, row in enumerate(rows) if _name_of(row) == here), cursor)
        self.set_reactive(LineList.cursor, cursor)
        self.set_count(len(rows))
        self.show_row(self.cursor)

    def _chosen_rows(self) -> list[_Row]:
        chosen = self._chosen
        if chosen is None or not (chosen.wanted or chosen.unwanted):
            return []
        rows = [_Row(self._value_of(name), "+") for name in chosen.wanted]
        rows += [_Row(Value(name, 0), "-") for name in chosen.unwanted]
        return [row for row in rows if self.filter.casefold() in row.value.name.casefold()]

    def _value_of(self, name: str) -> Value:
        exact = next((value for value in self._values if value.name == name), None)
        key = name.casefold()
        return exact or next((value for value in self._values if value.name.casefold() == key), Value(name, 0))

    def _offered(self) -> list[Value]:
        """Return the values worth choosing: once something is chosen, only what narrows further."""
        values = self._values
        wanted = {self._value_of(name).name for name in self._chosen.wanted} if self._chosen is not None else set()
        if wanted:
            most = max(0, self._total - 1) if not self._any else self._total
            values = [value for value in values if value.sessions <= most and value.name not in wanted]
        if self.filter:
            letters = self.filter.casefold()
            values = [value for value in values if letters in f"{value.name} {value.words}".casefold()]
        return values

    def _nested(self, values: list[Value]) -> Sequence[_Row | Value]:
        """Return rows in order, narrower topics under their broader ones."""
        ordered = sorted(values, key=lambda value: value.name.casefold()) if self.by_name else values
        if self.facet is not Facet.TAG or self.filter or not self._is_nested:
            return ordered
        names = {value.name for value in values}
        below: dict[str, list[Value]] = {}
        for value in ordered:
            parent = value.name.rpartition("/")[0]
            below.setdefault(parent if parent in names else "", []).append(value)
        rows: list[_Row] = []

        def add(parent: str, depth: int) -> None:
            for value in below.get(parent, ()):
                folded = value.name not in self._folded if value.name in below else None
                rows.append(_Row(value, "", depth, folded))
                if folded is False:
                    add(value.name, depth + 1)

        add("", 0)
        return rows

    def _here(self) -> _Row | None:
        return self._row_at(self.cursor) if 0 <= self.cursor < len(self._rows) else None

    def _row_at(self, index: int) -> _Row:
        row = self._rows[index]
        return _Row(row) if isinstance(row, Value) else row

    # Keys

    def take_key(self, event: events.Key) -> bool:
        character = (event.character or "") if event.is_printable else ""
        if self._early is not None and event.key != "escape":
            # Typed before there is a list: it is for the list all the same.
            self._early.append((event.key, character))
        elif _filters(character):
            self._set_filter(self.filter + character)
        else:
            return False
        return True

    def _set_filter(self, text: str) -> None:
        self.filter = text
        self.set_reactive(LineList.cursor, 0)
        self._lay_rows()

    def action_erase(self) -> None:
        """Take back a letter, or the last choice."""
        if self.filter:
            self._set_filter(self.filter[:-1])
        else:
            if self._chosen_rows():
                self.move_cursor(0)  # where what is left of the choice stands
            self.post_message(self.TakenBack())

    def reset(self) -> None:
        """Forget filter and marks: the list was closed."""
        self._early = None
        self._marked.clear()
        if self.filter:
            self._set_filter("")

    def action_choose(self) -> None:
        """Pick what is marked, or the topic under the cursor; one that was picked is unpicked."""
        here = self._here()
        names = tuple(sorted(self._marked)) or ((here.value.name,) if here is not None else ())
        if not names:
            return
        if here is not None and here.mark == "-" and not self._marked:
            self.post_message(self.Excluded(self.facet, names[0]))
        else:
            self.post_message(self.Picked(self.facet, names, any_of=self._any))
        self._marked.clear()
        self.filter = ""

    def action_mark(self) -> None:
        """Mark the topic under the cursor, or drop the mark."""
        here = self._here()
        if here is not None and not here.mark:
            self._marked ^= {here.value.name}
            if self.filter:
                self.filter = ""  # the next one to mark is looked for from the beginning
                self._lay_rows(here.value.name)
            else:
                self.move_cursor(self.cursor + 1)
            self.refresh()

    def action_exclude(self) -> None:
        """Leave out the sessions of the topic under the cursor."""
        here = self._here()
        if here is not None:
            self.filter = ""
            self.post_message(self.Excluded(self.facet, here.value.name))

    def action_any_or_all(self) -> None:
        """Want any of the chosen, or all."""
        self._any = not self._any
        self.refresh()
        self.post_message(self.AnyOrAll(self.facet, any_of=self._any))

    def action_facet(self, step: int) -> None:
        """Go to another list."""
        facet = FACETS[(FACETS.index(self.facet) + step) % len(FACETS)]
        self._want(facet)

    def _want(self, facet: Facet) -> None:
        self.filter = ""
        self.post_message(self.FacetWanted(facet))

    def on_click(self, event: events.Click) -> None:
        if event.y == TABS_ROW:
            facet = facet_at(self.facet, self.size.width, event.x)
            if facet is not None:
                self._want(facet)

    def action_order(self) -> None:
        """Sort by name, or by count."""
        self.by_name = not self.by_name
        here = self._here()
        self._lay_rows(here.value.name if here is not None else "")

    def action_given(self) -> None:
        """Switch inferred topics off, or on."""
        self.post_message(self.InferredSwitched())

    def action_fold(self) -> None:
        """Fold."""
        self._fold(fold=True)

    def action_unfold(self) -> None:
        """Unfold."""
        self._fold(fold=False)

    def _fold(self, *, fold: bool) -> None:
        here = self._here()
        if here is None:
            return
        if fold and here.folded is not False and "/" in here.value.name:
            self._lay_rows(here.value.name.rpartition("/")[0])
        elif here.folded is not None:
            # The set holds what is unfolded: most nested topics are of no interest at first.
            (self._folded.discard if fold else self._folded.add)(here.value.name)
            self._lay_rows(here.value.name)

    # Drawing

    def padding_line(self, y: int, width: int) -> Strip:
        blank = self.palette.style("side-blank")
        segments = [Segment(" ", blank)]
        if y == TABS_ROW:
            segments = draw_tabs(self.facet, width, self.palette)
        elif y == TABS_ROW + 1:
            segments.append(Segment(cut(self._state(), width - 2), self.palette.style("side-soft")))
        used = sum(width_of(segment.text) for segment in segments)
        return Strip([*segments, Segment(" " * max(0, width - used), blank)]).crop(0, width)

    def _state(self) -> str:
        if self.filter:
            return f"with “{self.filter}”" if self._rows else f"none with “{self.filter}”"
        if not self._rows and self._early is None and self._chosen is not None:
            return f"no {CAPTIONS[self.facet]} here"
        chosen = self._chosen is not None and bool(self._chosen.wanted or self._chosen.unwanted)
        parts = ["any of these"] if self._any else []
        parts += ["also tagged" if self.facet is Facet.TAG and chosen else "also" if chosen else "type to filter"]
        parts += ["by name"] if self.by_name else []
        parts += ["given only"] if self.given_only else []
        return " · ".join(parts)

    def draw(self, index: int, width: int) -> list[Segment]:
        row = self._row_at(index)
        value = row.value
        marked = value.name in self._marked
        blank = self.palette.style("side-blank")
        mark = row.mark or ("*" if marked else " ")
        fold = "" if row.folded is None else "▸ " if row.folded else "▾ "
        lead = f" {mark} " + "  " * row.depth + fold
        name = value.name if row.depth == 0 else value.name.rpartition("/")[2]
        name = f"{name}  {value.words}" if value.words else name
        name = name if value.given else f"·{name}"
        number = f"{value.sessions:,}" if value.sessions else ""
        name = cut(name, max(1, width - len(lead) - len(number) - 2))
        role = "side-current" if row.mark == "+" or marked else "side-faint" if row.mark == "-" else "side"
        return [
            Segment(lead, self.palette.style("side-accent" if mark != " " else "side-faint")),
            Segment(name, self.palette.style(role if value.given else "side-soft")),
            Segment(" " * max(1, width - len(lead) - width_of(name) - len(number) - 1), blank),
            Segment(number, self.palette.style("side-faint")),
            Segment(" ", blank),
        ]
