"""Imports of clients, copies for one person, exports of a clinic."""
