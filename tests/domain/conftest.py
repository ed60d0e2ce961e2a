"""How many evenings are generated: fewer while mutants are hunted, when each of a thousand mutants meets them."""

from hypothesis import settings

settings.register_profile("mutants", max_examples=12)
