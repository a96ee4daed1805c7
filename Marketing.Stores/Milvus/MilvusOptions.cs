using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.Milvus;

/// <summary>Settings of the Milvus collection, section <c>Milvus</c>.</summary>
public sealed record MilvusOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Milvus";

    /// <summary>
    /// Scans every message (FLAT) instead of using HNSW, which is exact and fast enough for some ten thousand messages. It takes effect
    /// when a collection is created.
    /// </summary>
    public bool Exact { get; init; }

    /// <summary>HNSW: links per node. 16 suits a few hundred dimensions; more costs memory and build time but improves recall.</summary>
    [Range(4, 64)]
    public int M { get; init; } = 16;

    /// <summary>HNSW: the number of candidates examined when a node is inserted.</summary>
    [Range(8, 512)]
    public int EfConstruction { get; init; } = 200;

    /// <summary>HNSW: the number of candidates examined by a search, or the number of results if that is larger.</summary>
    [Range(1, 32_768)]
    public int Ef { get; init; } = 64;

    /// <summary>The number of newest messages kept per user.</summary>
    [Range(1, 100)]
    public int MessagesPerUser { get; init; } = 8;

    /// <summary>
    /// The age up to which a search may miss a write. A search waits only when the server lags further behind, so it is as fast as with
    /// eventual consistency but still finds a message that is a second old.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Staleness { get; init; } = TimeSpan.FromMilliseconds(500);
}
