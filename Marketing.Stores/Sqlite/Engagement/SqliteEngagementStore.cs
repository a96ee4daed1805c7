using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Marketing.Stores.Sqlite.Engine;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>
/// Engagement in <c>engagement.db</c>, with the windows that are being asked for in memory. Several processes on one machine may
/// share the file, such as an API and its workers: each notices within <see cref="LookEvery"/> that another one has written.
/// </summary>
internal sealed class SqliteEngagementStore : IEngagementStore, IDisposable
{
    /// <summary>Windows kept in memory: a few lengths are asked for, and each moves on every hour.</summary>
    private const int MaxWindows = 16;

    /// <summary>Stands for "ever" among the windows' hours.</summary>
    private const long Ever = long.MinValue;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time;
    private readonly SqliteDatabase _database;
    private readonly NumberedNames _campaigns;
    private readonly ConcurrentDictionary<long, CountWindow> _windows = new();
    private long _uses;
    private long _lookedAt;
    private long _versionOfOthers;

    public SqliteEngagementStore(IOptions<StorageOptions> options, TimeProvider time)
    {
        _time = time;
        _lookedAt = time.GetTimestamp();
        _database = new SqliteDatabase(
            options.Value.PathOf("engagement.db"), EngagementSchema.Schema, options.Value.Durability);
        using var reader = _database.Read();
        _campaigns = NumberedNames.Load(reader.Session);
    }

    public Task RecordAsync(IReadOnlyList<EngagementFact> facts, CancellationToken cancellationToken)
    {
        if (facts.Count == 0)
        {
            return Task.CompletedTask;
        }

        var ordered = Key128.Order(facts, fact => fact.Id.Value);
        return ChangeAsync(
            session => EngagementFacts.Record(session, _campaigns, facts, ordered), facts.Count, cancellationToken);
    }

    public Task<IReadOnlyList<CampaignCount>> CountsAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long hour = since is { } from ? Bucket.HourOf(from.ToUnixTimeMilliseconds()) : Ever;
        if (_windows.TryGetValue(hour, out var window))
        {
            window.LastUsed = Interlocked.Increment(ref _uses);
            LookForOthers();
            return Task.FromResult(window.Counts());
        }

        return OpenWindowAsync(hour, cancellationToken);
    }

    public Task<IReadOnlyList<(DateOnly Day, CampaignCount Count)>> DailyAsync(
        CampaignId? campaignId, DateOnly from, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = _database.Read();
        int? campaign = null;
        if (campaignId is { } id)
        {
            campaign = (int)(reader.Session["SELECT id FROM names WHERE name = ?1"].Bind(1, id.Value).Scalar() ?? -1);
        }

        var days = EngagementTotals.Daily(reader.Session, campaign, Bucket.DayOf(from));
        return Task.FromResult<IReadOnlyList<(DateOnly, CampaignCount)>>(
            days.ConvertAll(day => (Bucket.DateOf(day.Day), day.Total.ToCount(campaignId ?? default))));
    }

    public Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        ids.Count == 0
            ? Task.CompletedTask
            : ChangeAsync(session => EngagementFacts.Remove(session, ids), ids.Count, cancellationToken);

    public async Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken)
    {
        await ChangeAsync(session => EngagementFacts.RemoveUser(session, userId), 1, cancellationToken);
        await _database.TruncateWalAsync(cancellationToken);
    }

    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await CountsAsync(null, cancellationToken)).Sum(count => count.Total);

    public async IAsyncEnumerable<IReadOnlyList<EventId>> ScanAsync(
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
            await Task.Yield();
        }
    }

    public void Dispose() => _database.Dispose();

    private List<EventId> ReadAfter(ref long last, int count)
    {
        using var reader = _database.Read();
        var batch = new List<EventId>(count);
        var row = reader.Session["SELECT seq, event_id FROM facts WHERE seq > ?1 AND erased = 0 ORDER BY seq LIMIT ?2"]
            .Bind(1, last).Bind(2, count);
        while (row.Step())
        {
            last = row.Int64(0);
            batch.Add(new EventId(row.Text(1)));
        }

        return batch;
    }

    private Task<(Dictionary<(long Hour, int Campaign), Tally> Differences, int SavedNames)> ChangeAsync(
        Func<SqliteSession, Dictionary<(long Hour, int Campaign), Tally>> change, int weight, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            session =>
            {
                TakeOverFromOthers(session);
                var differences = change(session);
                EngagementTotals.Add(session, differences);
                return (Differences: differences, SavedNames: _campaigns.Save(session));
            },
            weight,
            cancellationToken,
            changed =>
            {
                _campaigns.Saved(changed.SavedNames);
                foreach (var window in _windows.Values)
                {
                    window.Add(changed.Differences);
                }
            });

    /// <summary>Now and then, behind the caller's back: what it is given may be as old as <see cref="LookEvery"/>.</summary>
    private void LookForOthers()
    {
        long lookedAt = Interlocked.Read(ref _lookedAt);
        if (_time.GetElapsedTime(lookedAt) >= LookEvery
            && Interlocked.CompareExchange(ref _lookedAt, _time.GetTimestamp(), lookedAt) == lookedAt)
        {
            _ = _database.WriteAsync(
                session =>
                {
                    TakeOverFromOthers(session);
                    return true;
                },
                1,
                CancellationToken.None);
        }
    }

    /// <summary>
    /// On the writer's session, whose <c>data_version</c> moves only when another process has committed: then names may be new
    /// and every window is to be summed up again.
    /// </summary>
    private void TakeOverFromOthers(SqliteSession session)
    {
        long version = session["PRAGMA data_version"].Scalar() ?? 0;
        if (version != _versionOfOthers)
        {
            _versionOfOthers = version;
            _campaigns.Reload(session);
            _windows.Clear();
        }
    }

    /// <summary>
    /// Sums a window up on the writer's thread and in its order: every change is either in the sum or added to it, once.
    /// </summary>
    private async Task<IReadOnlyList<CampaignCount>> OpenWindowAsync(long hour, CancellationToken cancellationToken)
    {
        long? from = hour == Ever ? null : hour;
        var window = await _database.WriteAsync(
            session =>
            {
                TakeOverFromOthers(session);
                return new CountWindow(from, EngagementTotals.Sum(session, from), _campaigns);
            },
            1,
            cancellationToken,
            opened =>
            {
                opened.LastUsed = Interlocked.Increment(ref _uses);
                if (_windows.Count >= MaxWindows)
                {
                    _windows.TryRemove(_windows.MinBy(known => known.Value.LastUsed));
                }

                _windows[hour] = opened;
            });
        return window.Counts();
    }
}
