"""The repositories of `application.ports.repositories`, over one connection each."""
