"""A clinic's rules of intake and discharge, each list from a day on."""
