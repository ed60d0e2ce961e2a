"""Process 1: the REST API, the feed, and the web app, on aiohttp. Stateless."""
