"""A staff list against what is already known: what would change, asked before it is written.

``content`` keeps what the reader found between two pages, ``matching`` finds who a row is about,
``plan`` says what each row would do, ``workbook`` writes refused rows back for correction. The
writing itself is a step: ``schools.workflow.imports``.
"""
