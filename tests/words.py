"""The words of a page, as they are read."""

import re
from html import unescape


def main_words(page: str) -> str:
    """Return the words of the main part of a page."""
    main = page.split("<main", 1)[1].split(">", 1)[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def rows_of(page: str) -> list[str]:
    """Return the words of each row in the tables of a page, without their headings."""
    bodies = re.findall(r"<tbody.*?</tbody>", page, re.DOTALL)
    rows = [row for body in bodies for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]
