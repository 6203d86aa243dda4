"""What to ask next: windows, what is due in this run, when what was read is due again, and the days of a calendar."""
