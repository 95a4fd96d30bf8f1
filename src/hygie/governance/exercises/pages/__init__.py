"""What the pages of an exercise say, before any template."""
