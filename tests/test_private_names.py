"""Private names of Textual are used in one package only, where somebody looks when Textual changes."""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from textual import events
from textual._compositor import Compositor
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

import reinvent_tui

SOURCES = Path(reinvent_tui.__file__).parent
ALLOWED = SOURCES / "tui" / "textual_patches"
CLASSES: tuple[type, ...] = (
    *(App, Screen, Widget, Input, ScrollView, ScrollBar, Horizontal, MessagePump, Message, Strip, Timer),
    *(BindingsMap, Compositor, LinuxDriver, XTermParser),
)


def _is_private(name: str) -> bool:
    return len(name) > 1 and name.startswith("_") and not name.startswith("__")


@dataclass(frozen=True)
class Own:
    """What the classes of a tree give themselves, and the names of their bases."""

    names: frozenset[str]
    bases: tuple[str, ...]


def _given(tree: ast.AST) -> frozenset[str]:
    """Return the names of a tree's own functions, classes and variables, and of the attributes that ``self`` gets."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
                found.add(name)
    return frozenset(found)


@cache
def _set_by(cls: type) -> frozenset[str]:
    """Return what a class of Textual gives to its objects."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    except (OSError, TypeError):  # made while running
        return frozenset()
    return _given(tree) | vars(cls).keys() | getattr(cls, "__annotations__", {}).keys()


@cache
def _textuals() -> frozenset[str]:
    """Return all private names of Textual that our classes could meet; not read when the module is imported."""
    classes = {base for cls in CLASSES for base in cls.__mro__ if base.__module__.startswith("textual")}
    return frozenset(name for cls in classes for name in _set_by(cls) if _is_private(name))


def _classes(tree: ast.AST) -> dict[str, Own]:
    """Return the classes of a tree by name."""
    return {
        node.name: Own(_given(node), tuple(base.id for base in node.bases if isinstance(base, ast.Name)))
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }


def _own_of(name: str, known: Mapping[str, Own]) -> set[str]:
    """Return what a class and its bases give themselves, as far as they are ours."""
    own = known.get(name)
    return set(own.names).union(*(_own_of(base, known) for base in own.bases)) if own else set()


def private_names(source: str, known: Mapping[str, Own] = MappingProxyType({})) -> list[tuple[int, str]]:
    """Return the lines and names where a file uses a private name of Textual.

    That is: ``thing._name``, unless the file gives itself that name, or for ``self`` one of the class's bases among
    ``known`` does; ``super()._name``; imports of private modules of Textual, and of private names.
    """
    tree = ast.parse(source)
    known = {**known, **_classes(tree)}
    modules = {
        (name.asname or name.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    found: set[tuple[int, str]] = set()

    def visit(node: ast.AST, own: set[str]) -> None:
        match node:
            case ast.ClassDef(name=name):
                own = own | _own_of(name, known)
            case ast.Attribute(value=ast.Name(id=name)) if name in modules:
                pass
            case ast.Attribute(value=value, attr=attr) if attr in _textuals() and (_is_super(value) or attr not in own):
                found.add((node.lineno, attr))
            case ast.Import() | ast.ImportFrom():
                found.update((node.lineno, name) for name in _private_imports(node))
        for child in ast.iter_child_nodes(node):
            visit(child, own)

    visit(tree, set(_given(tree)))
    return sorted(found)


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def _private_imports(node: ast.Import | ast.ImportFrom) -> list[str]:
    names = [name.name for name in node.names]
    paths = [f"{node.module}.{name}" for name in names] if isinstance(node, ast.ImportFrom) else names
    return [part for path in paths if path.startswith("textual.") for part in path.split(".") if _is_private(part)]


def _sources() -> dict[str, str]:
    """Return our own files outside the package, by path."""
    paths = (path for path in sorted(SOURCES.rglob("*.py")) if ALLOWED not in path.parents)
    return {path.relative_to(SOURCES).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_private_names_of_textual_are_used_in_one_package() -> None:
    sources = _sources()
    known = {name: own for source in sources.values() for name, own in _classes(ast.parse(source)).items()}
    wrong = [f"{at}:{line}: {name}" for at, text in sources.items() for line, name in private_names(text, known)]
    assert wrong == []


def overridden(cls: type) -> set[str]:
    """Return the private names that a class gives itself and that one of Textual's classes gives its objects."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    theirs = {base for base in cls.__mro__ if base.__module__.startswith("textual.")}
    return {name for name in _given(tree) if _is_private(name) and any(name in _set_by(base) for base in theirs)}


def test_no_private_name_of_textual_is_overridden() -> None:
    wrong = []
    for path in _sources():
        if path.startswith("tui/"):
            module = importlib.import_module("reinvent_tui." + path.removesuffix(".py").replace("/", "."))
            classes = [
                cls for _, cls in inspect.getmembers(module, inspect.isclass) if cls.__module__ == module.__name__
            ]
            wrong += [(path, cls.__name__, names) for cls in classes if (names := overridden(cls))]
    assert wrong == []


def test_an_override_is_found() -> None:
    class Line(Input):
        async def _on_key(self, event: events.Key) -> None:
            self._drawn = event
            self._parent = None

    assert overridden(Line) == {"_on_key", "_parent"}


def test_that_package_uses_some() -> None:
    used = {name for path in ALLOWED.glob("*.py") for _, name in private_names(path.read_text(encoding="utf-8"))}
    assert {"_compositor", "_check_bindings", "_get_dispatch_methods", "_keymap", "_fatal_error", "_loop"} <= used


@pytest.mark.parametrize(
    "source",
    [
        "self._loop.stop()",
        "app._exit",
        "class A(Base):\n def f(self): super()._on_key()\n def _on_key(self): ...",
        "class A:\n def __init__(self): self._loop = 1\nclass B:\n def f(self): self.app._keymap",
        "from textual._compositor import Compositor",
        "from textual.keys import _character_to_key",
        "import textual._compositor",
    ],
)
def test_a_use_is_found(source: str) -> None:
    assert private_names(source)


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n def __init__(self): self._loop = 1\n def f(self): return self._loop",
        "class A:\n def __init__(self): self._ready = 1\nclass B(A):\n def f(self): return self._ready",
        "class A:\n def _on_key(self): ...",
        "self._drawn.clear()",
        "from reinvent_tui import _private",
        "import os\nos._exit(1)",
    ],
)
def test_names_of_ones_own_are_not(source: str) -> None:
    assert private_names(source) == []
