"""Links to other sites: asked for by lychee, told as findings with our places."""

from convergence_docs.external.checking import External, check_external, with_external

__all__ = ["External", "check_external", "with_external"]
