"""Snapshots as plain files: exactly what a user sees, reviewed as a diff."""

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class Text(SingleFileSnapshotExtension):
    """One text file for each snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


class Markdown(Text):
    """One Markdown file for each snapshot."""

    file_extension = "md"


class Json(Text):
    """One JSON file for each snapshot."""

    file_extension = "json"
