"""Postgres: the only importer of asyncpg. Functions take a transaction; their SQL is in view."""
