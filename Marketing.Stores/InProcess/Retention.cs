using Marketing.Domain;

namespace Marketing.Stores.InProcess;

/// <summary>What an upsert changes: a function of what is kept and what comes, which makes it independent of order.</summary>
/// <param name="Removed">Slots that are emptied: replaced or pushed out by newer messages.</param>
/// <param name="Added">Messages that are written.</param>
internal sealed record Retention(List<int> Removed, List<EncodedMessage> Added)
{
    /// <summary>Keeps the newest of each user; of one id what came last.</summary>
    public static Retention Plan(EntryStore store, IReadOnlyList<EncodedMessage> messages, int perUser)
    {
        var plan = new Retention([], []);
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
                plan.Removed.Add(slot);
            }
        }

        var replaced = plan.Removed.ToHashSet();
        foreach (IGrouping<UserId, EncodedMessage> ofUser in incoming.Values.GroupBy(message => message.UserId))
        {
            plan.KeepNewest(store.OfUser(ofUser.Key).Where(entry => !replaced.Contains(entry.Slot)), ofUser, perUser);
        }

        return plan;
    }

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
