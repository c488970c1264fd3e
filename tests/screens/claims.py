"""What the bot claims to answer, read from its wiring and its code: a walk that comes by less is no walk of it all."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

_HANDLERS = Path(__file__).parents[2] / "handlers"
_SUBJECT = "verb"
"""What press handlers call the first part of what a button carries."""


def verbs_by_action(presses: Mapping[str, Callable[..., Any]]) -> dict[str, set[str]]:
    """For each kind of press the verbs that its module, or one it hands on to, tells apart."""
    found: dict[str, set[str]] = {}
    for action, handler in presses.items():
        home = sys.modules[handler.__module__]
        found[action] = set().union(*(_verbs(module) for module in (home, *_helpers(home))))
    return found


def readers_of_files() -> set[str]:
    """Every function of a conversation that looks at the files which came along; the router only hands them on."""
    rooms = [path for path in sorted(_HANDLERS.glob("*.py")) if path.stem != "router"]
    return {f"handlers.{path.stem}.{name}" for path in rooms for name in _readers(ast.parse(path.read_text()), "")}


def _readers(node: ast.AST, home: str) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.ClassDef(name=name):
                yield from _readers(child, f"{name}.")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if any(_is_of_files(each) for each in ast.walk(child)):
                    yield f"{home}{name}"
            case _:
                pass


def _is_of_files(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr="files", value=ast.Attribute(attr="incoming")):
            return True
        case _:
            return False


def _helpers(home: ModuleType) -> Iterator[ModuleType]:
    """Modules of handlers that this one uses and that answer no press by a conversation of their own."""
    names = {getattr(value, "__module__", "") for value in vars(home).values()}
    for name in sorted(names - {home.__name__, None}):
        module = sys.modules.get(name)
        if name.startswith("handlers.") and module is not None and "presses=" not in inspect.getsource(module):
            yield module


def _verbs(module: ModuleType) -> set[str]:
    return {word for node in ast.walk(ast.parse(inspect.getsource(module))) for word in _told_apart(node)}


def _told_apart(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Match(subject=ast.Name(id=name), cases=cases) if name == _SUBJECT:
            patterns = [part for case in cases for part in ast.walk(case.pattern)]
            yield from (_text(part.value) for part in patterns if isinstance(part, ast.MatchValue))
        case ast.Compare(left=ast.Name(id=name), comparators=[words]) if name == _SUBJECT:
            yield from (_text(each) for each in ast.walk(words) if isinstance(each, ast.Constant))
        case _:
            pass


def _text(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant), ast.dump(node)
    return str(node.value)
