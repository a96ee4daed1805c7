using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.Milvus;

/// <summary>Settings of the Milvus collection, section <c>Milvus</c>.</summary>
public sealed record MilvusOptions
{
    /// <summary>The section these are bound from.</summary>
    public const string Section = "Milvus";

    /// <summary>
    /// Every search looks at every message (Milvus' FLAT), in place of HNSW: exact, and quick enough up to some ten thousand messages.
    /// Takes effect when a collection is made.
    /// </summary>
    public bool Exact { get; init; }

    /// <summary>HNSW: links a node. 16 suits some hundred dimensions; more costs memory and build time for recall.</summary>
    [Range(4, 64)]
    public int M { get; init; } = 16;

    /// <summary>HNSW: candidates looked at when a node is linked in.</summary>
    [Range(8, 512)]
    public int EfConstruction { get; init; } = 200;

    /// <summary>HNSW: candidates looked at by a search; raised to the number wanted when that is larger.</summary>
    [Range(1, 32_768)]
    public int Ef { get; init; } = 64;

    /// <summary>Newest messages kept of each user.</summary>
    [Range(1, 100)]
    public int MessagesPerUser { get; init; } = 8;

    /// <summary>
    /// How old a write may be and still be missed by a search. A search waits only when the server lags further behind than
    /// this, so that one is as quick as with eventual consistency and yet shows what was said a second ago.
    /// </summary>
    public TimeSpan Staleness { get; init; } = TimeSpan.FromMilliseconds(500);
}
