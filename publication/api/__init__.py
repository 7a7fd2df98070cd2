"""The read-only API's ground: strict parameters, problems, conditional answers, records, log."""
