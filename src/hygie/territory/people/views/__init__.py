"""What do the pages of people show and accept?"""
