"""The cache of what was read from disk, in SQLite: can be thrown away at any time."""
