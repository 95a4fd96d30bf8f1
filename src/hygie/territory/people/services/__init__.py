"""What may be decided about accounts, roles and access links?"""
