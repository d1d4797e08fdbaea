"""Nodes of the DHT made of libtorrent, which share nothing, until standard input closes.

Usage: dht-nodes.py HOST:PORT PORT ADDRESS...

One node at each ADDRESS, at PORT; each begins with the node at HOST:PORT. Says `known N` when each knows at least N others, for
each N once.
"""
import select
import sys
import warnings

import libtorrent as lt

warnings.simplefilter("ignore")     # session.status() is old, and short

door, port = sys.argv[1:3]
sessions = [lt.session({
    "listen_interfaces": address + ":" + port,
    "enable_dht": True, "enable_lsd": False, "enable_upnp": False, "enable_natpmp": False,
    "dht_bootstrap_nodes": door, "dht_restrict_routing_ips": False, "dht_restrict_search_ips": False,
    # Their addresses are private: no node id follows from them (BEP 42).
    "dht_enforce_node_id": False, "dht_prefer_verified_node_ids": False,
}) for address in sys.argv[3:]]

said = 0
while not select.select([0], [], [], 0.2)[0]:
    known = min(session.status().dht_nodes for session in sessions)
    if known > said:
        said = known
        print("known", known, flush=True)
