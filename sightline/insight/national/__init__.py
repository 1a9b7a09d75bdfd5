"""The partnership beside England: national figures as published, and its own where they compare.

`benchmarks` says what is compared, `published` reads what the Department published, `own` counts
the partnership's records, `page` sets them side by side.
"""
