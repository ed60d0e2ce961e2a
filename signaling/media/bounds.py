"""How large what stands on the line between the node and a media process may be: far above what any room needs."""

from typing import Annotated

import msgspec

Name = Annotated[str, msgspec.Meta(max_length=256)]
"""An id, a media id, a host, a level of logging."""
Text = Annotated[str, msgspec.Meta(max_length=1 << 20)]
"""A session description, or a sentence."""
Number = Annotated[int, msgspec.Meta(ge=-(1 << 63), le=(1 << 63) - 1)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65_535)]
Many = msgspec.Meta(max_length=10_000)
"""Of anything that there is one of for each stream of a room."""
