"""New people stay out of what leaves the partnership, so that they can be flagged first."""

from datetime import timedelta

# Counted from the moment a record of them was made: time for whoever knows them to write down
# that they are in danger. Source: practice of homelessness management information systems.
# Counts without names are not held up.
EMBARGO = timedelta(days=7)
