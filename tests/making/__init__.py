"""PDF and DOCX files that tests make: what each holds is said where it is made."""
