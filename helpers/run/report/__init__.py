"""The report: everything found in the documents on one page that can be sent to a colleague."""

from .findings import Finding, find_findings
from .page import report_html, save_report

__all__ = ["Finding", "find_findings", "report_html", "save_report"]
