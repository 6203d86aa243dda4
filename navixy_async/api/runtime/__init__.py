"""What the generated code stands on when a program runs: structs, checks, resources, and answers without a loss.

Nothing here knows a single action; ``index`` sends any of them by its path, without the typed methods.
"""
