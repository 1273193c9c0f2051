"""The test system: everything as `daogou run` starts it, with several shops side by side.

Rasa and the recommender are shared, because they know nothing of a shop's database; gateway and
action server hold one application a lane, each on a database of its own.
"""
