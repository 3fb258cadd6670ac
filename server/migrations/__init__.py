"""The tables and every change to them, run when the server starts."""
