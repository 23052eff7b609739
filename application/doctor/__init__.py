"""The connection doctor: every precondition one finding, with the cure where one is needed."""
