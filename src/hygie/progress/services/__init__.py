"""How is a measurement, a proof or an action written?"""
