"""The family picture: where everything stands. Plain geometry, without people or permissions."""
