"""A table of a database, and the bookkeeping beside it."""
