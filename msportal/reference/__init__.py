"""The OpenAPI document as a whole, and the page that tells people the same."""
