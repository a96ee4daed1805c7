using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.BigQuery;

/// <summary>Engagement in BigQuery: streams rows, counts with parameterized queries and caches the counts in memory.</summary>
internal sealed class BigQueryEngagementStore(BigQueryClient client, IOptions<BigQueryOptions> options, TimeProvider time)
    : IEngagementStore, IDisposable
{
    private readonly BigQueryOptions _options = options.Value;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly Dictionary<DateTimeOffset, (DateTimeOffset At, IReadOnlyList<CampaignCount> Counts)> _cache = [];
    private long _lastVersion;

    public Task RecordAsync(IReadOnlyList<EngagementFact> facts, CancellationToken cancellationToken) =>
        InsertAsync(facts, BigQueryFacts.Row, cancellationToken);

    public async Task<IReadOnlyList<CampaignCount>> CountsAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var from = since ?? DateTimeOffset.MinValue;
        await _oneAtATime.WaitAsync(cancellationToken); // two queries at once would both be billed
        try
        {
            var now = time.GetUtcNow();
            if (_cache.TryGetValue(from, out var cached) && now - cached.At < _options.CacheDuration)
            {
                return cached.Counts;
            }

            var counts = await QueryCountsAsync(since, cancellationToken);
            foreach (var old in _cache.Where(entry => now - entry.Value.At >= _options.CacheDuration).Select(entry => entry.Key).ToList())
            {
                _cache.Remove(old);
            }

            _cache[from] = (now, counts);
            return counts;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async Task<IReadOnlyList<(DateOnly Day, CampaignCount Count)>> DailyAsync(
        CampaignId? campaignId, DateOnly from, CancellationToken cancellationToken)
    {
        var sql = BigQueryFacts.Live(
            _options.Table,
            campaignId is null ? "occurred_at >= @since" : "occurred_at >= @since AND campaign_id = @campaign",
            "SELECT FORMAT_TIMESTAMP('%Y-%m-%d', occurred_at) AS day, type, COUNT(*) AS n FROM live GROUP BY day, type ORDER BY day");
        var parameters = new List<QueryParameter>
        {
            QueryParameter.Of("since", new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)),
        };
        if (campaignId is { } campaign)
        {
            parameters.Add(QueryParameter.Of("campaign", campaign.Value));
        }

        var rows = await client.QueryAsync(sql, parameters, cancellationToken).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => row[0]!).Select(day => (
            DateOnly.ParseExact(day.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Count(campaignId ?? default, day)))];
    }

    public async Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Distinct().Chunk(_options.RowsPerRequest))
        {
            await RemoveWhereAsync(
                "event_id IN UNNEST(@ids)", QueryParameter.Of("ids", some.Select(id => id.Value)), cancellationToken);
        }
    }

    /// <summary>Takes the facts out of every count at once, and deletes the rows unless they are still in the streaming buffer.</summary>
    public async Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken)
    {
        var key = QueryParameter.Of("user", BigQueryFacts.KeyOf(userId));
        await RemoveWhereAsync("user_key = @user", key, cancellationToken);
        try
        {
            await client.QueryAsync($"DELETE FROM `{_options.Table}` WHERE user_key = @user", [key], cancellationToken).ToListAsync(cancellationToken);
        }
        catch (BigQueryException exception) when (exception.Message.Contains("streaming buffer", StringComparison.OrdinalIgnoreCase))
        {
            // The facts are out of every count, and the rows left hold only a hash of the user. Erasing the user again later deletes them.
        }
    }

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var rows = await client.QueryAsync(BigQueryFacts.Live(_options.Table, "TRUE", "SELECT COUNT(*) FROM live"), [], cancellationToken)
            .ToListAsync(cancellationToken);
        return long.Parse(rows[0][0]!, CultureInfo.InvariantCulture);
    }

    public async Task<IReadOnlyList<StoredFact>> FindAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        var found = new List<StoredFact>(ids.Count);
        foreach (var some in ids.Distinct().Chunk(_options.RowsPerRequest))
        {
            var rows = client.QueryAsync(
                BigQueryFacts.Live(_options.Table, "event_id IN UNNEST(@ids)", $"SELECT {BigQueryFacts.Columns} FROM live"),
                [QueryParameter.Of("ids", some.Select(id => id.Value))],
                cancellationToken);
            await foreach (var row in rows)
            {
                found.Add(BigQueryFacts.ToStored(row));
            }
        }

        return found;
    }

    public async IAsyncEnumerable<IReadOnlyList<StoredFact>> ScanAsync(
        int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<StoredFact>(batchSize);
        var rows = client.QueryAsync(
            BigQueryFacts.Live(_options.Table, "TRUE", $"SELECT {BigQueryFacts.Columns} FROM live"), [], cancellationToken);
        await foreach (var row in rows)
        {
            batch.Add(BigQueryFacts.ToStored(row));
            if (batch.Count == batchSize)
            {
                yield return batch;
                batch = new List<StoredFact>(batchSize);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>Always finds nothing, because counts are queried from the facts; a repair clears the cached counts.</summary>
    public async Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken)
    {
        if (repair)
        {
            await _oneAtATime.WaitAsync(cancellationToken);
            _cache.Clear();
            _oneAtATime.Release();
        }

        return 0;
    }

    /// <summary>Rebuilds in place: rows never change, and what is recorded or removed again overrides what was there.</summary>
    public async Task RebuildAsync(Func<IEngagementStore, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        await fill(this, cancellationToken);
        await VerifyAsync(repair: true, cancellationToken);
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<IReadOnlyList<CampaignCount>> QueryCountsAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var sql = BigQueryFacts.Live(
            _options.Table,
            since is null ? "TRUE" : "occurred_at >= @since",
            "SELECT campaign_id, type, COUNT(*) AS n FROM live GROUP BY campaign_id, type");
        var rows = await client.QueryAsync(sql, since is { } at ? [QueryParameter.Of("since", at)] : [], cancellationToken)
            .ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => row[0]!).Select(campaign => Count(new CampaignId(campaign.Key), campaign))];
    }

    /// <summary>Sums one group of rows, whose second value is the type and third the count.</summary>
    private static CampaignCount Count(CampaignId campaign, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var counts = new Dictionary<InteractionType, long>();
        foreach (var row in rows)
        {
            // Ignore a type that nothing here writes.
            if (Enum.TryParse<InteractionType>(row[1], out var type))
            {
                counts[type] = long.Parse(row[2]!, CultureInfo.InvariantCulture);
            }
        }

        return new(
            campaign,
            counts.GetValueOrDefault(InteractionType.Chat),
            counts.GetValueOrDefault(InteractionType.View),
            counts.GetValueOrDefault(InteractionType.Click),
            counts.GetValueOrDefault(InteractionType.Convert),
            counts.GetValueOrDefault(InteractionType.Dismiss));
    }

    private async Task RemoveWhereAsync(string where, QueryParameter parameter, CancellationToken cancellationToken)
    {
        var sql = BigQueryFacts.Live(_options.Table, where, $"SELECT {BigQueryFacts.Columns} FROM live");
        var rows = await client.QueryAsync(sql, [parameter], cancellationToken).ToListAsync(cancellationToken);
        await InsertAsync(rows, BigQueryFacts.RemovalOf, cancellationToken);
    }

    private async Task InsertAsync<T>(IEnumerable<T> facts, Func<T, long, JsonObject> toRow, CancellationToken cancellationToken)
    {
        foreach (var some in facts.Chunk(_options.RowsPerRequest))
        {
            var version = NextVersion();
            await client.InsertAsync(
                _options.Table, some.Select(item => toRow(item, version)), cancellationToken);
        }
    }

    /// <summary>Returns microseconds since 1970, never the same value twice in this process.</summary>
    private long NextVersion()
    {
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        long last, next;
        do
        {
            last = Interlocked.Read(ref _lastVersion);
            next = Math.Max(now, last + 1);
        }
        while (Interlocked.CompareExchange(ref _lastVersion, next, last) != last);
        return next;
    }
}
