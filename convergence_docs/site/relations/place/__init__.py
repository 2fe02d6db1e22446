"""Where a chapter stands among layers, levels or drivers."""
