"""Papers: what they say (``data``), how they look (templates/documents), how they are made."""
