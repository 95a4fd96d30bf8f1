"""What does each page of impact show?"""
