"""Pages that say something: nothing to read, or not yet."""

from __future__ import annotations

from reinvent_tui.clean import clean_line
from reinvent_tui.page.blocks import Piece, bullet, meta, paragraph, problem, title
from reinvent_tui.page.document import Document


def empty_page(names: list[str], unreadable: list[str]) -> Document:
    """Return what is shown if there is nothing to read, and what to type next."""
    where = ", ".join(clean_line(name) for name in names)
    head = [
        title("No posts here"),
        meta(where),
        paragraph("A post is a file whose name ends in .md, .markdown or .txt; folders are searched through."),
    ]
    head.extend(problem(text) for text in unreadable[:5])
    head += [
        bullet([Piece("Write one and press "), Piece("r", "accent"), Piece(" to look again.")], 1),
        bullet(
            [
                Piece("Or quit with "),
                Piece("q", "accent"),
                Piece(" and open another folder: "),
                Piece("reinvent-tui PATH", "accent"),
            ]
        ),
        bullet([Piece("The bundled posts open with: "), Piece("reinvent-tui", "accent")]),
    ]
    return Document("", "", head)


def waiting_page(names: list[str]) -> Document:
    """Return what is shown while the first posts are read."""
    where = ", ".join(clean_line(name) for name in names)
    return Document("", "", [title("Reading …"), meta(where)])
