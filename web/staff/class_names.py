"""Names of classes for pages whose answers hold only slugs."""

from __future__ import annotations

from flask import Flask, g

from controller.client import RequestRefused
from controller.protocol import ClassLine
from web.asking import ask


def class_name(slug: str) -> str:
    """Return what the class is called; the slug where this person may not know it."""
    if "class_names" not in g:
        g.class_names = _ask_names()
    return str(g.class_names.get(slug, slug))


def _ask_names() -> dict[str, str]:
    try:
        return {one.class_id: one.name for one in ask(list[ClassLine], "classes")}
    except RequestRefused:
        return {}


def register(app: Flask) -> None:
    """Let templates ask for a class's name, as a function and as a filter."""
    app.jinja_env.globals["class_name"] = class_name
    app.add_template_filter(class_name)
