"""The steps of a case. Each locks, decides, writes, refreshes deadlines, records, then tells."""
