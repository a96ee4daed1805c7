using System.ComponentModel.DataAnnotations;
using Marketing.VectorIndex;

namespace Marketing.Stores.InProcess;

/// <summary>Settings of the in-process vector index; section <c>VectorIndex</c>.</summary>
public sealed record VectorIndexOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "VectorIndex";

    /// <summary>The number of newest messages kept per user, so that one user cannot crowd out others.</summary>
    [Range(1, 1_000)]
    public int MessagesPerUser { get; init; } = 8;

    /// <summary>The share of the ten nearest neighbors that the probed lists must contain; a higher share probes more lists.</summary>
    [Range(0.5, 1.0)]
    public double RecallTarget { get; init; } = 0.997;

    /// <summary>The number of messages from which on inverted lists are used; with fewer, search is exact.</summary>
    [Range(16, 1_000_000)]
    public int MessagesBeforeInvertedLists { get; init; } = 8_192;

    internal EmbeddedVectorIndexOptions ToIndex() => new()
    {
        EntriesPerGroup = MessagesPerUser,
        RecallTarget = RecallTarget,
        EntriesBeforeInvertedLists = MessagesBeforeInvertedLists,
    };
}
