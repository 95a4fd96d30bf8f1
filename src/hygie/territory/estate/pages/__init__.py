"""What does each page show, in the reader's words?"""
