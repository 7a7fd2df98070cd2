"""The ground floor: people, states, review, the publication log and the read-model base."""
