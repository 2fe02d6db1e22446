"""What the hooks add to the cpu time of `mkdocs build`, as a ratio.

Builds the same site with and without ``hooks:``, by turns, each in a process of its own, and compares the medians of
the cpu seconds (user and system, children included) that the processes took.

    python bench/hooks.py [--docs FOLDER] [--rounds N]
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent


def configuration(docs: Path, has_hooks: bool) -> str:
    """This project's configuration for another docs folder, without navigation, validation and generated pages.

    Pages that are made from the rules and the book would be built besides; what they cost is no cost of checking.
    """
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    head, _, rest = text.partition("\nnav:\n")
    text = head + "\n" + rest[rest.index("\nhooks:") :]
    text = text.replace("  - hooks/", f"  - {ROOT}/hooks/")
    head, _, _ = text.partition("    site:\n")
    text = head + "    site:\n      check: true\n"
    if not (docs / "vocabulary.yml").exists():
        text = text.replace("    vocabulary: vocabulary.yml\n", "")
    if not has_hooks:
        text = text.replace(f"hooks:\n  - {ROOT}/hooks/convergence.py\n", "")
        # A script that nothing answers for: mermaid2 then parses only pages with diagrams, as it does with the hook.
        text = text.replace("  - mermaid2\n", "  - mermaid2:\n      javascript: http://127.0.0.1:9/mermaid.js\n")
    return text


def cpu_of_build(config: Path, target: Path) -> float:
    """The cpu seconds of one build."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(target)]
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "CONVERGENCE_DOCS_CACHE": str(target.parent / "cache")}
    said = subprocess.run(command, check=True, env=environ, stderr=subprocess.PIPE, text=True).stderr
    if "ERROR" in said:
        raise SystemExit(said)  # the checker was not at work: the figures would mean nothing
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def main() -> None:
    """Print both medians and the share that the hooks add."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    seconds: dict[bool, list[float]] = {False: [], True: []}
    with tempfile.TemporaryDirectory() as folder:
        # A copy, because the checker reads nothing outside the folder of the configuration.
        shutil.copytree(options.docs, Path(folder) / "docs")
        configs = {}
        for has_hooks in seconds:
            configs[has_hooks] = Path(folder) / f"{'with' if has_hooks else 'without'}.yml"
            configs[has_hooks].write_text(configuration(options.docs, has_hooks), "utf-8")
        for _ in range(options.rounds):
            for has_hooks, config in configs.items():
                seconds[has_hooks].append(cpu_of_build(config, Path(folder) / "site"))
    plain, hooked = median(seconds[False]), median(seconds[True])
    print(f"without hooks {plain:.2f} s cpu, with hooks {hooked:.2f} s cpu: {hooked / plain - 1:+.1%}")


if __name__ == "__main__":
    main()
