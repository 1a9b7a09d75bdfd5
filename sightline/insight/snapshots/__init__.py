"""Snapshots: the facts as Parquet, without names, written on from where the last one ended.

A folder holds for each fact the rows that became known and the rows that ended, in parts by the
year in which they lie, and one manifest that says which parts are whole. What a part holds never
changes. `keeping` writes, `manifest` is the truth about what is written, `engine/snapshot.py`
reads.
"""
