using System.Globalization;
using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Contents;
using Marketing.Stores.Copying;
using Marketing.Stores.Sqlite.Log;

namespace Marketing.Stores.Sqlite.Contents;

/// <summary><c>log.db</c> as the source or the target of a copy. A position is the number of an interaction.</summary>
internal sealed class SqliteCopyStore(
    LogDatabase database,
    IInteractionLog log,
    ICatalog catalog,
    IDeadLetters letters,
    IAuditTrail trail,
    IAccessKeys keys,
    SqliteErasureHashes erasures,
    TimeProvider time) : ICopyStore
{
    private const string SelectAfter = InteractionRow.Select + "WHERE i.seq > ?1 AND i.erased = 0 ORDER BY i.seq LIMIT ?2";
    private const int PageSize = 1_000;

    private readonly SqlitePersonalData _personalData = new(database, time);

    public string Name => "The embedded log";

    public string Identity => database.Position.LogId!;

    public IInteractionLog Log => log;

    public IReadOnlyList<IMovablePart> Parts { get; } = MovableParts.Of(database, catalog, letters, trail, keys, erasures);

    public Task<InteractionPage> ReadAsync(string? position, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long last = position is null ? 0 : long.Parse(position, CultureInfo.InvariantCulture);
        var interactions = new List<Interaction>(max);
        using var reader = database.Database.Read();
        var row = reader.Session[SelectAfter].Bind(1, last).Bind(2, max);
        while (row.Step())
        {
            interactions.Add(InteractionRow.Read(row));
            last = InteractionRow.Seq(row);
        }

        return Task.FromResult(new InteractionPage(
            interactions, last.ToString(CultureInfo.InvariantCulture), IsEnd: interactions.Count < max));
    }

    public async Task<PartSummary> SummarizeAsync(string? upTo, CancellationToken cancellationToken)
    {
        long end = upTo is null ? long.MaxValue : long.Parse(upTo, CultureInfo.InvariantCulture);
        var digest = new ContentDigest();
        for (long last = 0; Add(digest, ref last, end);)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return new PartSummary(PartNames.Interactions, digest.Count, digest.ToString());
    }

    public Task RedactAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) => _personalData.RedactAsync(ids, cancellationToken);

    public Task<byte[]?> FindErasureKeyAsync(CancellationToken cancellationToken)
    {
        using var reader = database.Database.Read();
        var row = reader.Session["SELECT secret FROM erasure_key WHERE id = 1"];
        return Task.FromResult(row.Step() ? row.Bytes(0).ToArray() : null);
    }

    public Task AddErasureKeyAsync(byte[] key, CancellationToken cancellationToken) => database.Database.WriteAsync(
        session => session["INSERT OR IGNORE INTO erasure_key(id, secret) VALUES (1, ?1)"].Bind(1, key).Execute(), 1, cancellationToken);

    public async IAsyncEnumerable<UserId> UsersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var user in await Task.Run(ReadUsers, cancellationToken))
        {
            yield return user;
        }
    }

    public async Task EraseAsync(UserId userId, DateTimeOffset erasedAt, CancellationToken cancellationToken)
    {
        // The log last: it remembers the erasure, after which a copy that was interrupted does not repeat it.
        await catalog.DeleteUserAsync(userId, cancellationToken);
        await letters.EraseAsync(userId, cancellationToken);
        await _personalData.EraseAsync(userId, erasedAt, cancellationToken);
    }

    public Task<string?> FindStateAsync(string name, CancellationToken cancellationToken)
    {
        using var reader = database.Database.Read();
        var row = reader.Session["SELECT value FROM copy_state WHERE name = ?1"].Bind(1, name);
        return Task.FromResult(row.Step() ? row.Text(0) : null);
    }

    public Task SetStateAsync(string name, string value, CancellationToken cancellationToken) => database.Database.WriteAsync(
        session => session["INSERT OR REPLACE INTO copy_state(name, value) VALUES (?1, ?2)"].Bind(1, name).Bind(2, value).Execute(), 1, cancellationToken);

    private HashSet<UserId> ReadUsers()
    {
        using var reader = database.Database.Read();
        return LogUsers.Read(reader.Session);
    }

    /// <summary>Adds one page to the digest; returns whether there is more.</summary>
    private bool Add(ContentDigest digest, ref long last, long end)
    {
        using var reader = database.Database.Read();
        var row = reader.Session[SelectAfter].Bind(1, last).Bind(2, PageSize);
        int rows = 0;
        while (row.Step())
        {
            last = InteractionRow.Seq(row);
            if (last > end)
            {
                return false;
            }

            digest.Add(Records.Of(InteractionRow.Read(row)));
            rows++;
        }

        return rows == PageSize;
    }
}
