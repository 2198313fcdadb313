"""Highlight code with Pygments, imported only when a page has code in a named language."""

from __future__ import annotations

from reinvent_tui.page.model import Mark, Span

MAX_CHARACTERS = 50_000
"""Longer code is not highlighted."""

_ROLES = (
    ("Comment", "code-comment"),
    ("Keyword", "code-keyword"),
    ("Literal.String", "code-string"),
    ("Literal.Number", "code-number"),
    ("Literal.Date", "code-number"),
    ("Name.Function", "code-name"),
    ("Name.Class", "code-name"),
    ("Name.Tag", "code-keyword"),
    ("Name.Attribute", "code-name"),
    ("Name.Builtin", "code-name"),
    ("Name.Decorator", "code-name"),
    ("Operator.Word", "code-keyword"),
    ("Generic.Deleted", "code-number"),
    ("Generic.Inserted", "code-string"),
    ("Generic.Heading", "code-keyword"),
    ("Generic.Prompt", "code-comment"),
)


def colour(text: str, language: str) -> tuple[Span, ...]:
    """Return spans for the code in ``text``; none if ``language`` is unknown or the code too long."""
    if not language or len(text) > MAX_CHARACTERS:
        return ()
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return ()
    spans: list[Span] = []
    roles: dict[object, str] = {}
    at = 0
    for token, piece in lexer.get_tokens(text):
        if token not in roles:
            name = str(token).removeprefix("Token.")
            roles[token] = next((role for prefix, role in _ROLES if name.startswith(prefix)), "")
        if roles[token]:
            spans.append(Span(at, at + len(piece), Mark.NONE, roles[token]))
        at += len(piece)
    # A lexer that changes the text would colour the wrong characters.
    return tuple(spans) if at == len(text) else ()
