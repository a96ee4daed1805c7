using System.Collections.Concurrent;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>
/// Engagement in <c>engagement.db</c>, with the time windows in use kept in memory. Several processes on one machine, such as an API and
/// its workers, may share the file; each notices the others' writes within <see cref="LookEvery"/>.
/// </summary>
internal sealed class SqliteEngagementStore : IEngagementStore, IDisposable
{
    /// <summary>The number of windows kept in memory: a few lengths are in use, and each moves on every hour.</summary>
    private const int MaxWindows = 16;

    /// <summary>The key of the window without a start.</summary>
    private const long Ever = long.MinValue;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time;
    private readonly ProjectionDatabase _file;
    private readonly SqliteDatabase _database;
    private readonly FactReader _facts;
    private readonly EngagementBuilds _builds;
    private readonly ConcurrentDictionary<long, CountWindow> _windows = new();
    private long _uses;
    private long _lookedAt;
    private long _versionOfOthers;
    private long _versionOfSchema;

    /// <summary>Replaced when the tables are rebuilt. Writer's thread only.</summary>
    private NumberedNames _campaigns = new();

    public SqliteEngagementStore(ProjectionFileContext context, TimeProvider time)
    {
        _time = time;
        _lookedAt = time.GetTimestamp();
        _builds = new EngagementBuilds(time);
        _file = new ProjectionDatabase(
            ProjectionNames.Engagement, "engagement.db", EngagementSchema.Schema, context, Load, Replaced);
        _database = _file.Database;
        _facts = new FactReader(_database);
        _database.RolledBack += _builds.Forget;
    }

    /// <summary>The projection's file, for startup and health checks.</summary>
    public IProjectionFile File => _file;

    public Task RecordAsync(IReadOnlyList<EngagementFact> facts, CancellationToken cancellationToken) =>
        RecordAsync(facts, null, cancellationToken);

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
        RemoveAsync(ids, null, cancellationToken);

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) => RemoveUserAsync(userId, null, cancellationToken);

    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await CountsAsync(null, cancellationToken)).Sum(count => count.Total);

    public Task<IReadOnlyList<StoredFact>> FindAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_facts.Find(ids, FactTables.Live));
    }

    public IAsyncEnumerable<IReadOnlyList<StoredFact>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        _facts.ScanAsync(batchSize, FactTables.Live, cancellationToken);

    /// <summary>Compares keys and totals with the facts in a snapshot that blocks no writer, and then memory with the file.</summary>
    public async Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken)
    {
        long inFile = await Task.Run(DifferencesInFile, cancellationToken);
        if (repair && inFile > 0)
        {
            await _database.WriteAsync(
                session =>
                {
                    EngagementAudit.Mend(session);
                    return true;
                },
                1,
                cancellationToken,
                _ => _windows.Clear());
        }

        return inFile + await DifferencesInMemoryAsync(repair, cancellationToken);
    }

    /// <summary>Fills tables beside the served ones and swaps them in one transaction.</summary>
    public async Task RebuildAsync(Func<IEngagementStore, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        var build = new EngagementBuild(this, _facts, await _database.WriteAsync(_builds.Begin, 1, cancellationToken));
        bool swapped = false;
        try
        {
            await fill(build, cancellationToken);
            await _database.WriteAsync(
                session =>
                {
                    _builds.Swap(session, build.Id);
                    return (Names: NumberedNames.Load(session), Schema: SchemaVersion(session));
                },
                SqliteWriter.Last, // work after it in the same transaction would still use the old numbers
                cancellationToken,
                now =>
                {
                    (_campaigns, _versionOfSchema) = now;
                    _windows.Clear();
                });
            swapped = true;
        }
        finally
        {
            if (!swapped)
            {
                await _database.WriteAsync(
                    session =>
                    {
                        _builds.End(session, build.Id);
                        return true;
                    },
                    1,
                    CancellationToken.None);
            }
        }
    }

    /// <summary>Records facts in one rebuild's tables; null: in the served tables and in every rebuild's.</summary>
    internal Task RecordAsync(IReadOnlyList<EngagementFact> facts, EngagementBuild? build, CancellationToken cancellationToken)
    {
        if (facts.Count == 0)
        {
            return Task.CompletedTask;
        }

        var ordered = Key128.Order(facts, fact => fact.Id.Value);
        return ChangeAsync(
            (session, tables, campaigns) => EngagementFacts.Record(session, tables, campaigns, facts, ordered),
            build, facts.Count, cancellationToken);
    }

    internal Task RemoveAsync(IReadOnlyList<EventId> ids, EngagementBuild? build, CancellationToken cancellationToken) =>
        ids.Count == 0
            ? Task.CompletedTask
            : ChangeAsync((session, tables, _) => EngagementFacts.Remove(session, tables, ids), build, ids.Count, cancellationToken);

    internal async Task RemoveUserAsync(UserId userId, EngagementBuild? build, CancellationToken cancellationToken)
    {
        await ChangeAsync((session, tables, _) => EngagementFacts.RemoveUser(session, tables, userId), build, 1, cancellationToken);
        _file.DeleteCopies();
        await _database.TruncateWalAsync(cancellationToken);
    }

    public void Dispose() => _file.Dispose();

    private void Load(SqliteDatabase database)
    {
        using var reader = database.Read();
        _campaigns = NumberedNames.Load(reader.Session);
        _versionOfSchema = SchemaVersion(reader.Session);
    }

    /// <summary>Runs on the writer's thread, like everything that assigns campaign numbers.</summary>
    private void Replaced()
    {
        _builds.Forget();
        _campaigns = new NumberedNames();
        _versionOfSchema = 0;
        _windows.Clear();
    }

    private static long SchemaVersion(SqliteSession session) => session["PRAGMA schema_version"].Scalar() ?? 0;

    private long DifferencesInFile()
    {
        using var reader = _database.Read();
        using var snapshot = reader.Session.BeginRead();
        return EngagementAudit.Differences(reader.Session);
    }

    /// <summary>Compares the windows after the commit, when they contain exactly the changes before it.</summary>
    private async Task<long> DifferencesInMemoryAsync(bool repair, CancellationToken cancellationToken)
    {
        long differences = 0;
        await _database.WriteAsync(
            session =>
            {
                TakeOverFromOthers(session);
                differences = _campaigns.Differences(session);
                if (repair && differences > 0)
                {
                    _campaigns.SaveAll(session);
                }

                return _windows.Values.Select(window => (Window: window, Right: EngagementTotals.Sum(session, window.FromHour))).ToList();
            },
            1,
            cancellationToken,
            windows =>
            {
                differences += windows.Sum(window => window.Window.Differences(window.Right));
                if (repair && differences > 0)
                {
                    _windows.Clear();
                }
            });
        return differences;
    }

    /// <summary>Changes one rebuild's tables; null: the served tables and every rebuild's.</summary>
    private Task<(Dictionary<(long Hour, int Campaign), Tally> Differences, int SavedNames)> ChangeAsync(
        Func<SqliteSession, FactTables, NumberedNames, Dictionary<(long Hour, int Campaign), Tally>> change,
        EngagementBuild? build,
        int weight,
        CancellationToken cancellationToken) =>
        _database.WriteAsync(
            session =>
            {
                TakeOverFromOthers(session);
                var differences = new Dictionary<(long Hour, int Campaign), Tally>();
                if (build is null)
                {
                    differences = change(session, FactTables.Live, _campaigns);
                    EngagementTotals.Add(session, FactTables.Live, differences);
                }

                foreach (var (tables, names) in build is null ? _builds.Read(session) : [_builds.Touch(session, build.Id)])
                {
                    EngagementTotals.Add(session, tables, change(session, tables, names));
                    names.Save(session);
                }

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

    /// <summary>Looks in the background from time to time; the caller's result may be as old as <see cref="LookEvery"/>.</summary>
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
    /// Reloads names and drops all windows when another process has committed; only then does <c>data_version</c> change on the writer's
    /// session.
    /// </summary>
    private void TakeOverFromOthers(SqliteSession session)
    {
        long version = session["PRAGMA data_version"].Scalar() ?? 0;
        if (version != _versionOfOthers)
        {
            _versionOfOthers = version;
            _windows.Clear();
            if (SchemaVersion(session) is var schema && schema != _versionOfSchema)
            {
                // The other process has rebuilt the tables: the old numbers stand for other names.
                _versionOfSchema = schema;
                _campaigns = new NumberedNames();
            }

            _campaigns.Reload(session);
        }
    }

    /// <summary>
    /// Sums a window on the writer's thread, so that every change is counted once: in the sum or added to it later.
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
