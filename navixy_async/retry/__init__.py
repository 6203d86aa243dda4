"""When a failed attempt is repeated: sans-IO decisions that take what happened and return what to do."""
