using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>The log in MongoDB: one document per interaction, unique by its <c>_id</c>.</summary>
internal sealed class MongoInteractionLog(MongoContext context, MongoErasureMemory erasures, TimeProvider time) : IInteractionLog
{
    private const int DuplicateKey = 11000;

    /// <summary>The timeout of an append, after which a hanging server becomes an error and the sender retries.</summary>
    private static readonly TimeSpan AppendLimit = TimeSpan.FromSeconds(10);

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    /// <summary>Inserts unordered, so that a duplicate stops nothing; the server reports each duplicate by its position.</summary>
    /// <exception cref="TimeoutException">The server did not answer; a retry shows what it has stored.</exception>
    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        if (interactions.Count == 0)
        {
            return [];
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AppendLimit);
        try
        {
            return await AppendWithinAsync(interactions, limit.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"MongoDB did not store {interactions.Count} interactions within {AppendLimit}.", exception);
        }
    }

    private async Task<AppendOutcome[]> AppendWithinAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        var outcomes = new AppendOutcome[interactions.Count];
        Array.Fill(outcomes, AppendOutcome.Duplicate);
        foreach (var i in await erasures.FindErasedAsync(interactions, cancellationToken))
        {
            outcomes[i] = AppendOutcome.Erased;
        }

        var seen = new HashSet<EventId>();
        var positions = new List<int>(interactions.Count);
        var documents = new List<BsonDocument>(interactions.Count);
        var now = time.GetUtcNow();
        var trace = TraceBytes.OfCaller();
        for (var i = 0; i < interactions.Count; i++)
        {
            if (outcomes[i] != AppendOutcome.Erased && seen.Add(interactions[i].Id))
            {
                outcomes[i] = AppendOutcome.Accepted;
                positions.Add(i);
                documents.Add(InteractionDocument.From(interactions[i], now, trace));
            }
        }

        if (documents.Count == 0)
        {
            return outcomes;
        }

        try
        {
            await context.Interactions.InsertManyAsync(documents, new InsertManyOptions { IsOrdered = false }, cancellationToken);
        }
        catch (MongoBulkWriteException<BsonDocument> exception)
            when (exception.WriteConcernError is null && exception.WriteErrors.All(error => error.Code == DuplicateKey))
        {
            foreach (var error in exception.WriteErrors)
            {
                outcomes[positions[error.Index]] = AppendOutcome.Duplicate;
            }
        }

        await FindConflictsAsync(interactions, outcomes, cancellationToken);
        return outcomes;
    }

    /// <summary>Compares each duplicate with the stored document of its id, which may be one of this batch.</summary>
    private async Task FindConflictsAsync(
        IReadOnlyList<Interaction> interactions, AppendOutcome[] outcomes, CancellationToken cancellationToken)
    {
        int[] known = [.. Enumerable.Range(0, outcomes.Length).Where(i => outcomes[i] == AppendOutcome.Duplicate)];
        if (known.Length == 0)
        {
            return;
        }

        var stored = (await FindAsync([.. known.Select(i => interactions[i].Id).Distinct()], cancellationToken))
            .ToDictionary(static interaction => interaction.Id);
        foreach (var i in known)
        {
            if (stored.TryGetValue(interactions[i].Id, out var first) && !InteractionContent.IsSame(first, interactions[i]))
            {
                outcomes[i] = AppendOutcome.Conflict;
            }
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<Interaction>> ScanAsync(
        int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Page by _id: concurrent appends move nothing, and no cursor can time out.
        var after = Where.Empty;
        while (true)
        {
            var page = await context.Interactions.Find(after)
                .Sort(Builders<BsonDocument>.Sort.Ascending(InteractionDocument.Id)).Limit(batchSize).ToListAsync(cancellationToken);
            if (page.Count == 0)
            {
                yield break;
            }

            yield return page.ConvertAll(InteractionDocument.ToInteraction);
            after = Where.Gt(InteractionDocument.Id, page[^1][InteractionDocument.Id]);
        }
    }

    public async Task<Page<Interaction>> ReadUserAsync(
        UserId userId, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var filter = Where.Eq(InteractionDocument.UserId, userId.Value);
        if (cursor is not null)
        {
            var (milliseconds, id) = TimeCursor.Parse(cursor);
            var at = new BsonDateTime(milliseconds);
            filter &= Where.Lt(InteractionDocument.OccurredAt, at)
                | (Where.Eq(InteractionDocument.OccurredAt, at) & Where.Lt(InteractionDocument.Id, id));
        }

        var documents = await context.Interactions.Find(filter)
            .Sort(Builders<BsonDocument>.Sort.Descending(InteractionDocument.OccurredAt).Descending(InteractionDocument.Id))
            .Limit(limit + 1).ToListAsync(cancellationToken);
        var items = documents.Take(limit).Select(InteractionDocument.ToInteraction).ToList();
        return new(items, documents.Count > limit ? TimeCursor.After(items[^1].OccurredAt, items[^1].Id.Value).ToString() : null);
    }

    public async Task<IReadOnlyList<Interaction>> FindAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        var documents = await context.Interactions
            .Find(Where.In(InteractionDocument.Id, ids.Select(id => id.Value))).ToListAsync(cancellationToken);
        return documents.ConvertAll(InteractionDocument.ToInteraction);
    }

    /// <summary>Queries all combinations of the users and campaigns, which one index answers, and keeps the requested pairs.</summary>
    public async Task<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyCollection<(UserId UserId, CampaignId CampaignId)> pairs, CancellationToken cancellationToken)
    {
        var wanted = pairs.ToHashSet();
        var filter = Where.In(InteractionDocument.UserId, wanted.Select(pair => pair.UserId.Value).Distinct())
            & Where.In(InteractionDocument.CampaignId, wanted.Select(pair => pair.CampaignId.Value).Distinct());
        var fields = Builders<BsonDocument>.Projection
            .Include(InteractionDocument.UserId).Include(InteractionDocument.CampaignId)
            .Include(InteractionDocument.Type).Include(InteractionDocument.OccurredAt);
        var documents = await context.Interactions.Find(filter).Project(fields).ToListAsync(cancellationToken);
        return [.. documents.Select(InteractionDocument.ToInteraction)
            .GroupBy(interaction => (interaction.UserId, CampaignId: interaction.CampaignId!.Value))
            .Where(group => wanted.Contains(group.Key))
            .Select(group => CampaignEdge.Of(group.Key.UserId, group.Key.CampaignId, group))];
    }

    public async Task<LogStatistics> StatisticsAsync(CancellationToken cancellationToken)
    {
        var types = await context.Interactions.Aggregate()
            .Group(new BsonDocument { ["_id"] = "$" + InteractionDocument.Type, ["n"] = new BsonDocument("$sum", 1) })
            .ToListAsync(cancellationToken);
        var users = await context.Interactions.Aggregate()
            .Group(new BsonDocument("_id", "$" + InteractionDocument.UserId)).Count().FirstOrDefaultAsync(cancellationToken);
        var withText = await context.Interactions.CountDocumentsAsync(
            Where.Eq(InteractionDocument.Type, (int)InteractionType.Chat) & Where.Exists(InteractionDocument.Text),
            cancellationToken: cancellationToken);
        var byType = types.ToDictionary(type => (InteractionType)type["_id"].ToInt32(), type => type["n"].ToInt64());
        return new(byType.Values.Sum(), byType, withText, users?.Count ?? 0);
    }
}
