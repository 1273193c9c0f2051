"""The recommender as a process: aiohttp in front, inference in threads behind."""
