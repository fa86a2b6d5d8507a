"""Small pieces of Markdown that the pages of the reference share."""


def inline(text: str) -> str:
    """Return `text` on one line, fit for a cell of a table."""
    return " ".join(text.split()).replace("|", r"\|")


def link(heading: str) -> str:
    """Return a link to the heading of that name on the same page."""
    return f"[{heading}](#{heading.lower()})"


def code_link(coded_list: str) -> str:
    """Return a link to a coded list, from another page."""
    return f"[{coded_list}](codes.md#{coded_list.lower()})"
