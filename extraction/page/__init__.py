"""What is where on a page: headings, what belongs to the site around it, repetitions, prose."""
