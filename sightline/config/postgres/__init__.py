"""The embedded PostgreSQL server and the roles in it; `sightline.config.database` is the way in."""
