"""Static files: hashed and precompressed, read by WhiteNoise."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    # Bootstrap's CSS names source maps that its package does not always ship.
    manifest_strict = False

    def stored_name(self, name):
        """The hashed name; the plain one before `collectstatic` has ever run (tests)."""
        return super().stored_name(name) if self.hashed_files else name

    def url(self, name, force=False):
        """Hashed wherever files have been collected, also with DEBUG=1 (`make run`)."""
        return super().url(name, force=force or bool(self.hashed_files))
