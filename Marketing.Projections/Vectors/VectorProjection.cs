using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Domain.Text;
using Marketing.Projections.Consistency;
using Marketing.Projections.Workers;
using Microsoft.Extensions.AI;

namespace Marketing.Projections.Vectors;

/// <summary>
/// The vector index: one vector per chat, keyed by event id. A text without tokens has the zero vector, which is similar to nothing,
/// and is left out.
/// </summary>
internal sealed class VectorProjection(
    IInteractionLog log,
    IInteractionQueue queue,
    IPersonalData personalData,
    IVectorIndex index,
    IEmbeddingGenerator<string, Embedding<float>> embedder,
    TimeProvider time) : IProjection
{
    private const int BatchSize = 1_000;

    public string Name => ProjectionNames.Vectors;

    public bool Concerns(Interaction interaction) => interaction.Type == InteractionType.Chat;

    public async Task ApplyAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        var chats = interactions.Where(Concerns).ToList();
        await WriteAsync([.. chats.Where(chat => chat.Text is not null)], cancellationToken);
        await RemoveAsync([.. chats.Where(chat => chat.Text is null)], cancellationToken);
    }

    public async Task EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        await index.RemoveUserAsync(userId, cancellationToken);
        await RefillAsync(userId, cancellationToken);
    }

    public async Task<RebuildReport> RebuildAsync(CancellationToken cancellationToken)
    {
        RebuildReport? report = null;
        await index.RebuildAsync(
            async (target, cancel) =>
            {
                var build = new VectorProjection(log, queue, personalData, target, embedder, time);
                report = await Rebuild.RunAsync(build, log, build.SweepAsync, OrphansAsync, time, cancel);
            },
            cancellationToken);
        return report!;
    }

    public Task<ConsistencyReport> CheckAsync(bool repair, bool full, CancellationToken cancellationToken) =>
        new VectorCheck(log, new InFlightWork(queue, personalData), index, this, (int)time.GetUtcNow().Ticks).RunAsync(repair, full, cancellationToken);

    /// <summary>Returns the chats that have a text, in the index's order of preference.</summary>
    public static IOrderedEnumerable<Interaction> NewestFirst(IReadOnlyList<Interaction> interactions) => interactions
        .Where(one => one.Text is not null)
        .OrderByDescending(chat => chat.OccurredAt)
        .ThenByDescending(chat => chat.Id);

    /// <summary>Returns the vectors of chats that have a text, except zero vectors.</summary>
    public async Task<IReadOnlyList<MessageVector>> EmbedAsync(
        IReadOnlyList<Interaction> chats, CancellationToken cancellationToken)
    {
        if (chats.Count == 0)
        {
            return [];
        }

        using var activity = ProjectionDiagnostics.StartEmbed(chats.Count);
        var embeddings = await embedder.GenerateAsync(chats.Select(chat => chat.Text!), cancellationToken: cancellationToken);
        return [.. chats
            .Zip(embeddings, ToMessage)
            .Where(message => message.Vector.Span.ContainsAnyExcept(0f))];
    }

    /// <summary>Removes messages whose text is not in the log, and restores messages they had displaced.</summary>
    /// <returns>The number removed.</returns>
    public async Task<int> RemoveAsync(IReadOnlyList<(EventId Id, UserId UserId)> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return 0;
        }

        await index.RemoveAsync([.. messages.Select(message => message.Id)], cancellationToken);

        // An older message may be among the newest again, and an erased event may have been sent again.
        foreach (var userId in messages.Select(message => message.UserId).Distinct())
        {
            await RefillAsync(userId, cancellationToken);
        }

        return messages.Count;
    }

    private Task<int> RemoveAsync(IReadOnlyList<Interaction> chats, CancellationToken cancellationToken) =>
        RemoveAsync([.. chats.Select(chat => (chat.Id, chat.UserId))], cancellationToken);

    private async Task WriteAsync(IReadOnlyList<Interaction> chats, CancellationToken cancellationToken)
    {
        while (chats.Count > 0)
        {
            var messages = await EmbedAsync(chats, cancellationToken);
            if (messages.Count == 0)
            {
                return;
            }

            await index.UpsertAsync(messages, cancellationToken);
            var written = messages.Select(message => (message.Id, message.UserId)).ToList();
            var found = await log.FindAsync([.. written.Select(message => message.Id)], cancellationToken);
            await RemoveAsync(Orphans(written, found), cancellationToken);

            // An erased event may have been sent again with other content, and written before this.
            var sent = chats.ToLookup(chat => chat.Id);
            chats = [.. found.Where(chat => chat.Text is not null && !sent[chat.Id].Any(one => HasSameContent(one, chat)))];
        }
    }

    private static bool HasSameContent(Interaction one, Interaction other) =>
        one.UserId == other.UserId && one.CampaignId == other.CampaignId && one.Text == other.Text && one.OccurredAt == other.OccurredAt;

    /// <summary>Writes the user's newest chats until the index has as many as it keeps.</summary>
    private async Task RefillAsync(UserId userId, CancellationToken cancellationToken)
    {
        await foreach (var page in log.UserPagesAsync(userId, cancellationToken))
        {
            foreach (var chats in NewestFirst(page).Chunk(index.NewestPerUser))
            {
                await Isolation.ReapplyAsync(this, chats, cancellationToken);
                if ((await index.LatestAsync(userId, index.NewestPerUser, cancellationToken)).Count == index.NewestPerUser)
                {
                    return;
                }
            }
        }
    }

    private async Task<long> SweepAsync(CancellationToken cancellationToken)
    {
        long swept = 0;
        await foreach (var messages in index.ScanAsync(BatchSize, cancellationToken))
        {
            var found = await log.FindAsync([.. messages.Select(message => message.Id)], cancellationToken);
            swept += await RemoveAsync(Orphans([.. messages.Select(message => (message.Id, message.UserId))], found), cancellationToken);

            // In a store filled in place, an existing message may now belong to another user or be too old to keep.
            await CorrectAsync(messages, found, cancellationToken);
        }

        return swept;
    }

    private async Task<long> OrphansAsync(CancellationToken cancellationToken)
    {
        long orphans = 0;
        await foreach (var messages in index.ScanAsync(BatchSize, cancellationToken))
        {
            var found = await log.FindAsync([.. messages.Select(message => message.Id)], cancellationToken);
            orphans += Orphans([.. messages.Select(message => (message.Id, message.UserId))], found).Count;
        }

        return orphans;
    }

    /// <summary>Rewrites messages that differ from the log, except for the vector, which was made from the text.</summary>
    private async Task CorrectAsync(
        IReadOnlyList<MessageVector> messages, IReadOnlyList<Interaction> found, CancellationToken cancellationToken)
    {
        var stored = messages.ToLookup(message => message.Id);
        Interaction[] different =
            [.. found.Where(chat => chat.Text is not null && stored[chat.Id].Any(message => !Matches(message, chat)))];
        await Isolation.ReapplyAsync(this, different, cancellationToken);

        // With the wrong user or time, it may have displaced another message.
        foreach (var user in different.SelectMany(chat => stored[chat.Id].Select(message => message.UserId).Append(chat.UserId)).Distinct())
        {
            await RefillAsync(user, cancellationToken);
        }
    }

    /// <summary>Whether a message matches the log, apart from its vector.</summary>
    public static bool Matches(MessageVector message, Interaction chat) =>
        message.UserId == chat.UserId && message.CampaignId == chat.CampaignId && message.OccurredAt == chat.OccurredAt
        && message.Terms.Span.SequenceEqual(TextTerms.Of(chat.Text));

    /// <summary>Returns the messages that are not in the log, or have no text there.</summary>
    private static List<(EventId Id, UserId UserId)> Orphans(
        List<(EventId Id, UserId UserId)> messages, IReadOnlyList<Interaction> found)
    {
        var held = found.Where(chat => chat.Text is not null).Select(chat => chat.Id).ToHashSet();
        return held.Count == messages.Count ? [] : [.. messages.Where(message => !held.Contains(message.Id))];
    }

    private static MessageVector ToMessage(Interaction chat, Embedding<float> embedding) => new(
        chat.Id, chat.UserId, chat.CampaignId, chat.OccurredAt, embedding.Vector, TextTerms.Of(chat.Text));
}
