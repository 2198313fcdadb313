"""The keys of the reader's screen. Ids and tooltips: keys can be remapped, and the help names them."""

from __future__ import annotations

from textual.binding import Binding, BindingType


def screen_bindings() -> list[BindingType]:
    """Return the keys: key, action, id, what it does; those in the second table are not offered in the palette."""
    return [
        Binding(keys, action, tooltip, id=id_, tooltip=tooltip, show=shown)
        for shown, table in ((True, _OFFERED), (False, _OTHERS))
        for keys, action, id_, tooltip in table
    ]


_OFFERED = (
    ("slash", "event('search')", "go.search", "Search the library as you type"),
    ("t", "event('topics')", "go.topics", "Open the topics, or close them"),
    ("T", "event('takeaways')", "go.takeaways", "Gather the takeaways of the selection, or leave them"),
    ("ctrl+f", "event('find')", "go.find", "Find in the page"),
    ("n", "next_match(1)", "go.next-match", "Go to the next match, on into the next hit"),
    ("N", "next_match(-1)", "go.previous-match", "Go to the previous match"),
    ("J", "event('session', 1)", "go.next-session", "Go to the next session, or hit"),
    ("K", "event('session', -1)", "go.previous-session", "Go to the previous session, or hit"),
    ("alt+left,backspace", "event('history', -1)", "go.back", "Go back to where you were before"),
    ("alt+right", "event('history', 1)", "go.forward", "Go forward again"),
    ("o", "outline", "go.outline", "Pick a heading of the page"),
    ("f", "labels", "go.links", "Label the links on screen; a letter follows one"),
    ("tab,shift+tab", "event('other_pane')", "go.other-pane", "Go to the next pane"),
    ("space,pagedown", "pages(1)", "read.page-down", "Scroll on by a screen, at the end to the next session"),
    ("b,pageup", "pages(-1)", "read.page-up", "Scroll back by a screen"),
    ("d", "half_pages(1)", "read.half-down", "Scroll down by half a screen"),
    ("u", "half_pages(-1)", "read.half-up", "Scroll up by half a screen"),
    ("right_square_bracket", "heading(1)", "read.next-heading", "Go to the next heading"),
    ("left_square_bracket", "heading(-1)", "read.previous-heading", "Go to the previous heading"),
    ("full_stop", "walk_takeaways(1)", "page.next-takeaway", "Mark the next takeaway"),
    ("comma", "walk_takeaways(-1)", "page.previous-takeaway", "Mark the previous takeaway"),
    ("y", "copy", "do.copy", "Copy what is marked or selected, else the page"),
    ("e", "edit", "do.edit", "Open the post in $VISUAL or $EDITOR at this session"),
    ("w", "why", "do.why", "See why a file was told as it was, and put it right"),
    ("r", "event('rescan')", "do.rescan", "Look for changed files"),
    ("question_mark", "help", "do.help", "Show the keys in force"),
    ("s", "event('sidebar')", "view.sidebar", "Show or hide the sidebar"),
    ("z", "event('alone')", "view.alone", "Show the page alone, or everything again"),
    ("less_than_sign", "text_width(-1)", "view.narrower-text", "Make the lines of text shorter"),
    ("greater_than_sign", "text_width(1)", "view.wider-text", "Make the lines of text longer"),
    ("minus", "sidebar_width(-1)", "view.narrower-sidebar", "Make the sidebar narrower"),
    ("plus,equals_sign", "sidebar_width(1)", "view.wider-sidebar", "Make the sidebar wider"),
)

_OTHERS = (
    ("ctrl+t", "event('turn_takeaways')", "go.order", "Turn the order of the events on a page of takeaways"),
    ("ctrl+c", "copy_selection", "do.copy-selection", "Copy the selection"),
    ("escape", "back", "do.back", "Go one step back: mark, hits, topics, takeaways, selection"),
)
