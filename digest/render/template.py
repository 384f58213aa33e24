"""Templates filled with values; whatever a template lacks becomes one sentence for the editor."""

import textwrap
from collections.abc import Mapping
from functools import lru_cache

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError, TemplateSyntaxError

from digest.errors import RenderError

TEXT_WIDTH = 72


def fill(name: str, templates: Mapping[str, str], values: Mapping[str, object]) -> str:
    """The template with the values in it; HTML templates escape every value."""
    try:
        return _environment(frozenset(templates.items())).get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise RenderError(
            f"template {error.name or name}, line {error.lineno}: {error.message};"
            " nothing was rendered. Correct the template"
        ) from error
    except TemplateError as error:
        raise RenderError(
            f"template {name}: {type(error).__name__}: {error};"
            " nothing was rendered. Correct the template"
        ) from error


def wrapped(text: str, indent: str = "") -> str:
    """The text in lines of 72 columns at most; an address is never broken."""
    return textwrap.fill(
        text,
        width=TEXT_WIDTH,
        initial_indent="",
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


@lru_cache(maxsize=4)
def _environment(templates: frozenset[tuple[str, str]]) -> Environment:
    environment = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["wrapped"] = wrapped
    return environment
