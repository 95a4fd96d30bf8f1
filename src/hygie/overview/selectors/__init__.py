"""What does each level see of the programme in one page?"""
