"""A libtorrent session as a program: seed|leech TORRENT DIRECTORY PORT [HOST:PORT…] [up=BYTES] [fast]."""
import os
import sys
import threading
import time

LOOPBACK = "127.0.0.1"


def run(role, path, directory, port, *more):
    """A libtorrent session for one torrent, or all of a directory, that says what happens: first (payload), ready, done."""
    import libtorrent
    settings = {
        "listen_interfaces": "%s:%s" % (LOOPBACK, port), "enable_dht": False, "enable_lsd": False, "enable_upnp": False,
        "enable_natpmp": False, "enable_outgoing_utp": False, "enable_incoming_utp": False,
        "allow_multiple_connections_per_ip": True, "connections_limit": 4000, "active_limit": 4000, "out_enc_policy": 2, "in_enc_policy": 2,
        # Whoever is dialled may not know the torrent yet.
        "min_reconnect_time": 1, "max_failcount": 10000,
        "alert_mask": int(libtorrent.alert.category_t.error_notification | libtorrent.alert.category_t.status_notification),
    }
    limit = next((int(word[3:]) for word in more if word.startswith("up=")), 0)
    if "fast" in more:
        # As fast as it can be, so that it holds up nobody.
        settings.update({
            "max_out_request_queue": 2000, "max_allowed_in_request_queue": 4000, "request_queue_time": 10,
            "send_buffer_watermark": 4 << 20, "send_buffer_low_watermark": 1 << 20, "send_buffer_watermark_factor": 150,
            "max_queued_disk_bytes": 64 << 20, "aio_threads": 4, "hashing_threads": 2,
            "recv_socket_buffer_size": 4 << 20, "send_socket_buffer_size": 4 << 20, "unchoke_slots_limit": -1})
    session = libtorrent.session(settings)
    if limit:
        treat_loopback_as_the_world(libtorrent, session)
    paths = [path] if os.path.isfile(path) else sorted(one.path for one in os.scandir(path) if one.name.endswith(".torrent"))
    handles = []
    for one in paths:
        parameters = libtorrent.add_torrent_params()
        parameters.ti = libtorrent.torrent_info(one)
        parameters.save_path = directory
        parameters.flags &= ~(libtorrent.torrent_flags.auto_managed | libtorrent.torrent_flags.paused)
        if limit:
            parameters.upload_limit = limit
        handles.append(session.add_torrent(parameters))
    handle = handles[0]
    threading.Thread(target=obey, args=(handle,), daemon=True).start()
    for address in more:
        if ":" in address:
            handle.connect_peer((address.split(":")[0], int(address.split(":")[1])))
    say_what_happens(libtorrent, session, handles, role, stays=bool(limit))


def treat_loopback_as_the_world(libtorrent, session):
    """libtorrent neither chokes nor limits peers on loopback, unless told to."""
    everyone = libtorrent.ip_filter()
    everyone.add_rule("0.0.0.0", "255.255.255.255", 1)
    session.set_peer_class_filter(everyone)
    types = libtorrent.peer_class_type_filter()
    for name in ("tcp_socket", "utp_socket", "ssl_tcp_socket", "ssl_utp_socket"):
        if hasattr(libtorrent.peer_class_type_filter, name):
            types.disallow(getattr(libtorrent.peer_class_type_filter, name), 2)
    session.set_peer_class_type_filter(types)


def obey(handle):
    """Dials whom standard input names; ends with it."""
    for line in sys.stdin:
        host, _, port = line.strip().rpartition(":")
        handle.connect_peer((host, int(port)))
    os._exit(0)


def say_what_happens(libtorrent, session, handles, role, stays):
    first = ready = False
    handle = handles[0]
    while True:
        session.wait_for_alert(50 if first or len(handles) > 1 and ready else 10)
        alerts = session.pop_alerts()
        if role == "seed" and not ready and all(one.status().is_seeding for one in handles):
            ready = True
            print("ready", flush=True)
        if not first:
            status = handle.status(0)
            first = (status.total_payload_upload if role == "seed" else status.total_payload_download) > 0
            if first:
                print("first", flush=True)
        if role == "leech" and any(isinstance(alert, libtorrent.torrent_finished_alert) for alert in alerts):
            handle.flush_cache()
            until = time.monotonic() + 0.25
            while time.monotonic() < until:
                session.wait_for_alert(10)
                if any(isinstance(alert, libtorrent.cache_flushed_alert) for alert in session.pop_alerts()):
                    break
            print("done", flush=True)
            if not stays:
                os._exit(0)


if __name__ == "__main__":
    run(*sys.argv[1:])
