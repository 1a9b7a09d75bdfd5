"""Who is this person, measured: invented mentions with truth, a judge, runs beside Splink."""
