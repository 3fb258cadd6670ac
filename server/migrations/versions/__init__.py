"""One file a version, each frozen once it was released."""
