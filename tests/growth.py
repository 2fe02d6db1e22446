"""How the cost of something grows with its size, told in a way that a busy machine does not change."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

ROUNDS = 5
LEAST = 0.002
"""Seconds below which a clock tells nothing."""


def seconds(run: Callable[[], object]) -> float:
    """CPU seconds of one call, the collector of garbage (whose share depends on what else is alive) at rest."""
    gc.collect()
    gc.disable()
    try:
        before = process_time()
        run()
        return process_time() - before
    finally:
        gc.enable()


def assert_linear(prepare: Callable[[int], Callable[[], object]], small: int, large: int) -> None:
    """Assert that ``prepare(large)`` costs no more than in proportion to ``prepare(small)``, four times that allowed.

    What grows with the square costs ``large / small`` times too much, so that wants to be 8 or more. The least of up
    to five rounds counts: noise can only add.
    """
    assert large >= 8 * small, "too near each other to tell the square from the line"
    runs = prepare(small), prepare(large)
    costs = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        costs = [min(cost, seconds(run)) for cost, run in zip(costs, runs, strict=True)]
        if costs[1] <= 4 * large / small * max(costs[0], LEAST):
            return
    raise AssertionError(f"{large / small:g} times the size takes {costs[1] / costs[0]:.1f} times as long: {costs}")


def assert_quick(run: Callable[[], object], limit: float) -> None:
    """Assert that a call takes fewer than ``limit`` CPU seconds at least once in five."""
    costs: list[float] = []
    while not costs or (min(costs) >= limit and len(costs) < ROUNDS):
        costs.append(seconds(run))
    assert min(costs) < limit, f"it takes {min(costs):.2f} s of cpu at best, of {len(costs)} tries"
