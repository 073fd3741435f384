"""Scores: how often the kit is right on texts with known answers.

`python -m tests.score` measures on what is shipped here; `--data FOLDER` adds the corpora that a
folder has, and so makes every figure that README.md quotes.
"""
