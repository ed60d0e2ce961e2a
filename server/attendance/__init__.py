"""The attendance page: minutes, and the weeks that they count in."""
