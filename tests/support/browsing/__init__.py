"""The pages in a real browser, and the checks that every page must pass.

with website.tab("officer", width=390, scripts=False) as tab:
    tab.visit("/")
    tab.follows("Raise a concern")
"""

from tests.support.browsing.chromium import launched
from tests.support.browsing.tab import PHONE, WIDE, Tab
from tests.support.browsing.website import Website, website_on

__all__ = ["PHONE", "WIDE", "Tab", "Website", "launched", "website_on"]
