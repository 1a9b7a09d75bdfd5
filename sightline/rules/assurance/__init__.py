"""What an audit of a case file looks at."""
