"""A report becomes statements: sources, outline, sections, statements, actions, links."""
