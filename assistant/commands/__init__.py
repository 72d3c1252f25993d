"""The command line's commands, one module each: `add` tells its arguments, `run` does it."""
