"""How are losses, rankings, rehearsals and parameters written?"""
