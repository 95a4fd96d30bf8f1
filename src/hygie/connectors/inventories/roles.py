"""By which word is equipment of the network told when the map has no noun of its own for it?

A role is what the establishment reads and changes: it is written in its language.
"""

PRINTER = "imprimante"
TELEPHONE = "téléphone"
RADIO = "borne Wi-Fi"
