"""What a Word file holds that its reader passes over or takes amiss, put right before it reads."""
