"""The commands, and the groups they are in."""

import typer

from services.cli.commands import (
    attention,
    cases,
    demo,
    files,
    granting,
    intake,
    kpi,
    processes,
    projections,
    simulate,
    stores,
)

app = typer.Typer(
    name="case-timeline",
    help="Event-sourced case timelines for safeguarding in social housing.",
    epilog="Settings are environment variables CASE_TIMELINE_*; docs/cli.md describes all of it.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_demo = typer.Typer(invoke_without_command=True)
_broker = typer.Typer(help="The broker that events come in and go out through.")
_intake = typer.Typer(help="What became of everything received.")
_projections = typer.Typer(help="The read models.")

app.command()(stores.migrate)
app.command()(simulate.simulate)
app.command("publish")(files.publish)
app.command("import")(files.import_file)
app.command()(processes.ingest)
app.command()(processes.project)
app.command()(processes.relay)
app.command()(processes.serve)
app.command("all")(processes.everything)
app.command()(cases.register)
app.command()(cases.case)
app.command()(cases.person)
app.command("property")(cases.property_history)
app.command()(attention.attention)
app.command()(attention.rules)
app.command("kpi")(kpi.figures)
app.command()(granting.grant)

_demo.callback()(demo.demo)
_demo.command("token")(demo.token)
_broker.command("provision")(stores.provision)
_broker.command("check")(stores.check)
_intake.command("list")(intake.list_entries)
_intake.command("show")(intake.show)
_intake.command("retry")(intake.retry)
_intake.command("close")(intake.close)
_intake.command("reconcile")(intake.reconcile)
_projections.command("status")(projections.status)
_projections.command("rebuild")(projections.rebuild)

app.add_typer(_demo, name="demo")
app.add_typer(_broker, name="broker")
app.add_typer(_intake, name="intake")
app.add_typer(_projections, name="projections")
