"""Telling schools: whom, by when, who hears of what is not read, and how old a name may be."""
