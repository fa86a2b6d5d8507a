"""The base of all values that never change: to change one is to make a copy."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict

_set = object.__setattr__


class Frozen(BaseModel):
    """A model that is never changed, and lets nothing unknown in."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def of_known(cls, values: Mapping[str, Any]) -> Self:
        """Return what has these values, which are not validated; the rest is as by default.

        For what is made of every event, of values that are valid already because they stand in
        one: it takes a third of the time. A test has to show that they fit.
        """
        blank = _blank(cls)
        made = cls.__new__(cls)
        _set(made, "__dict__", {**blank.values, **values})
        _set(made, "__pydantic_fields_set__", blank.names)
        _set(made, "__pydantic_extra__", None)
        _set(made, "__pydantic_private__", None)
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with these values, which are not validated.

        It shares what it keeps with this one: what nobody can change need not be copied in turn.
        Folds make a copy with nearly every event, and this takes a third of pydantic's own time.
        """
        if deep:
            return super().model_copy(update=update, deep=True)
        changes = update or {}
        given = self.__pydantic_fields_set__
        copied = self.__class__.__new__(self.__class__)
        _set(copied, "__dict__", {**self.__dict__, **changes})
        _set(
            copied,
            "__pydantic_fields_set__",
            given if given.issuperset(changes) else given.union(changes),
        )
        _set(copied, "__pydantic_extra__", None)
        _set(copied, "__pydantic_private__", None)
        return copied


class _Blank(NamedTuple):
    """The fields of a model in their order, with the defaults that there are; their names."""

    values: Mapping[str, Any]
    names: set[str]


@cache
def _blank(model: type[Frozen]) -> _Blank:
    fields = model.model_fields.items()
    return _Blank({name: field.default for name, field in fields}, {name for name, _ in fields})
