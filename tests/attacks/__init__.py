"""What an attacker, a wrong clock or an impatient click tries, by every door: each is refused."""
