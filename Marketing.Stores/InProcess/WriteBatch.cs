using Marketing.Domain;

namespace Marketing.Stores.InProcess;

/// <summary>The entries that a write removes and adds, applied as a whole.</summary>
/// <param name="Removed">The slots to empty.</param>
/// <param name="Added">The messages to write.</param>
internal sealed record WriteBatch(List<int> Removed, List<EncodedMessage> Added)
{
    /// <summary>An upsert that keeps the newest messages of each user, and the last one with the same id.</summary>
    public static WriteBatch ForUpsert(EntryStore store, IReadOnlyList<EncodedMessage> messages, int perUser)
    {
        var batch = new WriteBatch([], []);
        var incoming = new Dictionary<EventId, EncodedMessage>();
        foreach (EncodedMessage message in messages)
        {
            incoming[message.Id] = message;
        }

        foreach (EncodedMessage message in incoming.Values.ToList())
        {
            if (!store.TryFind(message.Id, out int slot))
            {
                continue;
            }

            if (store.Get(slot).IsSameAs(message))
            {
                incoming.Remove(message.Id);
            }
            else
            {
                batch.Removed.Add(slot);
            }
        }

        var replaced = batch.Removed.ToHashSet();
        foreach (IGrouping<UserId, EncodedMessage> ofUser in incoming.Values.GroupBy(message => message.UserId))
        {
            batch.KeepNewest(store.EntriesOfUser(ofUser.Key).Where(entry => !replaced.Contains(entry.Slot)), ofUser, perUser);
        }

        return batch;
    }

    /// <summary>Removes the messages with these ids.</summary>
    public static WriteBatch ForRemoval(EntryStore store, IReadOnlyList<EventId> ids)
    {
        var slots = new HashSet<int>();
        foreach (EventId id in ids)
        {
            if (store.TryFind(id, out int slot))
            {
                slots.Add(slot);
            }
        }

        return new WriteBatch([.. slots], []);
    }

    /// <summary>Removes all messages of a user.</summary>
    public static WriteBatch ForRemoval(EntryStore store, UserId userId) =>
        new([.. store.EntriesOfUser(userId).Select(entry => entry.Slot)], []);

    private void KeepNewest(IEnumerable<(int Slot, EncodedMessage Message)> kept, IEnumerable<EncodedMessage> incoming, int perUser)
    {
        var newestFirst = kept
            .Select(entry => (Slot: (int?)entry.Slot, entry.Message))
            .Concat(incoming.Select(message => (Slot: (int?)null, Message: message)))
            .OrderByDescending(entry => entry.Message.OccurredAt)
            .ThenByDescending(entry => entry.Message.Id);
        foreach ((int place, (int? slot, EncodedMessage message)) in newestFirst.Index())
        {
            if (place < perUser && slot is null)
            {
                Added.Add(message);
            }
            else if (place >= perUser && slot is { } old)
            {
                Removed.Add(old);
            }
        }
    }
}
