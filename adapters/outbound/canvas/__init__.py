"""Canvas as an LMS plug-in: everything that Attain knows of Canvas' API lives here."""
