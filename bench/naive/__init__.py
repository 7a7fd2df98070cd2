"""What a plain Django REST framework makes of the same tables, to be measured beside the site.

Viewsets and nested model serializers as its tutorial writes them: no cache, no entity tags, a query
for the claims of each record and one for the passages of each claim.
"""
