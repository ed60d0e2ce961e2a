"""Child processes that never outlive their parent, even when it is killed."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def die_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: have the kernel send `sign` to the child when the thread that started it ends.

    So start children from a thread that lives as long as they should. On a kernel without such a signal, they
    outlive a killed parent.
    """
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def before_exec() -> None:
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, int(sign))
            if os.getppid() != parent:  # the parent died between the fork and the line above
                os._exit(1)

    return before_exec
