using Marketing.Stores.Sqlite.Engine;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// <c>log.db</c>, the truth: interactions, queue, dead letters, catalogue. Other processes may append to it.
/// </summary>
internal sealed class LogDatabase : IDisposable
{
    public LogDatabase(IOptions<StorageOptions> options)
    {
        Database = new SqliteDatabase(options.Value.PathOf("log.db"), LogSchema.Schema, options.Value.Durability);
        Database.RolledBack += Names.Forget;
        Database.RolledBack += Erasures.Forget;
    }

    public SqliteDatabase Database { get; }

    /// <summary>For the writer's thread only.</summary>
    public LogNames Names { get; } = new();

    /// <summary>For the writer's thread only.</summary>
    public ErasureMemory Erasures { get; } = new();

    public void Dispose() => Database.Dispose();
}
