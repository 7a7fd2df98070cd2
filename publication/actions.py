"""The actions of the log that every type of record knows; a published table may know more."""

APPROVE, WITHDRAW = "approve", "withdraw"
