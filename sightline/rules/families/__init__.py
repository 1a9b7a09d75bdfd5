"""Who belongs to whom and where they live, as far as it has been said: vocabulary and reasoning."""
