"""How well the assistant answers: cases, runner, metrics, gate and report."""
