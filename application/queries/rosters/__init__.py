"""What a roster brings, as registers show it, and loads."""
