"""Who is who in a whole file of mentions: the batch executor of the model in `rules.linkage`."""
