"""Whole games played by programs, in process: how a scenario plays before anybody sits down."""
