using System.Numerics.Tensors;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;

namespace Marketing.Projections.Vectors;

/// <summary>
/// Compares the vector index with the log: each message's user, campaign, time, terms and vector validity, and whether the newest N
/// per user exist. Only the model can tell whether a vector matches its text, and asking it takes time or money: the check asks for a
/// sample. It asks for all messages if the sample shows an error, or if a full check is requested.
/// </summary>
internal sealed class VectorCheck(
    IInteractionLog log, InFlightWork inFlight, IVectorIndex index, VectorProjection projection, int seed)
{
    private const int BatchSize = 1_000;
    private const int SampleSize = 1_000;
    private const int EmbeddedAtOnce = 100;

    /// <summary>Probability of missing a share of errors as large as <see cref="ConsistencyReport.Detects"/>.</summary>
    private const double MissedWith = 0.01;

    /// <summary>
    /// Cosine below which two vectors come from different texts. The embedded index keeps nine bits per component, and a served
    /// model reproduces only a few digits; both stay above .999.
    /// </summary>
    private const double SameText = 0.995;

    /// <summary>Consecutive texts that must fail alone, with none succeeding, before the model counts as down.</summary>
    private const int FailuresOfOutage = 3;

    private readonly ConsistencyReportBuilder _findings = new();
    private readonly HashSet<UserId> _suspects = [];
    private long _sampled;

    public async Task<ConsistencyReport> RunAsync(bool repair, bool full, CancellationToken cancellationToken)
    {
        _findings.AddDerived(await index.VerifyAsync(repair, cancellationToken), repair);
        var (stored, sample) = await ReadIndexAsync(full, cancellationToken);
        if (!full && await CompareVectorsAsync(sample, cancellationToken))
        {
            (full, _sampled) = (true, 0);
            await ReadIndexAsync(full, cancellationToken);
        }

        var expected = await ReadLogAsync(stored, cancellationToken);
        foreach (var user in _suspects)
        {
            expected -= await DecideAsync(user, repair, cancellationToken);
        }

        var detects = _sampled >= stored.Count ? 0 : 1 - Math.Pow(MissedWith, 1.0 / Math.Max(_sampled, 1));
        return _findings.ToReport(
            ProjectionNames.Vectors, expected, await index.CountAsync(cancellationToken),
            await inFlight.CountAsync(cancellationToken), _sampled, Math.Round(detects, 5));
    }

    /// <summary>Reads every message, and marks users with an error as suspects.</summary>
    /// <returns>The message ids, and a random sample of messages.</returns>
    private async Task<(KeySet Ids, List<MessageVector> Sample)> ReadIndexAsync(bool full, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var (ids, sample, seen) = (new KeySet(), new List<MessageVector>(SampleSize), 0);
        await foreach (var messages in index.ScanAsync(BatchSize, cancellationToken))
        {
            var chats = (await log.FindAsync([.. messages.Select(message => message.Id)], cancellationToken)).ToDictionary(chat => chat.Id);
            foreach (var message in messages)
            {
                var chat = chats.GetValueOrDefault(message.Id);
                if (!ids.Add(message.Id) || chat?.Text is null || !VectorProjection.Matches(message, chat) || !IsUnit(message.Vector.Span))
                {
                    _suspects.Add(message.UserId);
                    _suspects.UnionWith(chat is null ? [] : [chat.UserId]);
                }

                // Reservoir sampling: every message has the same chance, whatever their number.
                if (sample.Count < SampleSize)
                {
                    sample.Add(message);
                }
                else if (random.Next(++seen + SampleSize) is var place && place < SampleSize)
                {
                    sample[place] = message;
                }
            }

            if (full)
            {
                await CompareVectorsAsync(messages, cancellationToken);
            }
        }

        return (ids, sample);
    }

    /// <summary>Embeds the texts again, and marks users whose vector differs as suspects.</summary>
    /// <returns>Whether there are any suspects.</returns>
    private async Task<bool> CompareVectorsAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken)
    {
        var fault = false;
        foreach (var some in messages.Chunk(EmbeddedAtOnce))
        {
            var stored = some.ToLookup(message => message.Id);
            var chats = await log.FindAsync([.. some.Select(message => message.Id)], cancellationToken);
            Interaction[] withText = [.. chats.Where(chat => chat.Text is not null)];
            var (right, refused) = await EmbedAsync(withText, cancellationToken, sample: true);
            if (refused.Count > 0 && refused.Count == withText.Length)
            {
                // The model is down; unanswered texts do not count as sampled.
                break;
            }

            _sampled += some.Length;
            foreach (var chat in withText.Where(chat => !refused.Contains(chat.Id)))
            {
                if (!right.TryGetValue(chat.Id, out var message) || stored[chat.Id].Any(one => !IsSame(one, message)))
                {
                    fault = true;
                    _suspects.Add(chat.UserId);
                    _suspects.UnionWith(stored[chat.Id].Select(one => one.UserId));
                }
            }
        }

        return fault;
    }

    /// <summary>Reads the log, and marks users with a newest message missing from the index as suspects.</summary>
    /// <returns>The number of messages expected if every text had a vector.</returns>
    private async Task<long> ReadLogAsync(KeySet stored, CancellationToken cancellationToken)
    {
        var newest = new Dictionary<UserId, NewestChats>();
        await foreach (var batch in log.ScanAsync(BatchSize, cancellationToken))
        {
            foreach (var chat in batch)
            {
                if (chat.Text is not null)
                {
                    if (!newest.TryGetValue(chat.UserId, out var ofUser))
                    {
                        newest[chat.UserId] = ofUser = new NewestChats(index.NewestPerUser);
                    }

                    ofUser.Add(chat.OccurredAt, chat.Id);
                }
            }
        }

        long expected = 0, found = 0;
        foreach (var (user, chats) in newest)
        {
            expected += chats.Count;
            var there = chats.Ids.Count(stored.Contains);
            found += there;
            if (there < chats.Count)
            {
                _suspects.Add(user);
            }
        }

        if (stored.Count > found)
        {
            // The index has more messages than expected; scan it to find out whose they are.
            await foreach (var messages in index.ScanAsync(BatchSize, cancellationToken))
            {
                _suspects.UnionWith(messages
                    .Where(message => !newest.TryGetValue(message.UserId, out var chats) || !chats.Ids.Contains(message.Id))
                    .Select(message => message.UserId));
            }
        }

        return expected;
    }

    /// <returns>The number of the user's slots that stay empty because the text has no vector.</returns>
    private async Task<long> DecideAsync(UserId user, bool repair, CancellationToken cancellationToken)
    {
        var look = await LookAsync(user, cancellationToken);
        if (look is null)
        {
            _findings.Undecided++;
            return 0;
        }

        foreach (var (id, kind) in look.Differing)
        {
            _findings.Add(kind, $"event {id}");
        }

        if (repair && look.Differing.Count > 0)
        {
            await RepairAsync(user, look, cancellationToken);
            var after = await LookAsync(user, cancellationToken);
            _findings.Repaired += after is null ? 0 : Math.Max(0, look.Differing.Count - after.Differing.Count);
        }

        return look.Empty;
    }

    /// <summary>Removes wrong messages first, because they may take the place of right ones.</summary>
    private async Task RepairAsync(UserId user, UserComparison look, CancellationToken cancellationToken)
    {
        EventId[] orphaned = [.. look.Differing.Where(one => one.Kind == DifferenceKind.Orphaned).Select(one => one.Id)];
        var known = await log.FindAsync(orphaned, cancellationToken);
        var kept = known.Where(chat => chat.UserId != user && chat.Text is not null).ToList();
        var others = kept.Select(chat => chat.Id).ToHashSet();
        await projection.RemoveAsync(
            [.. orphaned.Where(id => !others.Contains(id)).Select(id => (id, user))], cancellationToken);
        await Isolation.ReapplyAsync(projection, kept, cancellationToken);
        await Isolation.ReapplyAsync(projection, look.Expected, cancellationToken);
    }

    /// <returns>Null if it cannot be decided yet.</returns>
    private async Task<UserComparison?> LookAsync(UserId user, CancellationToken cancellationToken)
    {
        for (var look = 0; look < InFlightWork.Looks; look++)
        {
            var before = await ChatsAsync(user, cancellationToken);
            var pending = await inFlight.PendingAsync([.. before.Select(chat => chat.Id)], cancellationToken);
            var erasing = await inFlight.ErasingAsync(cancellationToken);
            var stored = await index.ReadUserAsync(user, cancellationToken);
            var after = await ChatsAsync(user, cancellationToken);
            erasing.UnionWith(await inFlight.ErasingAsync(cancellationToken));
            if (!before.SequenceEqual(after))
            {
                continue;
            }

            var found = await CompareAsync(before, stored, cancellationToken);
            if (found.Differing.Count == 0 || (pending.Count == 0 && !erasing.Contains(StoredFact.KeyOf(user))))
            {
                return found;
            }
        }

        return null;
    }

    private async Task<UserComparison> CompareAsync(
        List<Interaction> chats, IReadOnlyList<MessageVector> stored, CancellationToken cancellationToken)
    {
        var (expected, differing) = (new List<Interaction>(), new List<(EventId, DifferenceKind)>());
        var ofId = stored.ToLookup(message => message.Id);
        var rest = VectorProjection.NewestFirst(chats).ToArray().AsMemory();
        var places = Math.Min(rest.Length, index.NewestPerUser);
        var filled = 0;
        while (rest.Length > 0 && filled < index.NewestPerUser)
        {
            var next = rest[..Math.Min(rest.Length, index.NewestPerUser - filled)];
            rest = rest[next.Length..];
            var (right, refused) = await EmbedAsync([.. next.Span], cancellationToken);
            foreach (var chat in next.ToArray())
            {
                // A text that cannot be embedded counts as missing.
                if (refused.Contains(chat.Id))
                {
                    differing.Add((chat.Id, DifferenceKind.Missing));
                }
                else if (right.TryGetValue(chat.Id, out var message))
                {
                    filled++;
                    expected.Add(chat);
                    MessageVector[] found = [.. ofId[chat.Id]];
                    if (found.Length != 1 || !VectorProjection.Matches(found[0], chat) || !IsSame(found[0], message))
                    {
                        differing.Add((chat.Id, found.Length == 0 ? DifferenceKind.Missing : DifferenceKind.Different));
                    }
                }
            }
        }

        var wanted = expected.Select(chat => chat.Id).ToHashSet();
        differing.AddRange(ofId.Where(one => !wanted.Contains(one.Key)).Select(one => (one.Key, DifferenceKind.Orphaned)));
        return new UserComparison(differing, expected, places - filled);
    }

    /// <summary>Returns the vectors of the texts that have one, and the ids of texts that cannot be embedded.</summary>
    private async Task<(Dictionary<EventId, MessageVector> Messages, HashSet<EventId> Refused)> EmbedAsync(
        Interaction[] chats, CancellationToken cancellationToken, bool sample = false)
    {
        try
        {
            return ((await projection.EmbedAsync(chats, cancellationToken)).ToDictionary(message => message.Id), []);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // For a sample, do not wait for a model that is down once per text.
            if (chats.Length == 1 || (sample && !Isolation.IsDataError(error)))
            {
                return ([], [.. chats.Select(chat => chat.Id)]);
            }

            var (messages, refused) = (new Dictionary<EventId, MessageVector>(), new HashSet<EventId>());
            foreach (var chat in chats)
            {
                if (messages.Count == 0 && refused.Count == FailuresOfOutage)
                {
                    return ([], [.. chats.Select(one => one.Id)]);
                }

                var (one, none) = await EmbedAsync([chat], cancellationToken);
                refused.UnionWith(none);
                foreach (var message in one.Values)
                {
                    messages[message.Id] = message;
                }
            }

            return (messages, refused);
        }
    }

    private async Task<List<Interaction>> ChatsAsync(UserId user, CancellationToken cancellationToken)
    {
        var chats = new List<Interaction>();
        await foreach (var page in log.UserPagesAsync(user, cancellationToken))
        {
            chats.AddRange(page.Where(projection.Concerns));
        }

        return chats;
    }

    private static bool IsSame(MessageVector stored, MessageVector right) =>
        stored.Vector.Length == right.Vector.Length
        && IsUnit(stored.Vector.Span)
        && TensorPrimitives.CosineSimilarity(stored.Vector.Span, right.Vector.Span) >= SameText;

    private static bool IsUnit(ReadOnlySpan<float> vector) => Math.Abs(TensorPrimitives.Norm(vector) - 1) <= 0.02;

    /// <param name="Differing">The user's differences.</param>
    /// <param name="Expected">The chats that should be indexed.</param>
    /// <param name="Empty">Number of slots that stay empty because the text has no vector.</param>
    private sealed record UserComparison(
        List<(EventId Id, DifferenceKind Kind)> Differing, List<Interaction> Expected, int Empty);
}
