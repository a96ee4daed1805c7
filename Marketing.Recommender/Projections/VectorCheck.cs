using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;

namespace Marketing.Recommender.Projections;

/// <summary>
/// Compares the vector index with the log. The index keeps the newest N messages of each user, so the comparison goes user by
/// user: a sample of them, or all when the counts differ or a repair is asked for.
/// </summary>
internal sealed class VectorCheck(
    IInteractionLog log, IInteractionQueue queue, IVectorIndex index, VectorProjection projection)
{
    private const int BatchSize = 1_000;
    private const int SampledUsers = 1_000;

    private long _missing;
    private long _sampled;
    private long _repaired;

    public async Task<ConsistencyReport> RunAsync(bool repair, CancellationToken cancellationToken)
    {
        var chats = await ChatsPerUserAsync(cancellationToken);
        var expected = chats.Values.Sum(count => (long)Math.Min(count, index.NewestPerUser));
        var orphaned = await OrphansAsync(repair, cancellationToken);
        var all = repair || expected != await index.CountAsync(cancellationToken);
        var step = all ? 1 : Math.Max(1, chats.Count / SampledUsers);
        foreach (var userId in chats.Keys.Where((_, position) => position % step == 0))
        {
            expected -= await CompareUserAsync(userId, repair, cancellationToken);
        }

        return new ConsistencyReport(
            ProjectionNames.Vectors, expected, await index.CountAsync(cancellationToken),
            (await queue.BacklogAsync(cancellationToken)).Pending, _missing, orphaned, _sampled,
            _repaired + (repair ? orphaned : 0));
    }

    private async Task<Dictionary<UserId, int>> ChatsPerUserAsync(CancellationToken cancellationToken)
    {
        var chats = new Dictionary<UserId, int>();
        await foreach (var batch in log.ScanAsync(BatchSize, cancellationToken))
        {
            foreach (var chat in batch)
            {
                if (chat.Text is not null)
                {
                    chats[chat.UserId] = chats.GetValueOrDefault(chat.UserId) + 1;
                }
            }
        }

        return chats;
    }

    private async Task<long> OrphansAsync(bool remove, CancellationToken cancellationToken)
    {
        long orphaned = 0;
        await foreach (var messages in index.ScanAsync(BatchSize, cancellationToken))
        {
            var orphans = await projection.OrphansAsync(messages, cancellationToken);
            orphaned += orphans.Count;
            if (remove)
            {
                await projection.RemoveAsync(orphans, cancellationToken);
            }
        }

        return orphaned;
    }

    /// <returns>How many places of the user stay empty because a text means nothing.</returns>
    private async Task<int> CompareUserAsync(UserId userId, bool repair, CancellationToken cancellationToken)
    {
        var stored = (await index.LatestAsync(userId, index.NewestPerUser, cancellationToken))
            .Select(message => message.Id).ToHashSet();
        int chats = 0, filled = 0;
        await foreach (var page in log.UserPagesAsync(userId, cancellationToken))
        {
            var rest = VectorProjection.NewestFirst(page).ToArray().AsMemory();
            chats += rest.Length;
            while (rest.Length > 0 && filled < index.NewestPerUser)
            {
                var next = rest[..Math.Min(rest.Length, index.NewestPerUser - filled)];
                rest = rest[next.Length..];

                // Only what the index lacks is embedded: to see whether it means anything at all.
                var lacking = next.ToArray().Where(chat => !stored.Contains(chat.Id)).ToList();
                var missing = await MeaningfulAsync(lacking, cancellationToken);
                filled += next.Length - lacking.Count + missing.Count;
                await MendAsync([.. lacking.Where(chat => missing.Contains(chat.Id))], repair, cancellationToken);
            }

            if (filled == index.NewestPerUser)
            {
                break;
            }
        }

        _sampled += filled;
        return Math.Min(chats, index.NewestPerUser) - filled;
    }

    /// <summary>Those whose text has a vector. One that cannot be embedded counts as well: it is missing until somebody decides.</summary>
    private async Task<HashSet<EventId>> MeaningfulAsync(List<Interaction> chats, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await projection.EmbedAsync(chats, cancellationToken)).Select(message => message.Id)];
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            var meaningful = new HashSet<EventId>();
            foreach (var chat in chats)
            {
                meaningful.UnionWith(chats.Count == 1 ? [chat.Id] : await MeaningfulAsync([chat], cancellationToken));
            }

            return meaningful;
        }
    }

    private async Task MendAsync(List<Interaction> missing, bool repair, CancellationToken cancellationToken)
    {
        _missing += missing.Count;
        if (repair && missing.Count > 0)
        {
            _repaired += missing.Count - await Isolation.ReapplyAsync(projection, missing, cancellationToken);
        }
    }
}
