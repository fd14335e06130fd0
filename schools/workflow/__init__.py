"""Steps about people and places: the only code that changes their facts."""
