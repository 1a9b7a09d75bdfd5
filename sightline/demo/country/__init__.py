"""A synthetic England and Wales, straight into the shape of a snapshot: no person, no database.

`drawing` makes one council's notifications at random, `writing` puts them into Parquet, `simulate`
is the whole. How often homes and children come again is Dudley's (demo/dudley/published); how many
incidents there are is a year's count for both countries. Councils, forces and small areas are
numbered, as none of them is a real one.
"""
