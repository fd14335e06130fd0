"""Static files: hashed and precompressed, read by WhiteNoise."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    # Bootstrap's CSS names source maps that its package does not always ship.
    manifest_strict = False

    def stored_name(self, name):
        """The hashed name; the plain one before `collectstatic` has ever run (tests)."""
        return super().stored_name(name) if self.hashed_files else name
