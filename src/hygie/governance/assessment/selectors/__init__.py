"""Where does each organisation stand, as far as this perimeter may know?"""
