"""Looks at the read models and rebuilds them."""

import os
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

from adapters.read_store.reader import Progress, ReadStore
from adapters.read_store.session import Session
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel
from services.cli.answers import (
    ProjectionsStatus,
    ReadModelProgress,
    RebuiltModel,
    RebuiltModels,
)
from services.cli.connecting import stores
from services.cli.console import emit, out, progress
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.projections import rebuilt_table, status_table
from services.cli.rendering.times import counted
from services.clock import system_clock
from services.projector.rebuild import RebuildUnderWay, Rebuilt, rebuild_together
from services.settings import Settings


def show_status(most_behind: int | None, *, as_json: bool) -> None:
    """Show how far each read model has come; fail if one is behind by more seconds than that."""
    models = READ_MODELS.values()
    with stores(Settings()) as servers, closing(ReadStore(servers.database_url)) as read_store:
        found = {each.read_model: each for each in read_store.progress(models)}
    answer = ProjectionsStatus(
        head=max(each.head for each in found.values()),
        read_models=[_progress(model, found[model.id]) for model in models],
    )
    if as_json:
        emit(answer)
    else:
        out().print(status_table(answer, system_clock()))
    if most_behind is not None:
        _fail_if_behind(answer, timedelta(seconds=most_behind))


def _fail_if_behind(answer: ProjectionsStatus, most: timedelta) -> None:
    since = system_clock() - most
    late = [
        each.name
        for each in answer.read_models
        if each.waiting_since and each.waiting_since < since
    ]
    if late:
        behind = f"{', '.join(late)} more than {most.total_seconds():g} s behind"
        raise CommandError(f"{behind}; is `case-timeline project` running?")


def rebuild_models(name: str | None, *, everything: bool, as_json: bool) -> None:
    """Rebuild read models; fail if a live one was not what the events say."""
    models = _named(name, everything=everything)
    with stores(Settings()) as servers:
        rebuilt = _rebuilt(servers.database_url, models)
    done = {each.read_model for each in rebuilt}
    under_way = [RebuildUnderWay(model) for model in models if model.name not in done]
    answer = RebuiltModels(rebuilt=rebuilt)
    if as_json:
        emit(answer)
    elif rebuilt:
        out().print(rebuilt_table(answer.rebuilt))
    # First, since the answer says nothing of a read model that was left alone.
    if under_way:
        raise CommandError(" ".join(map(str, under_way)))
    differing = [each.read_model for each in answer.rebuilt if not each.same]
    parked = [each.read_model for each in answer.rebuilt if each.parked_cases]
    if differing:
        raise CommandError(f"Rows differed, and are replaced: {', '.join(differing)}.")
    if parked:
        raise CommandError(f"Cases whose events cannot be folded: {', '.join(parked)}.")


def _named(name: str | None, *, everything: bool) -> Sequence[ReadModel[Any]]:
    if everything == (name is not None):
        raise CommandError("Name a read model, or give --all.", ExitCode.USAGE)
    if name is None:
        return list(READ_MODELS.values())
    if name not in READ_MODELS:
        known = ", ".join(READ_MODELS)
        raise CommandError(f"There is no read model {name}; there are {known}.", ExitCode.USAGE)
    return [READ_MODELS[name]]


def _rebuilt(database_url: str, models: Sequence[ReadModel[Any]]) -> list[RebuiltModel]:
    with closing(Session(database_url)) as session, progress() as shown:
        what = models[0].name if len(models) == 1 else counted(len(models), "read model")
        task = shown.add_task(f"Rebuilding {what}", total=None)

        def tell(reached: int, goal: int) -> None:
            shown.update(task, completed=reached, total=goal)

        processes = os.cpu_count() or 1
        found = rebuild_together(session, models, system_clock, processes=processes, tell=tell)
        return [_answer(each) for each in found]


def _answer(found: Rebuilt) -> RebuiltModel:
    return RebuiltModel(
        read_model=found.model.name,
        same=found.same,
        compared=found.compared,
        live=found.live,
        rebuilt=found.rebuilt,
        differing_rows=found.differing_rows,
        parked_cases=found.parked_cases,
    )


def _progress(model: ReadModel[Any], found: Progress) -> ReadModelProgress:
    return ReadModelProgress(
        name=model.name,
        version=model.version,
        position=found.position,
        behind=found.behind,
        parked_cases=found.parked_cases,
        waiting_since=found.waiting_since,
    )
