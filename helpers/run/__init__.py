"""Runs of all analyses on a folder: the command line, its notebooks and its results folder."""
