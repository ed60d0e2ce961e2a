"""One simulated evening from a seed: the same seed gives the same evening, to the last fact."""

from tests.faults.simulated.clinic import Clinic, Scale
from tests.faults.simulated.verdict import Examination, Verdict

LARGE = Scale()


def simulate(seed: int, scale: Scale = LARGE) -> Verdict:
    """Run the evening, and compare its records with what really happened."""
    clinic = Clinic(seed, scale)
    clinic.live()
    return Examination(clinic, seed).examine()
