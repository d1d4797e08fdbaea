"""A peer made of libtorrent: shares one torrent, over plain TCP on loopback, until its standard input closes.

Usage: libtorrent-peer.py TORRENT|LINK FOLDER PORT [BYTES_PER_SECOND [BYTES_PER_SECOND]] [dht] [lsd] [at=ADDRESS]

The first rate is what it sends at most, the second what it receives.

With `dht` it is a node of the DHT at that port, and knows no other. With `lsd` it listens on all addresses, and looks for
peers on its local network: only for a network namespace of its own. With `at` it listens at that address, not on loopback.

Says `listening PORT` once it can be dialled, and `complete` when every piece is checked and stored.
Understands, a line each: `connect HOST PORT`, and `uploaded` or `downloaded`, which it answers with
`uploaded BYTES` or `downloaded BYTES`, payload in all.
"""
import os
import select
import sys

import libtorrent as lt


def say(*words):
    print(*words, flush=True)


torrent, folder, port = sys.argv[1:4]
dht, lsd = "dht" in sys.argv[4:], "lsd" in sys.argv[4:]
addresses = [word[3:] for word in sys.argv[4:] if word.startswith("at=")] or ["0.0.0.0" if lsd else "127.0.0.1"]
limits = [int(word) for word in sys.argv[4:] if word.isdigit()]
session = lt.session({
    "listen_interfaces": addresses[0] + ":" + port,
    "enable_dht": dht, "enable_lsd": lsd, "enable_upnp": False, "enable_natpmp": False,
    "enable_outgoing_utp": False, "enable_incoming_utp": False,
    "out_enc_policy": 2, "in_enc_policy": 2,    # plain text only
    "allow_multiple_connections_per_ip": True, "min_reconnect_time": 1,
    "stop_tracker_timeout": 1,
    # A node per address would be one in all, on one machine.
    "dht_bootstrap_nodes": "", "dht_announce_interval": 5,
    "dht_restrict_routing_ips": False, "dht_restrict_search_ips": False,
    "alert_mask": int(lt.alert.category_t.error_notification | lt.alert.category_t.status_notification),
})
if torrent.startswith("magnet:"):
    what = lt.parse_magnet_uri(torrent)
else:
    what = lt.add_torrent_params()
    what.ti = lt.torrent_info(torrent)
what.save_path = folder
what.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
if limits:
    what.upload_limit = limits[0]               # of the torrent: limits of the session leave out local peers
if len(limits) > 1:
    what.download_limit = limits[1]
handle = session.add_torrent(what)

complete = listening = False
pending = b""
while True:
    ready, _, _ = select.select([0], [], [], 0.02)
    if ready:
        read = os.read(0, 4096)
        if not read:
            break
        *lines, pending = (pending + read).split(b"\n")
        for line in lines:
            words = line.decode().split()
            if words[0] == "connect":
                handle.connect_peer((words[1], int(words[2])))
            elif words[0] == "uploaded":
                say("uploaded", handle.status().total_payload_upload)
            elif words[0] == "downloaded":
                say("downloaded", handle.status().total_payload_download)
    for alert in session.pop_alerts():
        if alert.category() & lt.alert.category_t.error_notification:
            say("alert:", alert.message())
    status = handle.status()
    checked = status.state not in (lt.torrent_status.checking_files, lt.torrent_status.checking_resume_data)
    if not listening and checked and session.is_listening():
        listening = True
        say("listening", session.listen_port())
    if not complete and status.is_seeding:
        complete = True
        handle.flush_cache()
        say("complete")
os._exit(0)     # at once: nobody needs its resume data
