"""Pictures of flows: Mermaid and DOT as text, SVG and HTML as a file of their own."""
