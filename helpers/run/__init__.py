"""Runs of all analyses on a folder: notebooks, the results folder, the report and its findings."""

from .findings import Finding, find_findings, measured_scores
from .tables import codebook

__all__ = ["Finding", "codebook", "find_findings", "measured_scores"]
