"""The clocks of the field as dated data: how long each runs, from what, by which source.

`clock` reads them, `reckoning` counts, `child` says which run for one child, `kinds` holds the
kinds of action with their clocks, `describe` writes them down for the handbook.
"""
