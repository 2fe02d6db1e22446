"""Tables whose columns mean something: layers, dimensions, drivers and ratings."""
