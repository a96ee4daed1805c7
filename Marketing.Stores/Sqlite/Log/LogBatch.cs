using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// Interactions to append, hashed and sorted on the caller's thread so that the writer's thread only writes.
/// </summary>
internal sealed class LogBatch(IReadOnlyList<Interaction> interactions)
{
    public IReadOnlyList<Interaction> Interactions { get; } = interactions;

    /// <summary>The caller's trace context as it is stored in the queue; null when the trace is not recorded.</summary>
    public byte[]? Trace { get; } = TraceBytes.OfCaller();

    /// <summary>Each interaction's key and position, sorted by key and then by position; the first of equal keys wins.</summary>
    public (Key128 Key, int Position)[] Ordered { get; } = Key128.Order(interactions, interaction => interaction.Id.Value);
}
