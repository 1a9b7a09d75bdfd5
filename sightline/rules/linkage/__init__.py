"""Who is this person? Comparing mentions, explaining, deciding.

`describe` a mention once; find candidates by `keys`; `compare` pairs; `decide` on one comparison;
`resolve` a mention among candidates. Nothing here knows of a database: candidates are passed in.
"""
