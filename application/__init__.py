"""What the server can do: orders of steps over the domain and the ports."""
