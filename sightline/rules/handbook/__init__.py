"""The rules in words, as a screening manager reads and corrects them: docs/rules.md."""
