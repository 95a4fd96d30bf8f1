"""How does the referential change?"""
