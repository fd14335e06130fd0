"""Steps about people and places."""
