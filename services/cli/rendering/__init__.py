"""How answers look in a terminal; the other form of every answer is JSON."""
