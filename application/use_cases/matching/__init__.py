"""Which person a launch or a record means."""
