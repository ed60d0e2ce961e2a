"""The rules of Vesper, pure: no clock, no database, no await."""
