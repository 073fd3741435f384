"""Tests find everything themselves, unless they say where rows are kept."""
import os

os.environ["COMMUNIQUE_CACHE"] = "off"
