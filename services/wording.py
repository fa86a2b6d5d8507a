"""Names of the code in words, as pages and the command line show them."""

_ACRONYMS = frozenset(("asb", "kpi", "marac", "mash", "sar"))
_UNITS = ("working_days", "days", "hours", "months", "weeks", "minutes", "years", "percent")


def words(name: str) -> str:
    """Return a name in words: `information_requests` as `Information requests`."""
    told = " ".join(
        each.upper() if each in _ACRONYMS else each for each in name.replace("_", " ").split()
    )
    return told[:1].upper() + told[1:]


def quantity(name: str, value: int) -> str:
    """Return a parameter of a rule in words: `decision_working_days`, 2 as `decision: 2 working
    days`; the name ends in the unit."""
    unit = next((unit for unit in _UNITS if name.endswith(unit)), "")
    what = name.removesuffix(unit).strip("_").replace("_", " ")
    number = f"{value:,} {unit.replace('_', ' ')}".strip()
    if value == 1 and unit.endswith("s"):
        number = number.removesuffix("s")
    return f"{what}: {number}" if what else number
