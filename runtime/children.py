"""Child processes that never outlive us, not even when we are killed."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def die_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: have the kernel send `sign` to the child when the thread that started it is gone.

    So start children from a thread that lives as long as they should. Where the kernel has no such signal, a killed
    parent leaves them.
    """
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def before_exec() -> None:
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, int(sign))
            if os.getppid() != parent:  # it died between the fork and the line above
                os._exit(1)

    return before_exec
