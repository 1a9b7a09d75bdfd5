"""A back-history that counts to the published figures of a real partnership.

Source of the figures: Dudley Safeguarding Children Board, review of the Domestic Abuse Response
Team. The people, the addresses and the town are made up. The parts, in the order in which they
are drawn: `plan` (what must be counted), `shapes` (who lives together and is named when), `gaps`
and `dates` (when), `people`, `incidents`, `decisions`, `social_care`; `history` joins them and
`files` writes them.
"""

from sightline.demo.dudley.files import Files, write
from sightline.demo.dudley.history import REDUCED, History, build
from sightline.demo.dudley.published import SOURCE
from sightline.demo.dudley.tables import Table, expected_csv, published_tables

__all__ = [
    "REDUCED",
    "SOURCE",
    "Files",
    "History",
    "Table",
    "build",
    "expected_csv",
    "published_tables",
    "write",
]
