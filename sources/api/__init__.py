"""Sources in the API."""
