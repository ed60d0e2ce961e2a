"""How many evenings are generated: fewer for `make mutants`, which runs them against each of a thousand mutants."""

from hypothesis import settings

settings.register_profile("mutants", max_examples=12)
