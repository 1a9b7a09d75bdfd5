"""The file door: from the bytes of a CSV or XLSX file to rows, and from rows to what they mean.

`reading_table` gives rows out of bytes, `columns` says what a column may be, `mapping` which column
is which, `people_rows` and `records` what the rows say. Nothing here writes; imports.py does.
"""
