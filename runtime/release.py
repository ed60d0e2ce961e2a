"""This release of Vesper: the only place that names it."""

VERSION = "0.2.0"
"""As `vesper --version` and `/api/health` show it; the package takes it from here, and CHANGELOG.md begins with it."""
