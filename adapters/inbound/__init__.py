"""What reaches us: HTTP, LTI, the command line, files."""
