"""Size limits for values on the line between the node and a media process: far above the need of any room."""

from typing import Annotated

import msgspec

Name = Annotated[str, msgspec.Meta(max_length=256)]
"""An id, a media id, a host, a log level."""
Text = Annotated[str, msgspec.Meta(max_length=1 << 20)]
"""A session description, or a sentence."""
Number = Annotated[int, msgspec.Meta(ge=-(1 << 63), le=(1 << 63) - 1)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65_535)]
Many = msgspec.Meta(max_length=10_000)
"""For collections with one item per stream of a room."""
