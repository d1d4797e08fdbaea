package ahti.testkit.record.mask;

import ahti.testkit.record.event.DiskAnswer;
import ahti.testkit.record.event.DiskCall;
import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Header;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import ahti.testkit.record.event.RecordedTorrent;
import ahti.testkit.record.event.Wish;
import java.util.Random;

/**
 * Takes out of a recording who the peers are (addresses, peer ids), which trackers there are and with which passkeys, how files are
 * called and where they lie. What stays: the info hash, sizes, ports, the names of client programs, all numbers and all moments.
 *
 * <p>The engine that is recorded works on the real names; the one that replays works on the others, from the header on. That is exact
 * because no decision depends on a name but by its equality to another one, its length, or its kind, all of which stay.
 */
public final class PrivateMask implements Mask {
    private static final String MASKED = "(masked)";

    private final Addresses addresses = new Addresses();
    private final TrackerNames trackers = new TrackerNames();
    private final TrackerAnswer answers = new TrackerAnswer(addresses);
    private final PeerIds ids;
    private final PathNames paths;

    /** For a recording of this torrent; {@code random} must be known to nobody. */
    public PrivateMask(RecordedTorrent torrent, Random random) {
        this.ids = new PeerIds(random);
        this.paths = new PathNames(torrent);
    }

    @Override
    public Header header(Header header) {
        return new Header(
                header.ahti(),
                header.java(),
                header.seed(),
                true,
                header.settings().stream()
                        .filter(setting -> !setting.startsWith("ahti.net.bind="))
                        .toList(),
                header.listenOn().stream().map(addresses::mask).toList(),
                header.torrent().renamed(paths.name(), paths.files(), trackers::url, addresses::mask, paths::path));
    }

    @Override
    public Entry entry(Entry entry) {
        if (entry instanceof Input input) {
            return input(input);
        } else if (entry instanceof Output output) {
            return output(output);
        } else if (entry instanceof Entry.Disk disk) {
            return new Entry.Disk(call(disk.call()), answer(disk.answer()));
        }
        return entry;
    }

    private Input input(Input input) {
        if (input instanceof Input.Received received) {
            return new Input.Received(received.line(), ids.received(received.line(), received.bytes()));
        } else if (input instanceof Input.Connected connected) {
            return new Input.Connected(connected.line(), addresses.mask(connected.peer()));
        } else if (input instanceof Input.NotConnected not) {
            return new Input.NotConnected(not.line(), MASKED);
        } else if (input instanceof Input.Finished finished) {
            ids.gone(finished.line());
        } else if (input instanceof Input.Broke broke) {
            ids.gone(broke.line());
            return new Input.Broke(broke.line(), MASKED);
        } else if (input instanceof Input.Bound bound) {
            return new Input.Bound(bound.listener(), addresses.mask(bound.local()));
        } else if (input instanceof Input.NotBound not) {
            return new Input.NotBound(not.listener(), MASKED);
        } else if (input instanceof Input.NotListening not) {
            return new Input.NotListening(not.listener(), not.reason().isEmpty() ? "" : MASKED);
        } else if (input instanceof Input.Knocked knocked) {
            return new Input.Knocked(knocked.listener(), knocked.line(), addresses.mask(knocked.peer()));
        } else if (input instanceof Input.Wished wished && wished.wish() instanceof Wish.AddPeers add) {
            return new Input.Wished(
                    new Wish.AddPeers(add.peers().stream().map(addresses::mask).toList()));
        }
        return fromTracker(input);
    }

    private Input fromTracker(Input input) {
        if (input instanceof Input.Fetched fetched) {
            return new Input.Fetched(fetched.question(), fetched.status(), answers.http(fetched.body()));
        } else if (input instanceof Input.NotFetched not) {
            return new Input.NotFetched(not.question(), MASKED);
        } else if (input instanceof Input.Resolved resolved) {
            return new Input.Resolved(
                    resolved.question(),
                    resolved.addresses().stream().map(addresses::mask).toList());
        } else if (input instanceof Input.NotResolved not) {
            return new Input.NotResolved(not.question(), MASKED);
        } else if (input instanceof Input.SocketBound bound) {
            return new Input.SocketBound(bound.socket(), addresses.mask(bound.local()));
        } else if (input instanceof Input.SocketBroke broke) {
            return new Input.SocketBroke(broke.socket(), MASKED);
        } else if (input instanceof Input.Datagram datagram) {
            int length = datagram.from().getAddress().getAddress().length;
            return new Input.Datagram(
                    datagram.socket(), addresses.mask(datagram.from()), answers.udp(datagram.payload(), length));
        }
        return input;
    }

    private Output output(Output output) {
        if (output instanceof Output.Send send) {
            ids.sent(send.bytes());
        } else if (output instanceof Output.Abort abort) {
            ids.gone(abort.line());
        } else if (output instanceof Output.Dial dial) {
            return new Output.Dial(dial.line(), addresses.mask(dial.peer()));
        } else if (output instanceof Output.Listen listen) {
            return new Output.Listen(listen.listener(), addresses.mask(listen.local()));
        } else if (output instanceof Output.Fetch fetch) {
            return new Output.Fetch(
                    fetch.question(),
                    trackers.request(fetch.uri()),
                    fetch.timeoutNanos(),
                    fetch.maxBody(),
                    fetch.maxRedirects());
        } else if (output instanceof Output.Resolve resolve) {
            return new Output.Resolve(resolve.question(), trackers.host(resolve.host()));
        } else if (output instanceof Output.OpenSocket open) {
            return new Output.OpenSocket(open.socket(), addresses.mask(open.local()));
        } else if (output instanceof Output.SendDatagram send) {
            return new Output.SendDatagram(send.socket(), addresses.mask(send.to()), trackers.datagram(send.payload()));
        }
        return output;
    }

    private DiskCall call(DiskCall call) {
        return new DiskCall(call.act(), paths.path(call.path()), call.file(), call.offset(), call.length());
    }

    private DiskAnswer answer(DiskAnswer answer) {
        return answer instanceof DiskAnswer.Failure failure
                ? new DiskAnswer.Failure(failure.kind(), paths.path(failure.path()), paths.text(failure.text()))
                : answer;
    }
}
