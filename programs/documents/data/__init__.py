"""What each paper says, as plain words and dates: frozen when the paper is asked for.

Templates only lay these dicts out, so that a signed paper never changes with the rows. Modules
by noun; every builder returns a dict that JSON holds.
"""
