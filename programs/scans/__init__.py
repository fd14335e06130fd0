"""Signed paper comes back: the code on a print, reading it off scans, splitting them to pages."""
