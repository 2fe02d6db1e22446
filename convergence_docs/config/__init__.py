"""What a site's configuration says to the checker. `find_configs` is the way in."""

from convergence_docs.config.find import find_configs
from convergence_docs.config.record import Config, PythonName, Settings

__all__ = ["Config", "PythonName", "Settings", "find_configs"]
