"""Figures, one class a file: what is counted, in words, and the query that counts it.

A query is written in named steps; each step's name says what its rows are. The steps that several
figures share are in steps.py.
"""
