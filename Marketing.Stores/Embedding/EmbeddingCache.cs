using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;
using Microsoft.Data.Sqlite;

namespace Marketing.Stores.Embedding;

/// <summary>
/// Caches vectors by the SHA-256 of model and text, never the text, in a bounded memory level over an SQLite file. Losing the file costs
/// only calls of the model, so it is not flushed to survive a power cut.
/// </summary>
internal sealed class EmbeddingCache : IDisposable
{
    /// <summary>The cache's file in the data directory.</summary>
    public const string FileName = "embeddings.db";

    /// <summary>The number of vectors in each half of the memory level; both take some 25 MB at 768 dimensions.</summary>
    private const int HalfCapacity = 4_096;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly string _prefix;
    private SqliteConnection _connection;
    private Dictionary<string, float[]> _recent = [];
    private Dictionary<string, float[]> _older = [];

    public EmbeddingCache(string path, VectorSpace space)
    {
        _path = path;
        _prefix = $"{space.Model}\n{space.Dimensions}\n";
        try
        {
            _connection = Open(path);
        }
        catch (SqliteException error) when (Damage.IsUnusable(error))
        {
            SetAside.Move(path, default, keep: 0);
            _connection = Open(path);
        }
    }

    public string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_prefix + text)));

    public float[]? Find(string key)
    {
        lock (_lock)
        {
            if (_recent.TryGetValue(key, out float[]? vector))
            {
                return vector;
            }

            vector = _older.GetValueOrDefault(key) ?? Read(key);
            if (vector is not null)
            {
                Remember(key, vector);
            }

            return vector;
        }
    }

    /// <summary>Caches vectors; those that cannot be written to the file are cached in memory only.</summary>
    public void Add(IReadOnlyList<(string Key, float[] Vector)> made)
    {
        lock (_lock)
        {
            foreach ((string key, float[] vector) in made)
            {
                Remember(key, vector);
            }

            try
            {
                Write(made);
            }
            catch (SqliteException error)
            {
                Mend(error);
            }
        }
    }

    public void Dispose() => _connection.Dispose();

    private static SqliteConnection Open(string path)
    {
        PrivateFiles.Ensure(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using SqliteCommand create = connection.CreateCommand();
            create.CommandText = """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                CREATE TABLE IF NOT EXISTS embeddings (key TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
                SELECT key, vector FROM embeddings LIMIT 1;
                """;
            create.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Replaces a damaged file with an empty one, because its content can be recomputed. Other errors may be temporary.</summary>
    private void Mend(SqliteException error)
    {
        if (Damage.IsDamage(error))
        {
            _connection.Dispose();
            SetAside.Move(_path, default, keep: 0);
            _connection = Open(_path);
        }
    }

    private void Write(IReadOnlyList<(string Key, float[] Vector)> made)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        using SqliteCommand insert = _connection.CreateCommand();
        insert.CommandText = "INSERT OR REPLACE INTO embeddings VALUES ($key, $vector)";
        foreach ((string key, float[] vector) in made)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$key", key);
            insert.Parameters.AddWithValue("$vector", MemoryMarshal.AsBytes<float>(vector).ToArray());
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private float[]? Read(string key)
    {
        try
        {
            using SqliteCommand select = _connection.CreateCommand();
            select.CommandText = "SELECT vector FROM embeddings WHERE key = $key";
            select.Parameters.AddWithValue("$key", key);
            return select.ExecuteScalar() is byte[] bytes ? MemoryMarshal.Cast<byte, float>(bytes).ToArray() : null;
        }
        catch (SqliteException error)
        {
            Mend(error);
            return null;
        }
    }

    /// <summary>Caches a vector; when the recent half is full it becomes the older one, and the previous older half is dropped.</summary>
    private void Remember(string key, float[] vector)
    {
        if (_recent.Count >= HalfCapacity)
        {
            _older = _recent;
            _recent = [];
        }

        _recent[key] = vector;
    }
}
