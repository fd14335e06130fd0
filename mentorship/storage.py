"""Static files: hashed and precompressed, read by WhiteNoise."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    # Bootstrap's CSS names source maps that its package does not always ship.
    manifest_strict = False
