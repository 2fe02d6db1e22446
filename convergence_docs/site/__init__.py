"""Everything that knows MkDocs: the checker in the build, generated pages, formulas, diagrams, assets."""
