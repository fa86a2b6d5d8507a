"""The work that is measured, one module for each line of questions."""
