"""What a harvest brought and what it did not: while it runs, at its end, and from the files that it left."""
