"""Papers: what they say, that nothing hostile works in them, who gets them."""


def text_of(pdf: bytes) -> str:
    """Text of a PDF as its reader would search it."""
    import subprocess  # noqa: PLC0415 poppler is only there for tests

    result = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return result.stdout.decode()
