"""The site: reads projections, sends orders."""
