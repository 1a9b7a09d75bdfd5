"""Figures as files: CSV with its metadata, and workbooks as official statistics are published."""
