"""The Jinja environment of the pages."""

from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined, Template

from services.web import dates, wording
from services.web.assets import asset

GOVUK = "govuk_frontend_jinja"
"""Under which prefix the templates of GOV.UK Frontend's components are found."""

_FILTERS = {
    "day": dates.day,
    "short_day": dates.short_day,
    "clock": dates.clock,
    "day_and_time": dates.day_and_time,
    "month": dates.month,
    "how_long": dates.how_long,
    "counted": dates.counted,
    "iso": dates.machine_readable,
    "time_tag": dates.time_tag,
    "words": wording.words,
    "label": wording.label,
    "or_none": wording.or_none,
}
"""What templates may pipe values through."""
_FUNCTIONS = {"asset": asset, "happened": dates.happened, "span": dates.span}
"""What templates may call."""


class PagesEnvironment(Environment):
    """Fails a page that uses an undefined name; GOV.UK Frontend's components, which ask their
    options for whatever they know of, it takes from an environment that does not."""

    _components = Environment(
        loader=PrefixLoader({GOVUK: PackageLoader(GOVUK)}),
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
    )
    # What knows less than the template that imports it would be made anew at each import.
    _components.globals |= _FUNCTIONS

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (as it is overridden)
    ) -> Template:
        """Return the template of that name, from wherever it is."""
        if isinstance(name, str) and name.startswith(f"{GOVUK}/"):
            return self._components.get_template(name)
        return super().get_template(name, parent, globals)


def new_environment() -> Environment:
    """Return an environment with the templates, filters and functions of the pages."""
    environment = PagesEnvironment(
        loader=PackageLoader("services.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters |= _FILTERS
    environment.globals |= _FUNCTIONS
    return environment
