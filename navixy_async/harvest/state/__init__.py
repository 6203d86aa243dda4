"""What a harvest remembers between two runs."""
