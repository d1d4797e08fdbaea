package ahti.testkit.record.format;

import ahti.testkit.record.event.DiskAnswer;
import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import ahti.testkit.record.event.Wish;
import java.util.List;
import java.util.Map;

/**
 * The numbers that kinds of entries, answers and wishes have in a file: their places in these lists. To append to a list is a new
 * minor thing; to change anything else in it, or in one of the records, makes a new {@link RecordingWriter#VERSION}.
 */
final class Kinds {
    static final Map<Class<?>, List<Class<? extends Record>>> OF = Map.of(
            Entry.class,
            List.of(
                    Entry.End.class,
                    Entry.Disk.class,
                    Entry.Wrong.class,
                    Entry.Right.class,
                    Input.Connected.class,
                    Input.NotConnected.class,
                    Input.Received.class,
                    Input.Writable.class,
                    Input.Finished.class,
                    Input.Broke.class,
                    Input.Bound.class,
                    Input.NotBound.class,
                    Input.Knocked.class,
                    Input.NotListening.class,
                    Input.Fetched.class,
                    Input.NotFetched.class,
                    Input.Resolved.class,
                    Input.NotResolved.class,
                    Input.SocketBound.class,
                    Input.Datagram.class,
                    Input.SocketBroke.class,
                    Input.Wished.class,
                    Output.Dial.class,
                    Output.Send.class,
                    Output.Read.class,
                    Output.Finish.class,
                    Output.Abort.class,
                    Output.Listen.class,
                    Output.Accept.class,
                    Output.Unlisten.class,
                    Output.Fetch.class,
                    Output.Resolve.class,
                    Output.OpenSocket.class,
                    Output.SendDatagram.class,
                    Output.CloseSocket.class,
                    Output.Told.class),
            Wish.class,
            List.of(
                    Wish.Status.class,
                    Wish.Peers.class,
                    Wish.Reannounce.class,
                    Wish.Pause.class,
                    Wish.Resume.class,
                    Wish.AddPeers.class,
                    Wish.StopTorrent.class,
                    Wish.Listing.class,
                    Wish.Remove.class,
                    Wish.Stop.class,
                    Wish.Select.class,
                    Wish.LimitTorrent.class,
                    Wish.LimitAll.class),
            DiskAnswer.class,
            List.of(
                    DiskAnswer.Done.class,
                    DiskAnswer.Nothing.class,
                    DiskAnswer.Amount.class,
                    DiskAnswer.State.class,
                    DiskAnswer.Content.class,
                    DiskAnswer.Data.class,
                    DiskAnswer.Busy.class,
                    DiskAnswer.Failure.class));

    private Kinds() {}
}
