"""How are states computed, questionnaires answered and campaigns run?"""
