"""What is read of losses, rankings, rehearsals and parameters?"""
