"""Handlers that are looked up once are those that Textual finds at every message."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widgets import Input

from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.tui.textual_patches.dispatch import QuickDispatch
from support import make_app, reader_of, settle

MESSAGES: tuple[Message, ...] = (
    events.Key("j", "j"),
    events.Resize.from_dimensions((80, 24), None),
    events.Mount(),
    events.Show(),
    events.Focus(),
    events.Blur(),
    events.Paste("text"),
    events.Idle(),
)


async def test_every_receiver_finds_the_handlers_that_textual_finds(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test() as pilot:
        await settle(pilot)
        screen = reader_of(app)
        nodes = [node for node in (app, screen, *screen.walk_children()) if isinstance(node, QuickDispatch)]
        messages = [*MESSAGES, Input.Changed(screen.query_line, "text")]
        assert len({type(node) for node in nodes}) > 5
        compared = 0
        for node in nodes:
            for message in messages:
                ours = list(node._get_dispatch_methods(message.handler_name, message))
                theirs = list(MessagePump._get_dispatch_methods(node, message.handler_name, message))
                assert ours == theirs, (node, message)
                compared += len(theirs)
        assert compared > 30


async def test_a_handler_can_keep_the_default_from_being_called() -> None:
    message = events.Key("a", "a")

    class Line(QuickDispatch, Input):
        def on_key(self, event: events.Key) -> None:
            """Be there."""

    methods = iter(Line()._get_dispatch_methods(message.handler_name, message))
    assert next(methods)[0] is Line
    message.prevent_default()
    assert next(methods, None) is None
