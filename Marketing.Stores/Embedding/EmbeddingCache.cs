using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Marketing.Recommender.Ports;
using Microsoft.Data.Sqlite;

namespace Marketing.Stores.Embedding;

/// <summary>
/// Vectors by what they were made from: the SHA-256 of model and text, never the text. A bounded level in memory over
/// an SQLite file. Losing it costs a call of the model, so that it is not flushed for a power cut.
/// </summary>
internal sealed class EmbeddingCache : IDisposable
{
    /// <summary>The cache's file in the data directory.</summary>
    public const string FileName = "embeddings.db";

    /// <summary>Vectors in each of the two halves of the memory level: some 25 MB of 768 dimensions.</summary>
    private const int HalfCapacity = 4_096;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly string _prefix;
    private Dictionary<string, float[]> _recent = [];
    private Dictionary<string, float[]> _older = [];

    public EmbeddingCache(string path, VectorSpace space)
    {
        _prefix = $"{space.Model}\n{space.Dimensions}\n";
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        using SqliteCommand create = _connection.CreateCommand();
        create.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            CREATE TABLE IF NOT EXISTS embeddings (key TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
            """;
        create.ExecuteNonQuery();
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

    public void Add(IReadOnlyList<(string Key, float[] Vector)> made)
    {
        lock (_lock)
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
                Remember(key, vector);
            }

            transaction.Commit();
        }
    }

    public void Dispose() => _connection.Dispose();

    private float[]? Read(string key)
    {
        using SqliteCommand select = _connection.CreateCommand();
        select.CommandText = "SELECT vector FROM embeddings WHERE key = $key";
        select.Parameters.AddWithValue("$key", key);
        return select.ExecuteScalar() is byte[] bytes ? MemoryMarshal.Cast<byte, float>(bytes).ToArray() : null;
    }

    /// <summary>When the recent half is full it becomes the older one, and what was not asked for since is forgotten.</summary>
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
