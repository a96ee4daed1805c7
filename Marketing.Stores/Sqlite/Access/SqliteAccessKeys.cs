using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Sqlite.Access;

/// <summary>
/// API keys in <c>access.db</c>. They are not in the log's file: a backup of the log that is restored must not bring back a key that was
/// revoked since.
/// </summary>
internal sealed class SqliteAccessKeys(IOptions<StorageOptions> options) : IAccessKeys, IDisposable
{
    private const string FileName = "access.db";

    private const string SelectAll = "SELECT id, name, scopes, hash, created_at, expires_at, last_used_at FROM keys ORDER BY id DESC";
    private const string SelectVersion = "SELECT version FROM state WHERE id = 1";
    private const string NextVersion = "UPDATE state SET version = version + 1 WHERE id = 1";
    private const string Insert = "INSERT INTO keys(id, name, scopes, hash, created_at, expires_at, last_used_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    private const string Delete = "DELETE FROM keys WHERE id = ?1";
    private const string Use = "UPDATE keys SET last_used_at = ?2 WHERE id = ?1 AND (last_used_at IS NULL OR last_used_at < ?2)";

    // scopes: their names, separated with spaces. Times are milliseconds since 1970, UTC.
    private static readonly SqliteSchema Schema = new(
        """
        CREATE TABLE keys(
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            scopes TEXT NOT NULL,
            hash BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            last_used_at INTEGER) STRICT, WITHOUT ROWID;
        CREATE TABLE state(
            id INTEGER PRIMARY KEY CHECK (id = 1),
            version INTEGER NOT NULL DEFAULT 0) STRICT;
        INSERT INTO state(id) VALUES (1);
        """);

    private readonly SqliteDatabase _database = new(options.Value.PathOf(FileName), Schema, options.Value.Durability);

    public Task AddAsync(AccessKey key, CancellationToken cancellationToken) => _database.WriteAsync(
        session =>
        {
            session[Insert]
                .Bind(1, key.Id)
                .Bind(2, key.Name)
                .Bind(3, ScopeNames.Format(key.Scopes))
                .Bind(4, key.Hash.ToArray())
                .Bind(5, key.CreatedAt.ToUnixTimeMilliseconds())
                .Bind(6, key.ExpiresAt?.ToUnixTimeMilliseconds())
                .Bind(7, key.LastUsedAt?.ToUnixTimeMilliseconds())
                .Execute();
            return session[NextVersion].Execute();
        },
        1,
        cancellationToken);

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => _database.WriteAsync(
        session =>
        {
            bool removed = session[Delete].Bind(1, id).Execute() > 0;
            session[NextVersion].Execute();
            return removed;
        },
        1,
        cancellationToken);

    public Task<IReadOnlyList<AccessKey>> AllAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var keys = new List<AccessKey>();
        using var reader = _database.Read();
        var row = reader.Session[SelectAll];
        while (row.Step())
        {
            keys.Add(new AccessKey(
                row.Text(0), row.Text(1), ScopeNames.Parse(row.Text(2)), new KeyHash(row.Bytes(3)), Time(row.Int64(4)),
                row.IsNull(5) ? null : Time(row.Int64(5)),
                row.IsNull(6) ? null : Time(row.Int64(6))));
        }

        return Task.FromResult<IReadOnlyList<AccessKey>>(keys);
    }

    public Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = _database.Read();
        return Task.FromResult(reader.Session[SelectVersion].Scalar() ?? 0);
    }

    public Task NoteUsesAsync(IReadOnlyDictionary<string, DateTimeOffset> uses, CancellationToken cancellationToken) =>
        uses.Count == 0 ? Task.CompletedTask : _database.WriteAsync(
            session => uses.Sum(use => session[Use].Bind(1, use.Key).Bind(2, use.Value.ToUnixTimeMilliseconds()).Execute()),
            uses.Count,
            cancellationToken);

    public void Dispose() => _database.Dispose();

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
