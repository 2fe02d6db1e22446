"""What Mermaid's own words say of a fault whose cause nothing else tells."""

from __future__ import annotations

from convergence_docs.model.diagrams.reading import Complaint


def cause_of(complaint: Complaint, line: str) -> str:
    """The cause that shows in a complaint. ``line`` is the line that it names."""
    said = complaint.message
    if said.startswith("No diagram type"):
        return "type" if complaint.line else "missing-header"
    if "only one root" in said:
        return "roots"
    if line.lstrip().startswith("linkStyle"):
        return "link-style"
    if "would create a cycle" in said:
        return "cycle"
    if complaint.line and complaint.token.strip():
        return "other"
    return "incomplete" if complaint.line and complaint.expected else "whole"


def in_short(complaint: Complaint) -> str:
    """A complaint in one line."""
    lines = [line.strip() for line in complaint.message.split("\n") if line.strip(" -^.")]
    return (lines[0] if lines else "?").rstrip(":.")
