"""Programs that take a seat: a small client library, temperaments, and covers for capitals."""
