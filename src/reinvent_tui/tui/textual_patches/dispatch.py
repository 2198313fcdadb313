"""Looks the handlers of a message up once for each class of receiver.

Stands for ``textual.message_pump.MessagePump._get_dispatch_methods``.

Why: Textual searches all classes of the receiver, and in each all classes of
the message, at every message; a key press causes dozens of messages.

Waits for: a cache in Textual. No issue is known.

When Textual changes this code: copy the new order of the search into
:func:`_handlers`, which must find the same methods in the same order;
``tests/tui/textual_patches/test_dispatch.py`` compares the two for every
class of the app. Deleting :class:`QuickDispatch` costs speed only.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from typing import Any, TypeAlias

from textual.message import Message
from textual.message_pump import MessagePump

_Handlers: TypeAlias = tuple[tuple[type, Callable[..., Any]], ...]


@cache
def _handlers(receiver: type, message: type[Message], name: str) -> _Handlers | None:
    """Return the handlers of a kind of message; None if they depend on the sender."""
    found: list[tuple[type, Callable[..., Any]]] = []
    decorated: set[Callable[..., Any]] = set()
    for cls in receiver.__mro__:
        known = cls.__dict__.get("_decorated_handlers") or {}
        for kind in message.__mro__:
            for method, chosen in known.get(kind, ()) if issubclass(kind, Message) else ():
                if chosen:
                    return None
                if method not in decorated:
                    decorated.add(method)
                    found.append((cls, method))
        method = cls.__dict__.get(f"_{name}") or cls.__dict__.get(name)
        if method is not None and not getattr(method, "_textual_on", None):
            found.append((cls, method))
    return tuple(found)


class QuickDispatch(MessagePump):
    """A receiver of messages that looks its handlers up once."""

    def _get_dispatch_methods(
        self, method_name: str, message: Message
    ) -> Iterable[tuple[type, Callable[[Message], Awaitable[Any]]]]:
        handlers = _handlers(type(self), type(message), method_name)  # type: ignore[arg-type]  # classes are hashable
        if handlers is None:
            yield from super()._get_dispatch_methods(method_name, message)
            return
        for cls, method in handlers:
            if message._no_default_action:  # may be set by the handler before
                break
            yield cls, method.__get__(self, cls)
