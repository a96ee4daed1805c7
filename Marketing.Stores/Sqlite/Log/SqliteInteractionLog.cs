using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>The interaction log in <c>log.db</c>.</summary>
internal sealed class SqliteInteractionLog(LogDatabase log, TimeProvider time) : IInteractionLog
{
    private const string SelectAfter = InteractionRow.Select + "WHERE i.seq > ?1 AND i.erased = 0 ORDER BY i.seq LIMIT ?2";

    private const string SelectOfUser = InteractionRow.Select +
        "WHERE i.erased = 0 AND i.user_id = ?1 AND i.occurred_at <= ?2 AND (i.occurred_at < ?2 OR i.event_id < ?3)" +
        " ORDER BY i.occurred_at DESC, i.event_id DESC LIMIT ?4";

    private readonly LogAppender _appender = new(log.Names, log.Erasures);

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (interactions.Count == 0)
        {
            return [];
        }

        var batch = new LogBatch(interactions);
        return await log.Database.WriteAsync(
            session => _appender.Append(session, batch, time.GetUtcNow()), interactions.Count, cancellationToken);
    }

    public async IAsyncEnumerable<IReadOnlyList<Interaction>> ScanAsync(
        int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        long last = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = ReadAfter(ref last, batchSize);
            if (batch.Count == 0)
            {
                yield break;
            }

            yield return batch;

            // A scan reads the whole log: yield, so that it does not starve the thread it runs on.
            await Task.Yield();
        }
    }

    public Task<Page<Interaction>> ReadUserAsync(
        UserId userId, string? cursor, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var from = cursor is null ? TimeCursor.Newest : TimeCursor.Parse(cursor);
        using var reader = log.Database.Read();
        if (UserNumbers.Find(reader.Session, userId.Value) is not { } user)
        {
            return Task.FromResult(new Page<Interaction>([], null));
        }

        var row = reader.Session[SelectOfUser]
            .Bind(1, user).Bind(2, from.At).Bind(3, from.Id).Bind(4, limit + 1L);
        var items = ReadAll(row);
        string? next = null;
        if (items.Count > limit)
        {
            items.RemoveAt(limit);
            next = new TimeCursor(items[^1].OccurredAt.ToUnixTimeMilliseconds(), items[^1].Id.Value).ToString();
        }

        return Task.FromResult(new Page<Interaction>(items, next));
    }

    public Task<IReadOnlyList<Interaction>> FindAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = new List<Interaction>(ids.Count);
        using var reader = log.Database.Read();
        using var snapshot = reader.Session.BeginRead();
        var row = reader.Session[InteractionRow.SelectByKey];
        foreach (var id in ids.Distinct())
        {
            if (row.Bind(1, Key128.Of(id.Value)).Step())
            {
                found.Add(InteractionRow.Read(row));
                row.Reset();
            }
        }

        return Task.FromResult<IReadOnlyList<Interaction>>(found);
    }

    public Task<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyCollection<(UserId UserId, CampaignId CampaignId)> pairs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        using var snapshot = reader.Session.BeginRead();
        return Task.FromResult<IReadOnlyList<CampaignEdge>>(LogEdges.Compute(reader.Session, pairs));
    }

    public Task<LogStatistics> StatisticsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        var state = LogState.Read(reader.Session);
        var byType = Enum.GetValues<InteractionType>().Where(type => state[type] > 0).ToDictionary(type => type, type => state[type]);
        return Task.FromResult(new LogStatistics(byType.Values.Sum(), byType, state.ChatsWithText, state.Users));
    }

    private List<Interaction> ReadAfter(ref long last, int count)
    {
        using var reader = log.Database.Read();
        var row = reader.Session[SelectAfter].Bind(1, last).Bind(2, count);
        var batch = new List<Interaction>(count);
        while (row.Step())
        {
            batch.Add(InteractionRow.Read(row));
            last = InteractionRow.Seq(row);
        }

        log.Position.Saw(last);
        return batch;
    }

    private static List<Interaction> ReadAll(SqliteStatement row)
    {
        var items = new List<Interaction>();
        while (row.Step())
        {
            items.Add(InteractionRow.Read(row));
        }

        return items;
    }
}
