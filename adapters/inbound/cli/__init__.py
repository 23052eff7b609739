"""The command line: one function a command, over the same use cases as the pages."""
