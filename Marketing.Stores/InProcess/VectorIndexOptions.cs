using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.InProcess;

/// <summary>How the in-process vector index keeps and searches messages; section <c>VectorIndex</c>.</summary>
public sealed record VectorIndexOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "VectorIndex";

    /// <summary>How many of a user's newest messages are kept: more remember more and cost memory; none may crowd out others.</summary>
    [Range(1, 1_000)]
    public int MessagesPerUser { get; init; } = 8;

    /// <summary>The share of the ten nearest messages that must lie in the cells searched; more cells are searched for more.</summary>
    [Range(0.5, 1.0)]
    public double RecallTarget { get; init; } = 0.997;

    /// <summary>With fewer messages every one is compared, which is exact; from here on they are divided into cells.</summary>
    [Range(16, 1_000_000)]
    public int MessagesBeforeCells { get; init; } = 8_192;
}
