"""Benchmarks and long drills; never part of the suite. `make bench [BENCH=name]`."""
