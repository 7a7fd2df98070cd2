"""The database roles on PostgreSQL, and what each may do: only what its work needs.

The *owner* has the tables and migrates them, the *web* role is the site's, the *reading* role sees
what readers see. ``wanted`` says who may what, ``catalog`` how it stands, ``steps`` compares them.
"""
