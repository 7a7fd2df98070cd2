"""What agents are given, in this process and by the server itself."""
