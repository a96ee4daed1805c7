using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// Interactions on their way into the log, hashed and sorted on the caller's thread so that the writer's has only to write.
/// </summary>
internal sealed class LogBatch(IReadOnlyList<Interaction> interactions)
{
    public IReadOnlyList<Interaction> Interactions { get; } = interactions;

    /// <summary>The caller's trace, as it is queued; null when none is recorded.</summary>
    public byte[]? Trace { get; } = TraceBytes.OfCaller();

    /// <summary>Key and position of each, by key; of equal keys the first position comes first, and wins.</summary>
    public (Key128 Key, int Position)[] Ordered { get; } = Key128.Order(interactions, interaction => interaction.Id.Value);
}
