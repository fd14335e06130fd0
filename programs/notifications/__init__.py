"""What people are told, when, and how it reaches them once."""
