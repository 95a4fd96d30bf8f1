"""How are directory audits, decisions and what-ifs written?"""
