"""From a file to ranked passages: reading, splitting, storing and searching letters."""
