"""Static files with hashed names that never break a page.

A file that was not collected (front-end packages absent, a developer's fresh start) is served under
its plain name instead of ending the request with an error.
"""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed, forgiving."""

    manifest_strict = False

    def stored_name(self, name: str) -> Any:
        """The hashed name from the manifest, else the name as it is."""
        try:
            return super().stored_name(name)
        except ValueError:
            return name


def vendor_exists(path: str) -> bool:
    """Whether a front-end package's file is there, collected or as `make front` left it."""
    name = f"vendor/{path}"
    return (settings.DATA_DIR / "front" / name).exists() or finders.find(name) is not None
